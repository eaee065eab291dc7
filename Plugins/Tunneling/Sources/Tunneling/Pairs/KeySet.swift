/// Numbers in rising order, each once.
///
/// There are some dozens of them between two moves. A set of the standard library would have its type put together while the
/// program runs, which takes longer than all that is done with it in a short run.
struct KeySet {
  /// The numbers.
  private(set) var keys: [UInt64] = []

  /// An empty one.
  init() {}

  /// Has some numbers, in any order.
  init(_ keys: [UInt64]) {
    for key in keys { insert(key) }
  }

  /// Whether a number is there.
  func contains(_ key: UInt64) -> Bool {
    let place = place(of: key)
    return place < keys.count && keys[place] == key
  }

  /// Takes a number in.
  mutating func insert(_ key: UInt64) {
    let place = place(of: key)
    guard place == keys.count || keys[place] != key else { return }
    keys.insert(key, at: place)
  }

  /// Forgets all, and keeps its room.
  mutating func removeAll() { keys.removeAll(keepingCapacity: true) }

  /// The first place whose number is not below `key`, by halving.
  private func place(of key: UInt64) -> Int {
    var (low, high) = (0, keys.count)
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
