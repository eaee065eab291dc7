import QHostBridging
import QHostInterfaces
import QHostPluginTesting

/// All that an optimizer asked, bit for bit.
///
/// A base point counts by where it is after its moves: one that continues from a saved state has to
/// say it again.
struct Trace: Equatable {
  private(set) var words: [UInt64] = []
  private(set) var queryCount = 0

  mutating func append(_ query: Query, base: [Double]) {
    queryCount += 1
    words += [UInt64(query.kind.rawValue), UInt64(query.batch.rawValue)]
    for reals in [query.points, query.kind == .cuts ? base : [], query.offsets] {
      words += [UInt64(reals.count)] + reals.map(\.bitPattern)
    }
    for integers in [query.cutIndices, [query.offsetCount]] {
      words += integers.map { UInt64($0) }
    }
  }

  mutating func append(_ point: [Double]) { words += point.map(\.bitPattern) }

  /// What was asked from a query on.
  static func tail(of optimizer: any Optimizer, on bowl: Quadratic, from: Int, to: Int) throws
    -> Trace
  {
    var trace = Trace()
    var query = Query()
    for number in from..<to {
      query.clear()
      try optimizer.ask(&query)
      let answer = try bowl.answer(query, progress: Double(number + 1) / 200)
      trace.append(query, base: bowl.base)
      if query.kind == .done { break }
      try optimizer.tell(answer)
    }
    if let recommended = try optimizer.recommendation() { trace.append(recommended) }
    return trace
  }
}

/// An optimizer of a library, and the problems that it is tested on.
struct OptimizerCase {
  let component: BenchComponent
  let requiredQueries: QueryKinds

  init(_ component: BenchComponent) {
    self.component = component
    requiredQueries = ForeignOptimizer.requiredQueries(of: component.component)
  }

  static let centre = [0.5, -1, 2, 0, 1.5]

  /// An optimizer on a real, unbounded space of five dimensions.
  func make(
    _ settings: [String] = [], seed: UInt64 = 1, threads: Int = 1, problem: Problem? = nil
  ) throws -> ForeignOptimizer {
    try ForeignOptimizer(
      component.component,
      request: try component.request(settings, seed: seed, threads: threads),
      problem: problem ?? Self.problem)
  }

  /// The settings that fit a problem; others must be refused by the component's name, defaults never.
  func variants(for problem: Problem? = nil) throws -> [[String]] {
    try component.variants.filter { settings in
      do {
        _ = try make(settings, problem: problem)
        return true
      } catch let error as ComponentError
        where !settings.isEmpty && error.kind == .parameter
        && error.message.contains(component.name)
      {
        return false
      }
    }
  }

  static let problem = Problem(
    queries: [.points, .gradient, .cuts], initial: [0, 0, 0, 0, 0], rowCount: 100, batchRows: 20,
    hasFastCuts: true)

  /// All that are asked and told; those that own their loop are tested by whole runs.
  static let asked = Bench.all(.optimizer).filter { component in
    (try? OptimizerCase(component).make().ownsLoop) == false
  }

  /// Those of them that train.
  static let learning = asked.filter { !InProcess.untrained.contains($0.name) }
}
