import Compressors
import NeuralModels
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Weights of few bits")
struct QuantisedTests {
  private func model(
    _ bits: [Int] = [8], around inner: (any Model)? = nil, from trained: [Double]? = nil
  ) throws -> Quantised {
    try Quantised(
      request: CompressorCase.request(
        for: Quantised.descriptor, ["bits": .integers(bits)],
        around: inner ?? CompressorCase.perceptron(), from: trained),
      mapping: CompressorCase.mapping)
  }

  /// The rows of a matrix of the perceptron: weights and what they were before.
  private func rows(
    _ inner: any Model, _ name: String, _ lists: [Double]...
  ) throws -> [[[Double]]] {
    let block = try #require(inner.modelDescription.blocks.first { $0.name == name })
    let length = block.shape.count / block.shape.extents[0]
    return (0..<block.shape.extents[0]).map { row in
      lists.map { Array($0[(block.offset + row * length)..<(block.offset + (row + 1) * length)]) }
    }
  }

  @Test(
    "A unit's weights are integers of so many bits times one scale, and biases stay as they are")
  func lattice() throws {
    let inner = try CompressorCase.perceptron()
    let point = TestHost(seed: 3).normals(
      step: 0, index: 0, count: inner.modelDescription.parameterCount)
    let rounded = try model([3, 12], around: inner).innerParameters(at: point)
    for (name, top) in [("layers.0.weight", 3.0), ("layers.1.weight", 2_047)] {
      for pair in try rows(inner, name, point, rounded) {
        let largest = pair[0].map { abs($0) }.max() ?? 0
        let scale = Double(Float(largest / top))
        var reached = 0.0
        for (real, weight) in zip(pair[0], pair[1]) {
          let integer = (weight / scale).rounded()
          reached = max(reached, abs(integer))
          #expect(abs(weight / scale - integer) < 1e-6 * top && abs(integer) <= top)
          // Half a step, and the rounding of the scale to single precision.
          #expect(abs(real - weight) <= scale * (0.5 + 1e-6 * top))
        }
        #expect(reached == top)
      }
    }
    for name in ["layers.0.bias", "layers.1.bias"] {
      for pair in try rows(inner, name, point, rounded) { #expect(pair[0] == pair[1]) }
    }
  }

  @Test("Weights that are rounded stay as they are, and rows of zeros are no fault")
  func again() throws {
    let inner = try CompressorCase.perceptron()
    var point = TestHost(seed: 4).normals(
      step: 0, index: 0, count: inner.modelDescription.parameterCount)
    for place in 0..<4 { point[place] = 0 }
    let model = try model([5], around: inner)
    let once = try model.innerParameters(at: point)
    #expect(once[..<4].allSatisfy { $0 == 0 })
    let twice = try model.innerParameters(at: once)
    for (first, second) in zip(once, twice) { #expect(abs(first - second) <= 1e-6 * abs(first)) }
  }

  @Test("It begins as the inner model, or as its trained file")
  func start() throws {
    let inner = try CompressorCase.perceptron()
    #expect(
      try model(around: inner).initialParameters(start: 0) == inner.initialParameters(start: 0))
    let trained = (0..<inner.modelDescription.parameterCount).map { Double($0) / 7 }
    let from = try model(around: inner, from: trained)
    #expect(try from.initialParameters(start: 0) == trained)
    #expect(try from.initialParameters(start: 1) == inner.initialParameters(start: 1))
  }

  @Test(
    "Integers and scales give the inner model's outputs in the graph",
    arguments: [[8], [12], [2, 9]])
  func graph(_ bits: [Int]) throws {
    let inner = try CompressorCase.perceptron()
    let model = try model(bits, around: inner)
    let point = try model.initialParameters(start: 0)
    let graph = try model.graph(parameters: point)
    let inputs: [Float] = [0.5, -1, 2, 0.25, 3, 1, -2, 0]
    let found = GraphInterpreter(graph, inputs: inputs, rowCount: 2).values["output"] ?? []
    let plain = GraphInterpreter(
      try inner.graph(parameters: model.innerParameters(at: point)), inputs: inputs, rowCount: 2)
    let wanted = plain.values["output"] ?? []
    #expect(found.count == 6 && wanted.count == 6)
    // Some ten roundings of numbers around 1.
    for (a, b) in zip(found, wanted) { #expect(abs(a - b) < 2e-6) }
    let integers = graph.constants.filter { $0.name.hasSuffix(".integers") }
    #expect(integers.count == 2)
    for (constant, bits) in zip(integers, bits.count == 1 ? bits + bits : bits) {
      switch constant.elements {
      case .int8(let values): #expect(bits <= 8 && values.contains { $0 != 0 })
      case .int32(let values): #expect(bits > 8 && values.contains { abs($0) > 127 })
      case .float, .int64: Issue.record("\(constant.name) has other elements")
      }
    }
  }

  @Test("What is stored is counted: integers, scales and biases")
  func size() throws {
    // 4-6-3: 24 and 18 weights, 6 and 3 scales, 6 and 3 biases.
    let model = try model([8, 12])
    #expect(model.storedBits == 24 * 8 + 18 * 12 + 32 * (9 + 9))
    let sample = MetricSample(
      split: .test, parameters: [], rows: [], keys: [], draw: 0,
      inputs: UnsafeBufferPointer(start: nil, count: 0),
      outputs: UnsafeBufferPointer(start: nil, count: 0))
    let values = try model.measure(sample).map(\.value)
    #expect(values == [51, 984, 51.0 * 32 / 984])
  }

  @Test("Numbers of bits that fit no matrices are refused, and models without any")
  func refusals() throws {
    let count = #expect(throws: ComponentError.self) { try model([8, 8, 8]) }
    #expect(count?.kind == .parameter)
    #expect(
      count?.message.contains("3 numbers for 2 matrices (layers.0.weight, layers.1.weight)") == true
    )
    let direct = try Direct(
      request: request(for: Direct.descriptor),
      mapping: Mapping(task: .scenario, input: Shape([1]), output: Shape([12])))
    let none = #expect(throws: ComponentError.self) { try model(around: direct) }
    #expect(none?.message.contains("inner has none") == true)
  }
}
