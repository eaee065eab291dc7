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
