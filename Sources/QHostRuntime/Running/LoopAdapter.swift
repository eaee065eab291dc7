internal import CQHostGuard
internal import Dispatch
internal import Glibc
internal import QHostBridging
package import QHostInterfaces
internal import Synchronization

/// Turns an optimizer that owns its loop into one that is asked and told.
///
/// The loop runs on a thread of its own. At any time just one of the two threads runs: the other waits
/// for a query, or for its answer.
package final class LoopAdapter: EndingOptimizer, ObjectiveFunction, @unchecked Sendable {
  private let loop: any LoopOptimizer
  private let toHost = DispatchSemaphore(value: 0)
  private let toLoop = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)
  private let isOver = Atomic<Bool>(false)
  private var isStarted = false
  private var isFinished = false
  private var isEnding = false
  private var failure: ComponentError?
  private var reason = Query.DoneReason.converged
  private var query = Query()
  private var answer = Answer()

  /// Makes an adapter; the loop starts at the first ask.
  package init(_ loop: any LoopOptimizer) { self.loop = loop }

  /// Waits for the loop's next query.
  package func ask(_ query: inout Query) throws(ComponentError) {
    if !isStarted { start() }
    if let foreign = loop as? ForeignOptimizer {
      foreign.whileRunning { toHost.wait() }
    } else {
      toHost.wait()
    }
    if let failure { throw failure }
    if isFinished { query.finish(reason) } else { query = self.query }
  }

  /// Hands an answer to the loop.
  package func tell(_ answer: Answer) throws(ComponentError) {
    self.answer = answer
    toLoop.signal()
  }

  /// Called by the loop, on its thread.
  package func evaluate(_ query: Query) throws(ComponentError) -> Answer {
    guard !isOver.load(ordering: .acquiring) else { throw Self.over }
    if query.kind == .done {
      reason = query.reason
      throw Self.over
    }
    self.query = query
    toHost.signal()
    toLoop.wait()
    guard !isOver.load(ordering: .acquiring) else { throw Self.over }
    return answer
  }

  /// Makes a loop that waits for an answer, or asks for another one, return.
  package func end() {
    guard isStarted, !isEnding else { return }
    isEnding = true
    isOver.store(true, ordering: .releasing)
    toLoop.signal()
    _ = ended.wait(timeout: .now() + .seconds(5))
  }

  /// What the loop recommends, once it has returned; nothing before.
  package func recommendation() throws(ComponentError) -> [Double]? {
    try finished?.recommendation()
  }

  /// The optimizer, once its loop has returned; `nil` while it may still run.
  package var finished: (any LoopOptimizer)? { isFinished ? loop : nil }

  private static let over = ComponentError("the run is over", severity: .cancelled)

  private func start() {
    isStarted = true
    var thread = pthread_t()
    let argument = Unmanaged.passRetained(self).toOpaque()
    let status = pthread_create(
      &thread, nil,
      { raw in
        guard let raw else { return nil }
        Unmanaged<LoopAdapter>.fromOpaque(raw).takeRetainedValue().runLoop()
        return nil
      }, argument)
    precondition(status == 0, "a thread could not be started (error \(status))")
    pthread_detach(thread)
  }

  private func runLoop() {
    qhost_guard_begin_thread()
    defer { qhost_guard_end_thread() }
    do throws(ComponentError) {
      try loop.run(self)
    } catch let error {
      if error.severity != .cancelled { failure = error }
    }
    isFinished = true
    toHost.signal()
    ended.signal()
  }
}
