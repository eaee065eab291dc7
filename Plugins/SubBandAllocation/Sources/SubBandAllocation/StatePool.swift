internal import Synchronization

/// States to score allocations with that nobody uses now: to make one takes longer than to score with it.
final class StatePool: Sendable {
  /// A state goes from one user to the next.
  private struct Idle: @unchecked Sendable {
    let state: any AllocationState
  }

  private let problem: AllocationProblem
  private let idle = Mutex<[Idle]>([])

  /// Makes an empty pool.
  init(_ problem: AllocationProblem) { self.problem = problem }

  /// A state that is the caller's until ``giveBack(_:)``.
  func take() -> any AllocationState {
    idle.withLock { $0.popLast() }?.state ?? problem.makeState()
  }

  /// Takes a state back.
  func giveBack(_ state: any AllocationState) {
    let state = Idle(state: state)
    idle.withLock { $0.append(state) }
  }
}
