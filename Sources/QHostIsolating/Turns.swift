internal import Glibc

/// Lets threads take turns.
final class Turns: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>

  /// Makes one that nobody has.
  init() {
    mutex = .allocate(capacity: 1)
    mutex.initialize(to: pthread_mutex_t())
    pthread_mutex_init(mutex, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  /// Waits for the turn.
  @inline(__always)
  func begin() { pthread_mutex_lock(mutex) }

  /// Ends it.
  @inline(__always)
  func end() { pthread_mutex_unlock(mutex) }

  /// Runs a body in a turn.
  func took<R>(_ body: () -> R) -> R {
    begin()
    defer { end() }
    return body()
  }
}
