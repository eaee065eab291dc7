internal import QHostBridging
internal import QHostInterfaces

/// Instances of a component, and a little of the work of its kind.
struct Exercise {
  let subject: CheckSubject
  let component: ForeignComponent

  init(_ subject: CheckSubject) throws {
    self.subject = subject
    component = try subject.component()
  }

  /// What optimizers are tried on: five real parameters without bounds.
  static let problem = Problem(
    queries: [.points, .gradient, .cuts], initial: [0, 0, 0, 0, 0], rowCount: 64, batchRows: 64,
    hasFastCuts: true)

  /// What models are tried on: the first that one takes.
  static let mappings = [
    Mapping(task: .classification, input: Shape([6]), output: Shape([3])),
    Mapping(task: .classification, input: Shape([8, 8]), output: Shape([3])),
    Mapping(task: .regression, input: Shape([5]), output: Shape([2])),
    Mapping(
      task: .scenario, input: Shape([1]), output: Shape([4]), outputLower: [-1, 0, -2, 1],
      outputUpper: [1, 3, 2, 5]),
  ]

  /// What is to be done where an optimizer refuses the problem of these checks as one that it cannot have, such as one that
  /// knows a single model; `nil`: it refuses something else.
  static func skip(for error: ComponentError) -> CheckSkip? {
    guard error.severity == .unsupported, error.kind == .parameter else { return nil }
    return CheckSkip("it takes none of the problems of these checks: \(error.message)")
  }

  /// An optimizer.
  func optimizer(
    _ changes: [String] = [], seed: UInt64 = 1, threads: Int = 1, problem: Problem = problem
  ) throws -> ForeignOptimizer {
    let request = try subject.request(changes, seed: seed, threads: threads)
    do throws(ComponentError) {
      return try ForeignOptimizer(component, request: request, problem: problem)
    } catch {
      if let skip = Self.skip(for: error) { throw skip }
      // That defaults make an instance is a check of its own.
      guard error.kind == .plugin, changes.isEmpty else { throw error }
      throw CheckSkip("it has no instance: \(error.message)")
    }
  }

  /// A solver.
  func solver(seed: UInt64 = 1) throws -> ForeignSolver {
    try ForeignSolver(component, request: try subject.request(seed: seed))
  }

  /// A model, for the first mapping that it takes.
  func model(_ changes: [String] = [], seed: UInt64 = 1) throws -> (ForeignModel, Mapping) {
    var refusal = ""
    for mapping in Self.mappings {
      let request = try subject.request(changes, seed: seed, mapping: mapping)
      do throws(ComponentError) {
        return (try ForeignModel(component, request: request, mapping: mapping), mapping)
      } catch {
        guard error.kind != .plugin else { throw error }
        refusal = error.message
      }
    }
    throw CheckSkip("it takes none of the inputs and outputs of these checks: \(refusal)")
  }

  /// A dataset.
  func dataset(seed: UInt64 = 1) throws -> ForeignDataset {
    let request = try subject.request(seed: seed)
    do throws(ComponentError) {
      return try ForeignDataset(component, request: request)
    } catch {
      guard error.kind == .data else { throw error }
      throw CheckSkip("its data is not here: \(error.message)")
    }
  }

  /// A target.
  func target() throws -> ForeignTarget {
    try ForeignTarget(component, request: try subject.request())
  }

  /// Makes an instance, works a little with it, and ends it.
  func work() throws { try work { try $1() } }

  /// The same, with a say in each call.
  ///
  /// - Parameter around: is given the name of a function of the interface and what calls it, and makes the call.
  /// - Throws: what the component throws.
  func work(_ around: (String, () throws -> Void) throws -> Void) throws {
    func made<Instance>(_ make: @escaping () throws -> Instance) throws -> Instance {
      var instance: Instance?
      try around("create") { instance = try make() }
      guard let instance else { throw CheckFailure("create was not called") }
      return instance
    }
    switch component.kind {
    case .optimizer: try work(try made { try self.optimizer() }, around)
    case .solver:
      var packets = SolverChecks.oscillators()
      let solver = try? made { try self.solver() }
      try around("evolve") { _ = try? solver?.evolve(&packets) }
    case .model:
      let (model, mapping) = try made { try self.model() }
      let trial = try ModelTrial(model, mapping, subject)
      let point = try model.initialParameters(start: 0)
      try around("forward") { _ = try trial.forward([point]) }
    case .dataset:
      let dataset = try made { try self.dataset() }
      try around("read") { _ = try DatasetChecks.read(dataset, .train, [0]) }
    case .target:
      let target = try? made { try self.target() }
      try around("compile") {
        _ = try? target?.compile(TargetChecks.graph, calibration: TargetChecks.calibration)
      }
    }
  }

