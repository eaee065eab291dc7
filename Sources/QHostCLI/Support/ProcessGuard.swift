import CQHostGuard
import Glibc
import Logging
import QHostComparing
import QHostRuntime
import Synchronization

/// What keeps plugins from harming the process that they are in, and says so when one has tried.
enum ProcessGuard {
  private static let told = Mutex<Set<String>>([])
  private static let logger = Mutex<Logger?>(nil)
  private static let isWatching = Atomic<Bool>(false)
  private static let isWithoutState = Atomic<Bool>(false)

  /// In a process that checks what a plugin leaves behind nothing is put back: the check is to see it.
  static func leaveStateToChecks() { isWithoutState.store(true, ordering: .relaxed) }

  /// Begins, before any plugin is loaded.
  ///
  /// - Parameter logger: shows what plugins have changed.
  static func begin(_ logger: Logger) {
    Self.logger.withLock { $0 = logger }
    qhost_guard_set_output(Output.errorDescriptor)
    if Output.descriptor != STDOUT_FILENO { qhost_guard_close_in_copies(Output.descriptor) }
    qhost_guard_install("ask the plugin's author, or leave the plugin out")
    guard !isWithoutState.load(ordering: .relaxed) else { return }
    qhost_guard_set_observer { component, function, what, other in
      guard let component, let function, let what else { return }
      ProcessGuard.tell(
        String(cString: component), String(cString: function), String(cString: what),
        other: other.map { String(cString: $0) })
    }
    qhost_guard_keep_state()
  }

  /// Takes the present handlers of signals as the host's own.
  static func keepHandlers() { qhost_guard_keep_state() }

  /// In a worker of a comparison: a copy of it must not keep its pipes open.
  static func closePipesInCopies() {
    qhost_guard_close_in_copies(CellWorker.requestDescriptor)
    qhost_guard_close_in_copies(CellWorker.replyDescriptor)
  }

  /// Ends the process when a call of this thread takes too long.
  static func watchCalls(forSeconds seconds: Double, remedy: String) {
    qhost_guard_install(remedy)
    qhost_guard_watch()
    qhost_guard_keep_state()
    guard !isWatching.exchange(true, ordering: .relaxed) else { return }
    var thread = pthread_t()
    let limit = UnsafeMutablePointer<Double>.allocate(capacity: 1)
    limit.initialize(to: seconds)
    pthread_create(
      &thread, nil,
      { raw in
        guard let limit = raw?.assumingMemoryBound(to: Double.self) else { return nil }
        while true {
          usleep(UInt32(min(1, limit.pointee / 4) * 1e6))
          qhost_guard_request_settling()
          let spent = qhost_guard_seconds()
          if spent > limit.pointee { qhost_guard_give_up(spent, RunError.Kind.plugin.rawValue) }
        }
      }, limit)
    pthread_detach(thread)
  }

  /// Says once of a component that it has changed something, or that one of two has.
  private static func tell(
    _ component: String, _ function: String, _ what: String, other: String?
  ) {
    guard told.withLock({ $0.insert("\(component) \(what)").inserted }) else { return }
    let culprit = other.map { "\($0) or \(component)" } ?? component
    let place = other == nil ? " in \(function)" : ""
    let logger = logger.withLock { $0 }
    let remedy =
      what.hasSuffix(" for good")
      ? "the system lets nobody set it back: leave the plugin out"
      : "it was set back, so that nothing else depends on it"
    logger?.warning("\(culprit) changed \(what)\(place); \(remedy)")
  }
}
