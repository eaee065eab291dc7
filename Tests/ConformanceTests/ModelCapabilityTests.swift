import QHostBridging
import QHostInterfaces
import QHostPluginTesting
import Testing

@Suite("What models say that they can do")
struct ModelCapabilityTests {
  /// Output weights that differ for each row and output.
  private func weights(_ model: ModelCase) -> [Float] {
    (0..<model.outputCount * ModelCase.rowCount).map { Float(($0 * 13 + 3) % 17 - 8) / 8 }
  }

  @Test("A gradient is the slope that differences find", arguments: ModelTests.models)
  func gradient(_ component: BenchComponent) throws {
    // A spike has no slope: what its surrogate's are is tested beside the model.
    guard !InProcess.surrogates.contains(component.name) else { return }
    for model in try ModelCase.all(component) where model.description.hasGradient {
      let point = try model.model.initialParameters(start: 1)
      let weights = weights(model)
      try model.withSession { session in
        _ = try model.forward(session, [point])
        let gradient = try model.gradient(session, weights: weights)
        _ = try model.forward(session, [point])
        #expect(try model.gradient(session, weights: weights) == gradient)
        let slopes = try slopes(model, session, point, weights)
        // Between the slopes to the left and to the right: a rectifier or a maximum may have its kink
        // there. Outputs carry 2⁻²⁴, so differences over 2⁻¹⁰ about 1e-4.
        let error = zip(gradient, slopes).map { value, slope in
          let outside = max(slope.min - value, value - slope.max, 0)
          return outside * outside
        }.reduce(0, +).squareRoot()
        let size = gradient.map { $0 * $0 }.reduce(0, +).squareRoot()
        #expect(error <= 1e-2 * size, "\(model.settings) \(model.mapping.task)")
      }
    }
  }

  private func slopes(
    _ model: ModelCase, _ session: any ModelSession, _ point: [Double], _ weights: [Float]
  ) throws -> [(min: Double, max: Double)] {
    let step = 0x1p-10
    return try point.indices.map { index in
      var sides = [point, point, point]
      sides[0][index] -= step
      sides[2][index] += step
      let outputs = try model.forward(session, sides)
      let count = weights.count
      let sums = (0..<3).map { side in
        (0..<count).reduce(0.0) {
          $0 + Double(weights[$1]) * Double(outputs[side * count + $1])
        }
      }
      let slopes = [(sums[1] - sums[0]) / step, (sums[2] - sums[1]) / step]
      return (slopes.min() ?? .nan, slopes.max() ?? .nan)
    }
  }

  @Test("A cut gives what whole passes give, before and after moves", arguments: ModelTests.models)
  func cuts(_ component: BenchComponent) throws {
    for model in try ModelCase.all(component) where model.description.hasCuts {
      var base = try model.model.initialParameters(start: 2)
      let offsets = [-0.75, 0, 0.1, 1.5]
      try model.withSession { session in
        try base.withUnsafeBufferPointer { try session.openCuts(parameters: $0) }
        for round in 0..<3 {
          for index in base.indices {
            let cut = try model.cut(session, index, offsets)
            let points = offsets.map { offset in
              var point = base
              point[index] += offset
              return point
            }
            let whole = try model.withSession { try model.forward($0, points) }
            #expect(
              ModelCase.difference(cut, whole) <= 1e-4,
              "\(model.settings), parameter \(index), round \(round)")
          }
          for index in stride(from: round, to: base.count, by: 3) {
            let delta = 0.3 - 0.1 * Double((index + round) % 7)
            try session.move(index: index, delta: delta)
            base[index] += delta
          }
        }
      }
    }
  }

  @Test("Changes are what cuts and moves change", arguments: ModelTests.models)
  func changes(_ component: BenchComponent) throws {
    for model in try ModelCase.all(component) where model.description.hasCutChanges {
      var base = try model.model.initialParameters(start: 2)
      let offsets = [-0.75, 0, 0.1, 1.5]
      try model.withSession { session in
        try base.withUnsafeBufferPointer { try session.openCuts(parameters: $0) }
        for round in 0..<3 {
          for index in base.indices {
            let found = try model.changedCut(session, index, offsets)
            let cut = try model.cut(session, index, offsets)
            #expect(
              ModelCase.difference(found, cut) <= 1e-5,
              "\(model.settings), parameter \(index), round \(round)")
          }
          for index in stride(from: round, to: base.count, by: 3) {
            let delta = 0.3 - 0.1 * Double((index + round) % 7)
            let before = try model.cut(session, index, [0])
            let moved = try model.changedMove(session, index, delta, from: before)
            base[index] += delta
            #expect(ModelCase.difference(moved, try model.cut(session, index, [0])) <= 1e-5)
          }
          let whole = try model.withSession { try model.forward($0, [base]) }
          #expect(ModelCase.difference(try model.cut(session, 0, [0]), whole) <= 1e-4)
        }
      }
    }
  }

  @Test("A graph is well formed", arguments: ModelTests.models)
  func graph(_ component: BenchComponent) throws {
    for model in try ModelCase.all(component) where model.description.hasGraph {
      let graph = try model.model.graph(parameters: try model.model.initialParameters(start: 0))
      #expect(graph.inputShape.count == model.mapping.input.count)
      #expect(graph.outputShape.count == model.outputCount)
      var known = Set([graph.input] + graph.constants.map(\.name))
      #expect(known.count == 1 + graph.constants.count, "two values have one name")
      for constant in graph.constants {
        #expect(constant.elements.count == constant.shape.count, "\(constant.name)")
      }
      for node in graph.nodes {
        #expect(!node.operation.isEmpty)
        for input in node.inputs { #expect(known.contains(input), "\(node.name) reads \(input)") }
        for output in node.outputs {
          #expect(known.insert(output).inserted, "\(output) is written twice")
        }
      }
      #expect(graph.nodes.contains { $0.outputs.contains(graph.output) })
    }
  }

  @Test("A graph holds the parameters that it is made at", arguments: ModelTests.models)
  func weightsOfGraph(_ component: BenchComponent) throws {
    for model in try ModelCase.all(component) where model.description.hasGraph {
      let first = try model.model.initialParameters(start: 0)
      let second = try model.model.initialParameters(start: 1)
      let graph = try model.model.graph(parameters: first)
      #expect(try model.model.graph(parameters: second) != graph)
      #expect(try model.model.graph(parameters: first) == graph)
    }
  }

  @Test("What a model has not got is refused as unsupported", arguments: ModelTests.models)
  func unsupported(_ component: BenchComponent) throws {
    for model in try ModelCase.all(component) where !model.description.hasGraph {
      let point = try model.model.initialParameters(start: 0)
      let error = #expect(throws: ComponentError.self) { try model.model.graph(parameters: point) }
      #expect(error?.severity == .unsupported)
    }
  }
}
