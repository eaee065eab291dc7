import Foundation
import MOS6502
import QHostInterfaces
import QHostTesting
import Testing

/// Filters over 6×6 images, mean pooling, tanh, three outputs: as a graph, and by the definition.
struct ConvolutionCase: Sendable, CustomStringConvertible {
  var margin = 0
  var pools = true
  let filters = 2
  let kernel = 3
  let outputs = 3

  var description: String { "margin \(margin), \(pools ? "mean of 2×2" : "no pooling")" }

  private func normals(_ index: UInt64, _ count: Int) -> [Float] {
    TestHost(seed: 11).normals(step: 0, index: index, count: count).map { Float($0) }
  }

  private var size: Int { 6 + 2 * margin - kernel + 1 }
  private var pooled: Int { pools ? size / 2 : size }
  private var hidden: Int { filters * pooled * pooled }
  private var filterWeights: [Float] { normals(1, filters * kernel * kernel).map { $0 / 2 } }
  private var filterBiases: [Float] { normals(2, filters).map { $0 / 4 } }
  private var weights: [Float] {
    normals(3, outputs * hidden).map { $0 / Float(hidden).squareRoot() }
  }

  func images(_ count: Int) -> [Float] { normals(4, 36 * count).map { 1 / (1 + exp(-$0)) } }

  func graph(pooling: String = "AveragePool") -> Graph {
    func node(
      _ operation: String, _ inputs: [String], _ output: String,
      _ attributes: [String: Graph.Attribute] = [:]
    ) -> Graph.Node {
      Graph.Node(
        name: output, operation: operation, inputs: inputs, outputs: [output],
        attributes: attributes)
    }
    func constant(_ name: String, _ shape: [Int], _ values: [Float]) -> Graph.Constant {
      Graph.Constant(name: name, shape: Shape(shape), elements: .float(values))
    }
    var nodes = [
      node("Reshape", ["input", "shape"], "image"),
      node(
        "Conv", ["image", "f", "c"], "layers.0",
        [
          "kernel_shape": .integers([kernel, kernel]), "strides": .integers([1, 1]),
          "pads": .integers(Array(repeating: margin, count: 4)),
        ]),
    ]
    if pools {
      nodes.append(
        node(
          pooling, ["layers.0"], "pool",
          ["kernel_shape": .integers([2, 2]), "strides": .integers([2, 2])]))
    }
    nodes += [
      node("Tanh", [pools ? "pool" : "layers.0"], "h"), node("Flatten", ["h"], "flat"),
      node("Gemm", ["flat", "w"], "output", ["transB": .integers([1])]),
    ]
    return Graph(
      input: "input", output: "output", inputShape: Shape([6, 6]), outputShape: Shape([outputs]),
      nodes: nodes,
      constants: [
        Graph.Constant(name: "shape", shape: Shape([4]), elements: .int64([0, 1, 6, 6])),
        constant("f", [filters, 1, kernel, kernel], filterWeights),
        constant("c", [filters], filterBiases), constant("w", [outputs, hidden], weights),
      ])
  }

  /// The outputs for one image, by the definition.
  func exact(_ image: [Float]) -> [Double] {
    var values: [Double] = []
    for filter in 0..<filters {
      let sums = (0..<size * size).map { place -> Double in
        var sum = Double(filterBiases[filter])
        for i in 0..<kernel * kernel {
          let (y, x) = (place / size + i / kernel - margin, place % size + i % kernel - margin)
          guard (0..<6).contains(y), (0..<6).contains(x) else { continue }
          sum += Double(filterWeights[filter * kernel * kernel + i] * image[6 * y + x])
        }
        return sum
      }
      for place in 0..<pooled * pooled {
        let corner = pools ? 2 * (place / pooled) * size + 2 * (place % pooled) : place
        let mean =
          pools
          ? (sums[corner] + sums[corner + 1] + sums[corner + size] + sums[corner + size + 1]) / 4
          : sums[corner]
        values.append(tanh(mean))
      }
    }
    return (0..<outputs).map { output in
      values.enumerated().reduce(0) {
        $0 + Double(weights[output * hidden + $1.offset]) * $1.element
      }
    }
  }
}

@Suite("Convolutions on the 6502")
struct ConvolutionTests {
  private func target() throws -> MOS6502Target {
    try MOS6502Target(
      request: request(
        for: MOS6502Target.descriptor,
        [
          "input_bits": .integer(6), "weight_bits": .integer(7), "activation_bits": .integer(6),
          "max_bytes": .integer(61_440),
        ], host: TestHost()))
  }

  @Test(
    "follow their definition, with margins and means of places",
    arguments: [
      ConvolutionCase(), ConvolutionCase(margin: 1), ConvolutionCase(margin: 1, pools: false),
    ])
  func outputs(test: ConvolutionCase) throws {
    let images = test.images(120)
    let target = try target()
    _ = try target.compile(
      test.graph(), calibration: Calibration(rowCount: 60, inputs: Array(images.prefix(60 * 36))))
    let execution = try target.execute(inputs: images, rowCount: 120)
    var (error, square) = (0.0, 0.0)
    for row in 0..<120 {
      let exact = test.exact(Array(images[row * 36..<(row + 1) * 36]))
      for (unit, value) in exact.enumerated() {
        error += pow(Double(execution.outputs[row * test.outputs + unit]) - value, 2)
        square += value * value
      }
    }
    #expect(error < 0.002 * square, "\(error / square)")
  }

  @Test("Tuning adds no weight beside a filter's window")
  func windows() throws {
    let test = ConvolutionCase(margin: 1, pools: false)
    let inputs = test.images(300)
    let targets = (0..<300).map { row -> Float in
      let exact = test.exact(Array(inputs[row * 36..<(row + 1) * 36]))
      return Float(exact.firstIndex(of: exact.max() ?? 0) ?? 0)
    }
    let calibration = Calibration(rowCount: 300, inputs: inputs, targets: targets)
    let start = try QuantisedNetwork(
      test.graph(), inputs: inputs,
      settings: QuantisationSettings(
        inputBits: 4, lattices: try WeightLattice.list("15", layerCount: 2), activationBits: 4,
        isCompensating: true))
    let goal = try TuningGoal(
      calibration, outputCount: test.outputs, teacher: [], distillation: 0)
    let rows = try TuningRows(
      calibration, model: start.model, goal: goal, heldOut: 0.1, host: TestHost())
    var tuner = Tuner(start, rows: rows, settings: TuningSettings(passes: 60), host: TestHost())
    let network = tuner.outcome().network.model.network
    #expect(network != start.model.network, "nothing was tuned")
    // The first unit is the first filter at the upper left corner.
    for (input, weight) in network.layers[0].weights[0].enumerated()
    where ![0, 1, 6, 7].contains(input) {
      #expect(weight == 0, "input \(input)")
    }
  }

  @Test("with the largest of places are refused, with the way out")
  func largest() throws {
    let test = ConvolutionCase()
    let calibration = Calibration(rowCount: 2, inputs: test.images(2))
    let error = #expect(throws: ComponentError.self) {
      try target().compile(test.graph(pooling: "MaxPool"), calibration: calibration)
    }
    #expect(error?.message.contains("MaxPool") == true)
    #expect(error?.message.contains("model.pooling") == true)
  }
}
