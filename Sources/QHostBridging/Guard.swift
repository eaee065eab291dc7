internal import CQHostGuard

/// Runs a foreign call under a note of who is called, which a crash handler turns into a sentence.
@inline(__always)
func guarded<R>(
  _ component: UnsafePointer<CChar>, _ function: StaticString, _ call: () -> R
) -> R {
  function.utf8Start.withMemoryRebound(to: CChar.self, capacity: function.utf8CodeUnitCount + 1) {
    qhost_guard_enter(component, $0)
  }
  defer { qhost_guard_leave() }
  return call()
}

/// Runs what a plugin on a thread of its own called back for, on another thread: until that is done,
/// the plugin is neither watched nor to blame.
func handingOver<R>(
  _ component: UnsafePointer<CChar>, _ function: StaticString, _ call: () -> R
) -> R {
  qhost_guard_leave()
  qhost_guard_unwatch()
  defer {
    qhost_guard_watch()
    function.utf8Start.withMemoryRebound(
      to: CChar.self, capacity: function.utf8CodeUnitCount + 1
    ) { qhost_guard_enter(component, $0) }
  }
  return call()
}

/// Which thread is watched for calls that do not return.
public enum WatchedThread {
  /// Makes it this one.
  public static func take() { qhost_guard_watch() }
  /// Makes it none, before this thread ends.
  public static func leave() { qhost_guard_unwatch() }
}
