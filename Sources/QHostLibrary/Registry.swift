import Synchronization

/// What callers have in memory, by the number that a setting of a component names it with.
///
/// An object is used on the thread of the call that it belongs to, and is there for as long as that lasts.
final class Registry: Sendable {
  static let shared = Registry()

  private struct Entry: @unchecked Sendable { let object: AnyObject }
  private let entries = Mutex<(next: Int, objects: [Int: Entry])>((1, [:]))

  /// Keeps an object, and gives its number.
  func add(_ object: AnyObject) -> Int {
    let entry = Entry(object: object)
    return entries.withLock { entries in
      defer { entries.next += 1 }
      entries.objects[entries.next] = entry
      return entries.next
    }
  }

  /// Forgets an object.
  func remove(_ number: Int) { _ = entries.withLock { $0.objects.removeValue(forKey: number) } }

  /// The object of a number.
  func object<T>(_ number: Int, as type: T.Type = T.self) -> T? {
    entries.withLock { $0.objects[number] }.flatMap { $0.object as? T }
  }
}
