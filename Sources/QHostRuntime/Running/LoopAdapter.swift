internal import Dispatch
internal import Glibc
internal import QHostBridging
internal import QHostInterfaces

/// Turns an optimizer that owns its loop into one that is asked and told.
///
/// The loop runs on a thread of its own. At any time just one of the two threads runs: the other waits
/// for a query, or for its answer.
final class LoopAdapter: Optimizer, ObjectiveFunction, @unchecked Sendable {
  private let loop: any LoopOptimizer
  private let toHost = DispatchSemaphore(value: 0)
  private let toLoop = DispatchSemaphore(value: 0)
  private var isStarted = false
  private var isFinished = false
  private var isOver = false
  private var failure: ComponentError?
  private var query = Query()
  private var answer = Answer()

  init(_ loop: any LoopOptimizer) { self.loop = loop }

  func ask(_ query: inout Query) throws(ComponentError) {
    if !isStarted { start() }
    if let foreign = loop as? ForeignOptimizer {
      foreign.whileRunning { toHost.wait() }
    } else {
      toHost.wait()
    }
    if let failure { throw failure }
    if isFinished { query.finish(.converged) } else { query = self.query }
  }

  func tell(_ answer: Answer) throws(ComponentError) {
    self.answer = answer
    toLoop.signal()
  }

  /// Called by the loop, on its thread.
  func evaluate(_ query: Query) throws(ComponentError) -> Answer {
    self.query = query
    toHost.signal()
    toLoop.wait()
    if isOver { throw ComponentError("the run is over", severity: .cancelled) }
    return answer
  }

  /// Makes a loop that waits for an answer return.
  func end() {
    guard isStarted, !isFinished else { return }
    isOver = true
    toLoop.signal()
    _ = toHost.wait(timeout: .now() + .seconds(5))
  }

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
    do throws(ComponentError) {
      try loop.run(self)
    } catch let error {
      if error.severity != .cancelled { failure = error }
    }
    isFinished = true
    toHost.signal()
  }
}
