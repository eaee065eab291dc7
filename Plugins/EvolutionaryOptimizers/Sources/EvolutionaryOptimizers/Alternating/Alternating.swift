public import QHostInterfaces
internal import QHostNumerics

/// Two searches by turns: each moves the parameters of its own blocks while all others stand.
///
/// A turn begins a search again from the best point so far and ends after its number of losses, or when the search has found
/// all that it can. When neither of two turns in a row has found anything better, both begin with a quarter of their
/// steps from then on; at a millionth of them it ends.
///
/// Source: Liu, Kuo, Lin, Chen, Yang, Chang, *Training Classical Neural Networks by Quantum Machine Learning*, arXiv
/// 2402.16465: COBYLA on the angles of a circuit, Nelder and Mead on the scale of what it generates.
public final class Alternating: OptimizerComponent {
  private static let leastPart = 1e-6

  private let problem: Problem
  private let host: any HostServices
  private let rows: WholeSplit
  private let selections: [BlockSelection]
  private let searches: [String]
  private let evaluations: [Int]
  private let steps: [Double]

  private var turn = 0
  private var search: any Optimizer
  /// Losses of this turn.
  private var spent = 0
  /// The part of the first simplexes' sizes that turns begin with.
  private var stepPart = 1.0
  /// Turns in a row that have found nothing better.
  private var idleTurns = 0
  private var hasImproved = false
  private var base: [Double]
  private var baseLoss = Double.infinity

  // What was asked last; no part of the state.
  private var asked: [Double] = []

  /// Makes an instance that begins with the first blocks.
  public init(request: ComponentRequest, problem: Problem) throws(ComponentError) {
    let configuration = request.configuration
    self.problem = problem
    host = request.host
    let firstNames = configuration.text("first_blocks")
    let first =
      firstNames.isEmpty
      ? BlockSelection(firstOf: problem)
      : try BlockSelection(firstNames, of: "first_blocks", in: problem)
    let secondNames = configuration.text("second_blocks")
    let second =
      secondNames.isEmpty
      ? BlockSelection(otherThan: first, in: problem)
      : try BlockSelection(secondNames, of: "second_blocks", in: problem)
    if second.coordinates.isEmpty {
      host.log(
        .info,
        "the first blocks have all parameters: the first search has every turn of alternating")
    }
    selections = second.coordinates.isEmpty ? [first] : [first, second]
    rows = WholeSplit(problem, request.host, name: Self.descriptor.name)
    searches = ["first_search", "second_search"].map { configuration.choice($0) }
    evaluations = ["first_evaluations", "second_evaluations"].map { configuration.integer($0) }
    steps = ["first_step", "second_step"].map { configuration.real($0) }
    base = problem.initial
    search = try Self.search(
      searches[0], first.problem(of: problem, at: base), step: steps[0], host)
  }

  private static func search(
    _ name: String, _ problem: Problem, step: Double, _ host: any HostServices
  ) throws(ComponentError) -> any Optimizer {
    guard name == "cobyla" else {
      let values: [String: ParameterValue] = [
        "adaptive": .boolean(true), "step": .real(step), "restarts": .choice("none", index: 0),
        "tolerance": .real(1e-8),
      ]
      return try NelderMead(
        request: ComponentRequest(configuration: Configuration(values), host: host),
        problem: problem)
    }
    let values: [String: ParameterValue] = [
      "rho_begin": .real(step), "rho_end": .real(min(step, 1e-6)),
    ]
    return try COBYLA(
      request: ComponentRequest(configuration: Configuration(values), host: host), problem: problem)
  }

  /// Which of the searches has the turn.
  private var player: Int { turn % selections.count }
  private var selection: BlockSelection { selections[player] }

  /// Fills `query` with what it wants to know next.
  public func ask(_ query: inout Query) throws(ComponentError) {
    if spent >= evaluations[player] { try takeTurns() }
    try search.ask(&query)
    if query.kind == .done {
      try takeTurns()
      query.clear()
      guard stepPart >= Self.leastPart else { return query.finish(.stalled) }
      try search.ask(&query)
    }
    query.batch = rows.batch
    widen(&query)
  }

  /// Puts a search's points among the parameters that stand.
  private func widen(_ query: inout Query) {
    let coordinates = selection.coordinates
    let points = query.points
    query.points.removeAll(keepingCapacity: true)
    for start in stride(from: 0, to: points.count, by: coordinates.count) {
      var point = base
      for (place, coordinate) in coordinates.enumerated() {
        point[coordinate] = points[start + place]
      }
      query.points.append(contentsOf: point)
    }
    asked = query.points
  }

  private func takeTurns() throws(ComponentError) {
    idleTurns = hasImproved ? 0 : idleTurns + 1
    hasImproved = false
    if idleTurns >= selections.count {
      idleTurns = 0
      stepPart *= 0.25
    }
    turn += 1
    spent = 0
    search = try makeSearch()
  }

  private func makeSearch() throws(ComponentError) -> any Optimizer {
    try Self.search(
      searches[player], selection.problem(of: problem, at: base), step: steps[player] * stepPart,
      host)
  }

  /// Learns from the answer to its query.
  public func tell(_ answer: Answer) throws(ComponentError) {
    answer.renew(&baseLoss)
    spent += answer.losses.count
    try search.tell(answer)
    let n = problem.dimension
    guard let best = answer.losses.indices.min(by: { answer.losses[$0] < answer.losses[$1] }),
      answer.losses[best] < baseLoss
    else { return }
    // The very first loss is that of the start, and no improvement.
    hasImproved = hasImproved || baseLoss < .infinity || best > 0
    baseLoss = answer.losses[best]
    base = Array(asked[best * n..<(best + 1) * n])
  }

  /// Its whole state, as bytes.
  public func save() throws(ComponentError) -> [UInt8] {
    var writer = StateWriter(version: 1)
    writer.write([problem.dimension, turn, spent, idleTurns])
    writer.write(hasImproved)
    writer.write(base)
    writer.write([baseLoss, stepPart])
    writer.write(try search.save().map { Int($0) })
    return writer.bytes
  }

  /// Continues from a saved state.
  public func load(_ state: [UInt8]) throws(ComponentError) {
    var reader = try StateReader(state, version: 1)
    let counts = try reader.readIntegers(count: 4)
    guard counts[0] == problem.dimension, counts.allSatisfy({ $0 >= 0 }) else {
      throw ComponentError(
        "the saved state is of \(counts[0]) parameters, this run has \(problem.dimension); resume with "
          + "the configuration that was saved")
    }
    (turn, spent, idleTurns) = (counts[1], counts[2], counts[3])
    hasImproved = try reader.readBoolean()
    base = try reader.readReals(count: problem.dimension)
    let reals = try reader.readReals(count: 2)
    (baseLoss, stepPart) = (reals[0], reals[1])
    let bytes = try reader.readIntegers().map { UInt8(truncatingIfNeeded: $0) }
    try reader.finish()
    search = try makeSearch()
    try search.load(bytes)
  }
}
