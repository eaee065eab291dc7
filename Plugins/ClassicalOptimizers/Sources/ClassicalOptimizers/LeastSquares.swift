public import QHostInterfaces
import QHostNumerics

/// The minimum of a loss that is quadratic in the parameters, with a ridge: linear read-outs under the mean squared error.
///
/// With g₀ the gradient at the start x₀ and gᵢ that at x₀ + sᵢ eᵢ, row i of the second derivatives H is (gᵢ − g₀)/sᵢ: n + 1
/// gradients say all of such a loss. Its minimum with the ridge,
///
///     x ← x − (H + r)⁻¹ (g(x) + r x),   r = ridge · tr H/n,
///
/// is found by Cholesky's factors, twice: the second step takes off what rounding of H has left. sᵢ are the parameters' scales.
///
/// A loss that is not what the quadratic says, or whose H is not positive definite, ends the run as stalled, with a warning: this is not a
/// method for networks, of which the read-out is not all that is trained.
///
/// Complexity: n² numbers of memory, n + 3 gradients on all rows, n³/3 operations twice.
///
/// Source: A. E. Hoerl, R. W. Kennard, *Ridge regression: biased estimation for nonorthogonal problems*, Technometrics 12 (1970) 55.
///
/// *Deviations*: r is in units of H's mean diagonal; bounds are met as ``QuadraticLoss`` says.
public final class LeastSquares: OptimizerComponent {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "least-squares",
    summary: "The exact minimum of a quadratic loss, with a ridge, from n + 1 gradients.",
    source: "Hoerl, Kennard, Technometrics 12 (1970) 55",
    parameters: [
      .real(
        "ridge", default: 1e-9, in: 0...1e6, tunable: true, logarithmic: true,
        "Added to the second derivatives, in units of their mean: the larger, the smaller parameters stay."
      )
    ])

  /// Gradients.
  public static let requiredQueries: QueryKinds = .gradient
  /// n at most: n² numbers are kept.
  private static let mostParameters = 10_000
  /// How far a loss may be from what the quadratic says, relative to the loss at the start.
  private static let tolerance = 1e-3

  private let problem: Problem
  private let ridge: Double
  private let host: any HostServices
  /// sᵢ, [n]; 0 where the bounds leave no room.
  private let steps: [Double]
  private var quadratic: QuadraticLoss
  /// Answers so far: the start's, one for each parameter that can move, those of solutions.
  private var toldCount = 0
  /// What is asked for after the rows of H, [n].
  private var solution: [Double] = []
  /// The best solution that was answered, [n], and its loss with the ridge.
  private var best: [Double] = []
  private var bestLoss = Double.infinity
  private var isStalled = false

  /// Makes an instance at the problem's initial point.
  public init(request: ComponentRequest, problem: Problem) throws(ComponentError) {
    try problem.requireReal(for: Self.descriptor.name)
    let n = problem.dimension
    guard n <= Self.mostParameters else {
      throw .parameter(
        "'least-squares' keeps the second derivatives of \(n) parameters, and takes at most \(Self.mostParameters); "
          + "use adam, or a smaller model")
    }
    self.problem = problem
    host = request.host
    ridge = request.configuration.real("ridge")
    let steps = (0..<n).map { index in
      let (x, scale) = (problem.initial[index], problem.scales[index])
      let (up, down) = (problem.upper[index] - x, x - problem.lower[index])
      return up >= down ? min(scale, up) : -min(scale, down)
    }
    self.steps = steps
    quadratic = QuadraticLoss(
      origin: problem.initial, movable: steps.indices.filter { steps[$0] != 0 })
  }

  /// Fills `query` with the next gradient that it needs, on all rows.
  public func ask(_ query: inout Query) throws(ComponentError) {
    if isStalled { return query.finish(.stalled) }
    if toldCount > quadratic.movable.count, solution.isEmpty { return query.finish(.converged) }
    query.kind = .gradient
    query.batch = .full
    var point = solution.isEmpty ? problem.initial : solution
    if solution.isEmpty, toldCount > 0 {
      let index = quadratic.movable[toldCount - 1]
      point[index] += steps[index]
    }
    query.points.append(contentsOf: point)
  }

  /// Learns from a gradient.
  public func tell(_ answer: Answer) throws(ComponentError) {
    let (loss, gradient) = (answer.losses[0], answer.gradient)
    defer { toldCount += 1 }
    guard loss.isFinite, gradient.allSatisfy({ $0.isFinite }) else {
      return stall("the loss is not finite")
    }
    if toldCount == 0 {
      quadratic.loss = loss
      quadratic.gradient = gradient
    } else if solution.isEmpty {
      quadratic.addRow(
        gradient: gradient, step: steps[quadratic.movable[toldCount - 1]])
    } else {
      return weigh(loss, gradient)
    }
    guard toldCount == quadratic.movable.count else { return }
    quadratic.finish()
    solution = next(from: problem.initial, gradient: quadratic.gradient)
  }

  /// The point that the second derivatives lead to from another; empty where they lead nowhere.
  private func next(from point: [Double], gradient: [Double]) -> [Double] {
    guard
      let step = quadratic.stepToMinimum(
        from: point, slopes: gradient, ridge: absoluteRidge, lower: problem.lower,
        upper: problem.upper)
    else {
      stall(
        "the second derivatives are not positive definite; raise the ridge, or, where the loss is not quadratic in the parameters, use adam"
      )
      return []
    }
    var moved = point
    for (place, index) in quadratic.movable.enumerated() {
      moved[index] = problem.clamped(point[index] + step[place], at: index)
    }
    return moved
  }

  /// Compares a solution with what was to be expected, and takes the second step after the first.
  private func weigh(_ loss: Double, _ gradient: [Double]) {
    let step = quadratic.movable.map { solution[$0] - problem.initial[$0] }
    let expected = quadratic.predicted(step)
    guard abs(loss - expected) <= Self.tolerance * (abs(quadratic.loss) + abs(expected)) else {
      return stall(
        "the loss is not quadratic in the parameters: at its minimum it was to be \(expected) and is \(loss); use a model that is linear "
          + "in its parameters and the loss mse, or adam")
    }
    let whole = loss + absoluteRidge / 2 * solution.reduce(0) { $0 + $1 * $1 }
    let isFirst = best.isEmpty
    if whole < bestLoss { (best, bestLoss) = (solution, whole) }
    solution = isFirst ? next(from: solution, gradient: gradient) : []
  }

  private var absoluteRidge: Double { ridge * max(quadratic.meanCurvature, 0) }

  private func stall(_ reason: String) {
    isStalled = true
    solution = []
    host.log(.warning, "'least-squares' ends: \(reason)")
  }

  /// The minimum, once it is known, else `nil`, also where it stalls; it throws nothing.
  public func recommendation() throws(ComponentError) -> [Double]? { best.isEmpty ? nil : best }

  /// Its whole state, as bytes; it throws nothing.
  public func save() throws(ComponentError) -> [UInt8] {
    var writer = StateWriter(version: 1)
    writer.write(toldCount)
    writer.write(isStalled)
    writer.write(quadratic.loss)
    writer.write(quadratic.gradient)
    writer.write(quadratic.curvature)
    writer.write(solution)
    writer.write(best)
    writer.write(bestLoss)
    return writer.bytes
  }

  /// Continues from a saved state.
  public func load(_ state: [UInt8]) throws(ComponentError) {
    var reader = try StateReader(state, version: 1)
    let told = try reader.readInteger()
    let stalled = try reader.readBoolean()
    let (n, m) = (problem.dimension, quadratic.movable.count)
    quadratic.loss = try reader.readReal()
    quadratic.gradient = try reader.readReals()
    let rows = try reader.readReals()
    solution = try reader.readReals()
    best = try reader.readReals()
    bestLoss = try reader.readReal()
    try reader.finish()
    let sizes = [quadratic.gradient.count, solution.count, best.count]
    guard told >= 0, told <= m + 3, sizes.allSatisfy({ $0 == 0 || $0 == n }),
      m == 0 ? rows.isEmpty : rows.count % m == 0 && rows.count <= m * m,
      stalled
        || (quadratic.gradient.isEmpty == (told == 0) && rows.count == m * min(max(told - 1, 0), m))
    else {
      throw ComponentError(
        "the saved state is not one of 'least-squares' on this problem; start a new run")
    }
    toldCount = told
    isStalled = stalled
    quadratic.restore(rows)
  }
}
