import Dispatch
import QHostBridging
import QHostInterfaces
import QHostPluginTesting
import Testing

@Suite("Every model, through its library")
struct ModelTests {
  static let models = Bench.all(.model).filter {
    $0.hasDefaults && !InProcess.detectors.contains($0.name)
  }
  /// Sums of at most thirty products in single precision, in another order.
  static let tolerance: Float = 1e-5

  @Test("There are models, and each takes a mapping", arguments: models)
  func some(_ component: BenchComponent) throws {
    // A model that names its dataset is made for inputs and outputs of that.
    guard component.component.companions?.dataset == nil else { return }
    #expect(try !ModelCase.all(component).isEmpty)
  }

  @Test("Its description is consistent", arguments: models)
  func description(_ component: BenchComponent) throws {
    for model in try ModelCase.all(component) {
      let (description, n) = (model.description, model.parameterCount)
      #expect(n >= 1)
      #expect(description.multiplyAdds >= 1)
      #expect(description.gradientCost > 0 && description.gradientCost.isFinite)
      for count in [
        description.kinds.count, description.lower.count, description.upper.count,
        description.scales.count,
      ] { #expect(count == 0 || count == n) }
      #expect(description.scales.allSatisfy { $0 > 0 && $0.isFinite })
      #expect(!description.isIdentity || n == model.outputCount)
      let places = description.blocks.flatMap { $0.offset..<$0.offset + $0.shape.count }
      #expect(places.sorted() == Array(0..<n), "the blocks do not cover the parameters")
      #expect(Set(description.blocks.map(\.name)).count == description.blocks.count)
      for index in 0..<n {
        let cost = model.model.cutCost(index: index)
        #expect(cost > 0 && cost <= 1.5, "cut \(index) costs \(cost) of a pass")
      }
    }
  }

  @Test("Starting points are finite, in bounds, and differ by start and by seed", arguments: models)
  func starts(_ component: BenchComponent) throws {
    for (model, other) in zip(
      try ModelCase.all(component), try ModelCase.all(component, seed: 2))
    {
      #expect(try model.model.initialParameters(start: 0).count == model.parameterCount)
      let first = try model.start(0)
      #expect(try model.start(0) == first)
      #expect(try model.start(1) != first)
      #expect(try other.start(0) != first)
      for start in 0..<5 {
        let point = try model.model.initialParameters(start: UInt64(start))
        for (index, value) in point.enumerated() {
          #expect(value.isFinite)
          if !model.description.lower.isEmpty { #expect(value >= model.description.lower[index]) }
          if !model.description.upper.isEmpty { #expect(value <= model.description.upper[index]) }
        }
      }
    }
  }

  @Test("A pass repeats, in the same session and in another, and is finite", arguments: models)
  func forward(_ component: BenchComponent) throws {
    for model in try ModelCase.all(component) {
      let point = try model.model.initialParameters(start: 3)
      let other = try model.model.initialParameters(start: 4)
      try model.withSession { session in
        let first = try model.forward(session, [point])
        #expect(first.allSatisfy { $0.isFinite })
        _ = try model.forward(session, [other])
        #expect(try model.forward(session, [point]) == first)
        #expect(try model.withSession { try model.forward($0, [point]) } == first)
      }
    }
  }

  @Test("Several points at once give what each gives alone", arguments: models)
  func points(_ component: BenchComponent) throws {
    for model in try ModelCase.all(component) {
      let points = try (0..<5).map { try model.model.initialParameters(start: UInt64($0)) }
      try model.withSession { session in
        let together = try model.forward(session, points)
        let alone = try points.flatMap { try model.forward(session, [$0]) }
        #expect(ModelCase.difference(together, alone) <= Self.tolerance)
      }
    }
  }

  @Test("Sessions on two threads do not disturb each other", arguments: models)
  func threads(_ component: BenchComponent) throws {
    for model in try ModelCase.all(component) {
      let points = try (0..<40).map { try model.model.initialParameters(start: UInt64($0)) }
      let alone = try (0..<2).map { block in
        try model.withSession(block: block) { session in
          try points.map { try model.forward(session, [$0]) }
        }
      }
      nonisolated(unsafe) let shared = model
      nonisolated(unsafe) var together: [[[Float]]?] = [nil, nil]
      together.withUnsafeMutableBufferPointer { slots in
        nonisolated(unsafe) let slots = slots
        DispatchQueue.concurrentPerform(iterations: 2) { block in
          slots[block] = try? shared.withSession(block: block) { session in
            try points.map { try shared.forward(session, [$0]) }
          }
        }
      }
      #expect(together == alone)
    }
  }

  @Test("Other rows are bound, and give other outputs", arguments: models)
  func rows(_ component: BenchComponent) throws {
    for model in try ModelCase.all(component) {
      let point = try model.model.initialParameters(start: 0)
      let second = try model.withSession(block: 1) { try model.forward($0, [point]) }
      try model.withSession { session in
        _ = try model.forward(session, [point])
        let inputs = model.inputs(1)
        try inputs.withUnsafeBufferPointer { inputs in
          try session.bind(inputs: inputs, rowCount: ModelCase.rowCount)
          #expect(try model.forward(session, [point]) == second)
        }
      }
    }
  }
}