  private func work(
    _ optimizer: ForeignOptimizer, _ around: (String, () throws -> Void) throws -> Void
  ) throws {
    guard !optimizer.ownsLoop else {
      let run = BowlRun(dimension: 5, budget: 30)
      do {
        try around("run") { try optimizer.run(run) }
      } catch let error as ComponentError {
        guard error.severity == .cancelled else { throw error }
      }
      return
    }
    let bowl = Bowl(dimension: 5)
    var query = Query()
    for number in 0..<10 {
      query.clear()
      try around("ask") { try optimizer.ask(&query) }
      if query.kind == .done { break }
      let answer = try bowl.answer(query, progress: Double(number) / 10)
      try around("tell") { try optimizer.tell(answer) }
    }
  }
}

/// Σ (1 + i) (x_i − 0.3)² with its gradient and cuts, as a host that answers.
final class Bowl {
  private(set) var base: [Double]
  private let dimension: Int

  init(dimension: Int) {
    self.dimension = dimension
    base = Array(repeating: 0, count: dimension)
  }

  /// The loss at a point.
  func loss(_ x: ArraySlice<Double>) -> Double {
    zip(x, 1...).reduce(0) { $0 + Double($1.1) * ($1.0 - 0.3) * ($1.0 - 0.3) }
  }

  /// Answers a query.
  ///
  /// - Throws: ``CheckFailure`` for a query that no host could answer.
  func answer(_ query: Query, progress: Double) throws -> Answer {
    var answer = Answer()
    answer.kind = query.kind
    answer.progress = progress
    let n = dimension
    switch query.kind {
    case .points, .gradient:
      try require(
        !query.points.isEmpty && query.points.count % n == 0,
        "it asked for \(query.points.count) numbers, no whole points of \(n)")
      for start in stride(from: 0, to: query.points.count, by: n) {
        answer.losses.append(loss(query.points[start..<start + n]))
      }
      if query.kind == .gradient {
        try require(query.points.count == n, "it asked for the gradient of several points at once")
        answer.gradient = (0..<n).map { Double(2 * ($0 + 1)) * (query.points[$0] - 0.3) }
      }
    case .cuts:
      if !query.base.isEmpty { base = query.base }
      try require(base.count == n, "its base point has \(base.count) numbers")
      for (index, delta) in zip(query.moveIndices, query.moveDeltas) {
        try require(base.indices.contains(index), "it moved along coordinate \(index) of \(n)")
        base[index] += delta
      }
      for (place, index) in query.cutIndices.enumerated() {
        try require(base.indices.contains(index), "it cut along coordinate \(index) of \(n)")
        for k in 0..<query.offsetCount {
          var point = base
          point[index] += query.offsets[place * query.offsetCount + k]
          answer.losses.append(loss(point[...]))
        }
      }
    case .done: break
    }
    return answer
  }
}

/// The bowl for optimizers that own their loop.
final class BowlRun: ObjectiveFunction {
  private let bowl: Bowl
  private let budget: Int
  private(set) var points: [[Double]] = []
  private(set) var losses: [Double] = []
  /// What was wrong with a query.
  private(set) var failure: CheckFailure?

  init(dimension: Int, budget: Int) {
    bowl = Bowl(dimension: dimension)
    self.budget = budget
  }

  func evaluate(_ query: Query) throws(ComponentError) -> Answer {
    guard query.kind != .done, losses.count < budget, failure == nil else {
      throw ComponentError("the run is over", severity: .cancelled)
    }
    do {
      let answer = try bowl.answer(query, progress: Double(losses.count) / Double(budget))
      points.append(query.points)
      losses += answer.losses
      return answer
    } catch {
      failure = error as? CheckFailure
      throw ComponentError("the run is over", severity: .cancelled)
    }
  }
}
