/// Outputs that a scenario is to score, and where the scores go.
///
/// B = rows, C = numbers in one output, P = candidates, M = objectives. What is not asked for is empty.
public struct Scoring {
  /// Which split the rows are of.
  public let split: Split
  /// The rows' numbers, [B].
  public let rows: [Int]
  /// [P × C × B].
  public let outputs: UnsafeBufferPointer<Double>
  /// P, the number of candidates.
  public let pointCount: Int
  /// The number of each candidate's draw, [P], of a scenario whose scores are random draws.
  public var draws: UnsafeBufferPointer<UInt64>
  /// Losses [P × B], which may be ∞; of a scenario without objectives.
  public var losses: UnsafeMutableBufferPointer<Double>
  /// How far from feasible, [P × B]: 0 where all constraints hold, above 0 where not.
  public var violations: UnsafeMutableBufferPointer<Double>
  /// Objectives [P × M × B], each in its own unit and direction.
  public var objectives: UnsafeMutableBufferPointer<Double>

  /// Asks for nothing yet.
  public init(
    _ split: Split, rows: [Int], outputs: UnsafeBufferPointer<Double>, pointCount: Int
  ) {
    self.split = split
    self.rows = rows
    self.outputs = outputs
    self.pointCount = pointCount
    draws = UnsafeBufferPointer(start: nil, count: 0)
    losses = UnsafeMutableBufferPointer(start: nil, count: 0)
    violations = losses
    objectives = losses
  }
}

/// A scenario that says the kinds of its outputs, or how far from feasible they are.
///
/// It sets ``DatasetDescription/outputKinds`` or ``DatasetDescription/hasViolations`` and, for violations,
/// implements ``Dataset/score(_:)``. The host ranks feasible points first, by loss, then the others by
/// violation (K. Deb, "An efficient constraint handling method for genetic algorithms", 2000); the loss of an
/// infeasible point counts for nothing.
public protocol ConstrainedScenario: Dataset {}

/// A scenario that answers several named objectives in place of a loss.
///
/// It sets ``DatasetDescription/objectives`` and implements ``Dataset/score(_:)``. The host keeps the points
/// that no other one dominates, and makes one loss of the objectives for the optimizer.
public protocol MultiObjectiveScenario: Dataset {}

/// A scenario that knows the gradient of its loss.
///
/// It sets ``DatasetDescription/hasGradient`` and implements ``Dataset/gradient(_:row:outputs:gradient:)``.
public protocol DifferentiableScenario: Dataset {}

/// A scenario whose scores may be random draws; see ``DatasetDescription/isStochastic``.
///
/// What it draws is `host.fillNormal(step: draw, index: key, ...)` and its kin, with the draws of
/// ``Scoring/draws`` and keys that rows and splits are told apart by.
public protocol StochasticScenario: Dataset {}
