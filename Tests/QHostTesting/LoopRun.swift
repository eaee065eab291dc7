public import QHostInterfaces

/// Plays the host for an optimizer that owns its loop: answers until a budget is spent.
public final class LoopRun: ObjectiveFunction {
  /// The loss and its gradient at a point.
  public typealias Function = (_ point: [Double]) -> (loss: Double, gradient: [Double])

  private let budget: Int
  private let function: Function
  /// The points that it asked about.
  public private(set) var points: [[Double]] = []
  /// Their losses.
  public private(set) var losses: [Double] = []
  /// The kinds of its queries.
  public private(set) var kinds: Set<Query.Kind> = []
  /// Why the loop says that it ends; `nil`: it says nothing.
  public private(set) var reason: Query.DoneReason?
  /// Queries after the one that was told that the run is over.
  public private(set) var lateCount = 0
  /// Whether it was told that the run is over.
  public private(set) var isOver = false

  /// The lowest loss.
  public var best: Double { losses.min() ?? .infinity }

  private init(budget: Int, _ function: @escaping Function) {
    self.budget = budget
    self.function = function
  }

  /// Answers a query, until the budget is spent.
  public func evaluate(_ query: Query) throws(ComponentError) -> Answer {
    if isOver { lateCount += 1 }
    if query.kind == .done { reason = query.reason }
    isOver = isOver || query.kind == .done || losses.count >= budget
    guard !isOver else { throw ComponentError("the run is over", severity: .cancelled) }
    let value = function(query.points)
    kinds.insert(query.kind)
    points.append(query.points)
    losses.append(value.loss)
    var answer = Answer()
    answer.kind = query.kind
    answer.losses = [value.loss]
    if query.kind == .gradient, value.loss.isFinite { answer.gradient = value.gradient }
    return answer
  }

  /// Makes an optimizer and runs it to its end.
  public static func finished<Kind: LoopOptimizerComponent>(
    _ kind: Kind.Type, _ problem: Problem, _ changes: [String: ParameterValue] = [:],
    budget: Int, host: any HostServices = TestHost(), _ function: @escaping Function
  ) throws -> LoopRun {
    let optimizer = try Kind(
      request: request(for: Kind.descriptor, changes, host: host), problem: problem)
    let run = LoopRun(budget: budget, function)
    do throws(ComponentError) {
      try optimizer.run(run)
    } catch {
      guard error.severity == .cancelled else { throw error }
    }
    return run
  }
}

/// Σ (1 + i) (xᵢ − 0.3)², and its gradient.
public func bowl(_ x: [Double]) -> (loss: Double, gradient: [Double]) {
  var loss = 0.0
  for (i, value) in x.enumerated() { loss += Double(1 + i) * (value - 0.3) * (value - 0.3) }
  return (loss, x.enumerated().map { Double(2 * (1 + $0)) * ($1 - 0.3) })
}

/// Rosenbrock's function, and its gradient.
public func rosenbrock(_ x: [Double]) -> (loss: Double, gradient: [Double]) {
  var loss = 0.0
  var gradient = [Double](repeating: 0, count: x.count)
  for i in 0..<x.count - 1 {
    let curve = x[i + 1] - x[i] * x[i]
    loss += 100 * curve * curve + (1 - x[i]) * (1 - x[i])
    gradient[i] += -400 * curve * x[i] - 2 * (1 - x[i])
    gradient[i + 1] += 200 * curve
  }
  return (loss, gradient)
}
