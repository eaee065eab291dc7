public import QHostInterfaces

/// Steps along one parameter after the other, kept where the loss falls; of 1 along integers.
///
/// For the coordinate i of a visit and the rows of now
///
///     x_i ← the one of x_i − d_i, x_i, x_i + d_i with the least loss,
///
/// where equal ones leave x_i as it is, and of two equal steps the one down is taken. d_i is 1 for integers, and
/// for real ones `step` times their scale. Coordinates come in the order of
/// ``VisitOrder``, without random numbers. It computes no number but compares losses, so a machine that adds up the same
/// losses in integers takes the same steps: target `c99` writes it as C (`target.learn`).
///
/// A burst of visits sees the same rows; it asks for `2 visits + 1` losses.
///
/// Source: coordinate search, for example J. Nocedal, S. J. Wright, *Numerical Optimization*, 2nd edition, section 9.3.
///
/// *Deviations*: steps keep their length; the order is that of golden sections.
public final class LatticeDescent: OptimizerComponent {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "lattice-descent",
    summary:
      "Steps along one parameter after the other; of integers small machines can take the same.",
    source: "Nocedal, Wright, Numerical Optimization, 2nd edition, section 9.3",
    parameters: [
      .integer(
        "visits", default: 4, in: 1...1_000_000, tunable: true,
        "Parameters that are looked at on the same rows, by 2 losses each and 1 for all."),
      .real(
        "step", default: 0.1, in: 1e-6...1e6, tunable: true,
        "How far real parameters step, in units of their scales; whole ones step by 1."),
      .text(
        "only", default: "auto",
        "The last parts of the names of blocks whose parameters are changed, with commas; empty: all; auto: weight,bias where the model has such blocks, else all."
      ),
    ])

  /// Cuts.
  public static let requiredQueries: QueryKinds = .cuts

  private let problem: Problem
  private let visits: Int
  private let realStep: Double
  private let order: VisitOrder
  private var point: [Double]
  /// The visit that comes next, of all and of the burst.
  private var visit = 0
  private var visitOfBurst = 0
  /// The loss where it stands, on the rows of the burst.
  private var loss = Double.infinity
  /// Visits since the last step.
  private var idleVisits = 0
  /// The coordinate and the length of a step that the host has not been told.
  private var step: (index: Int, length: Double)?
  /// Whether the host knows where it stands.
  private var hasBase = false

  /// Makes an instance.
  ///
  /// - Throws: kind `parameter` where there is nothing to change.
  public init(request: ComponentRequest, problem: Problem) throws(ComponentError) {
    self.problem = problem
    visits = request.configuration.integer("visits")
    realStep = request.configuration.real("step")
    order = try VisitOrder(problem, only: request.configuration.text("only"))
    point = problem.initial
  }

  /// Asks for the loss a step down and a step up, at the first visit of a burst also for that between.
  public func ask(_ query: inout Query) throws(ComponentError) {
    guard problem.hasMinibatches || idleVisits < order.count else {
      return query.finish(.stalled)
    }
    query.kind = .cuts
    if !hasBase {
      query.base = point
    } else if let step {
      query.moveIndices.append(step.index)
      query.moveDeltas.append(step.length)
    }
    let index = order.index(visit)
    query.batch = visitOfBurst == 0 ? .next : .same
    query.cutIndices.append(index)
    query.offsets = (visitOfBurst == 0 ? [0] : []) + [reach(index, -1), reach(index, 1)]
    query.offsetCount = query.offsets.count
  }

  /// A step of so many lengths, as far as the bounds allow.
  private func reach(_ index: Int, _ length: Double) -> Double {
    let size = problem.kinds[index] == .real ? realStep * problem.scales[index] : 1
    return problem.clamped(point[index] + length * size, at: index) - point[index]
  }

  /// Takes the better step where one is better than none.
  public func tell(_ answer: Answer) throws(ComponentError) {
    (hasBase, step) = (true, nil)
    var losses = answer.losses[...]
    if visitOfBurst == 0 { loss = losses.removeFirst() }
    let (down, up) = (losses[losses.startIndex], losses[losses.startIndex + 1])
    let index = order.index(visit)
    idleVisits += 1
    if min(down, up) < loss {
      let length = reach(index, up < down ? 1 : -1)
      step = (index, length)
      point[index] += length
      loss = min(down, up)
      idleVisits = 0
    }
    visit = (visit + 1) % order.count
    visitOfBurst = (visitOfBurst + 1) % visits
  }

  /// Where it stands.
  public func recommendation() throws(ComponentError) -> [Double]? { point }

  /// Its whole state, as bytes.
  public func save() throws(ComponentError) -> [UInt8] {
    var writer = StateWriter(version: 1)
    writer.write([order.count, visits, visit, visitOfBurst, idleVisits, step?.index ?? -1])
    writer.write(step?.length ?? 0)
    writer.write(loss)
    writer.write(point)
    return writer.bytes
  }

  /// Continues from a saved state; the next query then brings the whole base point.
  public func load(_ state: [UInt8]) throws(ComponentError) {
    var reader = try StateReader(state, version: 1)
    let saved = try reader.readIntegers(count: 6)
    guard saved[0] == order.count, saved[1] == visits else {
      throw ComponentError(
        "the saved state is of \(saved[1]) visits to \(saved[0]) parameters, this run has \(visits) to "
          + "\(order.count); resume with the configuration that was saved")
    }
    (visit, visitOfBurst, idleVisits) = (saved[2], saved[3], saved[4])
    let length = try reader.readReal()
    step = saved[5] >= 0 ? (saved[5], length) : nil
    loss = try reader.readReal()
    point = try reader.readReals(count: problem.dimension)
    try reader.finish()
  }
}
