internal import CQHostGuard
internal import QHostInterfaces

/// Runs a foreign call under a note of who is called, which a crash handler turns into a sentence, and puts
/// back what is common to all in the process: how the processor rounds, the locale.
@inline(__always)
func guarded<R>(
  _ component: UnsafePointer<CChar>, _ function: StaticString, _ call: () -> R
) -> R {
  enter(component, function)
  defer { qhost_guard_leave() }
  return call()
}

/// The same for a call that may fail.
@inline(__always)
func guarded<R>(
  _ component: UnsafePointer<CChar>, _ function: StaticString,
  throwing call: () throws(ComponentError) -> R
) throws(ComponentError) -> R {
  enter(component, function)
  defer { qhost_guard_leave() }
  return try call()
}

/// The same for a call that is rare: looks at handlers of signals, limits and the working directory too,
/// which takes some ten microseconds.
func guardedRarely<R>(
  _ component: UnsafePointer<CChar>, _ function: StaticString, _ call: () -> R
) -> R {
  enter(component, function)
  defer { qhost_guard_leave_settled() }
  return call()
}

@inline(__always)
private func enter(_ component: UnsafePointer<CChar>, _ function: StaticString) {
  function.utf8Start.withMemoryRebound(to: CChar.self, capacity: function.utf8CodeUnitCount + 1) {
    qhost_guard_enter(component, $0)
  }
}
