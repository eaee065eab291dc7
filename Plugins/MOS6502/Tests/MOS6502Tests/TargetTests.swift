import MOS6502
import QHostInterfaces
import QHostTesting
import Testing

@Suite("The target 6502")
struct TargetTests {
  private func make(
    _ changes: [String: ParameterValue] = [:], host: TestHost = TestHost()
  ) throws -> MOS6502Target {
    try MOS6502Target(request: request(for: MOS6502Target.descriptor, changes, host: host))
  }

  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return ""
    } catch { return "\(error)" }
  }

  private static let networkCase = NetworkCase(widths: [30, 8, 5])

  /// Inputs in 0 ..< 1 whose levels are those of rows.
  private static func inputs(_ rows: [[UInt8]]) -> [Float] {
    rows.flatMap { $0.map { (Float($0) + 0.5) / 16 } }
  }

  @Test("computes a network of integers to the bit, and tells what it takes")
  func integerNetwork() throws {
    let network = Self.networkCase.network
    let rows = Self.networkCase.rows(50)
    let target = try make()
    let compiled = try target.compile(
      integerGraph(network, inputBits: 4, scale: 0.25),
      calibration: Calibration(rowCount: rows.count, inputs: Self.inputs(rows)))
    let execution = try target.execute(inputs: Self.inputs(rows), rowCount: rows.count)
    #expect(execution.outputs == rows.flatMap { network.outputs($0).map { Float($0) * 0.25 } })
    #expect(execution.cyclesMinimum <= execution.cyclesMean)
    #expect(execution.cyclesMean <= execution.cyclesMaximum)
    #expect(abs(execution.millisecondsMean - execution.cyclesMean / 1789.773) < 1e-9)
    let figures = Dictionary(uniqueKeysWithValues: compiled.figures.map { ($0.name, $0.value) })
    let code = try #require(compiled.artifacts.first { $0.name == "network.bin" })
    #expect(figures["bytes"] == Double(code.bytes.count))
    // All rows are calibration rows: the figures are those of the execution.
    #expect(figures["cycles.mean"] == execution.cyclesMean)
    let layers = try ["cycles.layers.0", "cycles.layers.1"].map { try #require(figures[$0]) }
    // Beside the layers there are CLD, TYA and RTS.
    #expect(abs(layers[0] + layers[1] + 10 - execution.cyclesMean) < 1e-6)
    #expect(
      Set(compiled.artifacts.map(\.name)).isSuperset(of: [
        "network.s", "network.map", "report.txt", "pareto.svg", "network.xex", "network.prg",
        "network.apple2.bin", "network.bbc", "network.bbc.inf",
      ]))
  }

  @Test(
    "takes a scaler that an imported network begins with, and gives the outputs of the network behind it",
    arguments: [
      ["Sub", "Mul"], ["Sub", "Div"], ["Add", "Mul"], ["Mul", "Add"], ["Mul"], ["Div"],
    ])
  func scaler(_ operations: [String]) throws {
    let float = FloatCase(widths: [4, 8, 4])
    var graph = float.graph
    // Powers of two, so that no order of steps rounds.
    let values: [String: [Float]] = [
      "Sub": [3, -1, 0, 2], "Add": [-3, 1, 0, -2], "Mul": [2, 0.5, 4, 1], "Div": [0.5, 2, 0.25, 1],
    ]
    var value = "x"
    for (place, operation) in operations.enumerated() {
      let result = place == operations.count - 1 ? graph.input : "step.\(place)"
      graph.constants.append(
        Graph.Constant(
          name: "s.\(place)", shape: Shape([4]), elements: .float(values[operation] ?? [])))
      graph.nodes.insert(
        Graph.Node(
          name: operation, operation: operation, inputs: [value, "s.\(place)"], outputs: [result]),
        at: place)
      value = result
    }
    graph.input = "x"
    let scaled = float.inputs(200)
    // Backwards from what the network behind the scaler takes.
    let measurements = scaled.enumerated().map { place, number in
      operations.reversed().reduce(number) { number, operation in
        let constant = values[operation]?[place % 4] ?? 0
        switch operation {
        case "Sub": return number + constant
        case "Add": return number - constant
        case "Mul": return number / constant
        default: return number * constant
        }
      }
    }
    let forward = measurements.enumerated().map { place, number in
      operations.reduce(number) { number, operation in
        let constant = values[operation]?[place % 4] ?? 0
        switch operation {
        case "Sub": return number - constant
        case "Add": return number + constant
        case "Mul": return number * constant
        default: return number / constant
        }
      }
    }
    func outputs(_ graph: Graph, _ inputs: [Float]) throws -> [Float] {
      let target = try make()
      _ = try target.compile(graph, calibration: Calibration(rowCount: 200, inputs: inputs))
      return try target.execute(inputs: inputs, rowCount: 200).outputs
    }
    let own = try outputs(graph, measurements)
    let plain = try outputs(float.graph, forward)
    let same = zip(own, plain).filter { abs($0 - $1) <= 1e-6 * max(1, abs($1)) }.count
    #expect(same * 100 >= own.count * 98, "\(same) of \(own.count)")
  }

  @Test(
    "brings networks of real numbers to whole ones", arguments: ["Tanh", "Relu", "Sigmoid", "Sin"])
  func floatNetwork(_ activation: String) throws {
    let float = FloatCase(activation: activation)
    let inputs = float.inputs(400)
    func agreement(_ changes: [String: ParameterValue]) throws -> Int {
      let target = try make(changes)
      _ = try target.compile(
        float.graph,
        calibration: Calibration(rowCount: 200, inputs: Array(inputs.prefix(200 * 10))))
      let execution = try target.execute(inputs: inputs, rowCount: 400)
      return (0..<400).count { row in
        let exact = float.outputs(Array(inputs[row * 10..<(row + 1) * 10]))
        let given = execution.outputs[row * 4..<(row + 1) * 4].map { Double($0) }
        return exact.firstIndex(of: exact.max() ?? 0) == given.firstIndex(of: given.max() ?? 0)
      }
    }
    let fine = try agreement([
      "input_bits": .integer(7), "weight_bits": .integer(8), "activation_bits": .integer(6),
    ])
    let coarse = try agreement(["input_bits": .integer(3), "weight_bits": .integer(2)])
    #expect(fine >= 380, "\(fine) of 400")
    #expect(fine > coarse && coarse > 160, "\(coarse) of 400, a quarter would be chance")
  }

  @Test("takes the quickest program within its budgets")
  func budgets() throws {
    let rows = Self.networkCase.rows(30)
    let graph = integerGraph(Self.networkCase.network, inputBits: 4, scale: 1)
    let calibration = Calibration(rowCount: rows.count, inputs: Self.inputs(rows))
    func compile(_ changes: [String: ParameterValue]) throws -> (bytes: Double, cycles: Double) {
      let figures = try make(changes).compile(graph, calibration: calibration).figures
      return (figures[0].value, figures[1].value)
    }
    let quick = try compile([:])
    let small = try compile(["max_bytes": .integer(Int(quick.bytes) - 1)])
    #expect(small.bytes < quick.bytes && small.cycles > quick.cycles)
    let refused = message { _ = try compile(["max_bytes": .integer(500)]) }
    #expect(refused.contains("more than target.max_bytes = 500"))
    let slow = message { _ = try compile(["max_cycles": .integer(300)]) }
    #expect(slow.contains("target.max_cycles = 300"))
  }

  @Test("takes a network of integers without calibration rows")
  func withoutCalibration() throws {
    let target = try make()
    let compiled = try target.compile(
      integerGraph(Self.networkCase.network, inputBits: 4, scale: 1),
      calibration: Calibration(rowCount: 0, inputs: []))
    let row = Array(repeating: UInt8(15), count: 30)
    let execution = try target.execute(inputs: Self.inputs([row]), rowCount: 1)
    #expect(execution.outputs == Self.networkCase.network.outputs(row).map { Float($0) })
    let mean = compiled.figures.first { $0.name == "cycles.mean" }?.value
    #expect(mean == execution.cyclesMean)
  }

  @Test("says by how much a network is too large, and what would fit")
  func tooLarge() throws {
    let graph = FloatCase(widths: [400, 200, 2]).graph
    let calibration = Calibration(rowCount: 2, inputs: FloatCase(widths: [400, 200, 2]).inputs(2))
    let refusal = message { _ = try make().compile(graph, calibration: calibration) }
    #expect(refusal.contains("80400 weights") && refusal.contains("would fit"), "\(refusal)")
  }

  @Test("names the operator that it has no code for, with its layer")
  func operators() throws {
    var graph = FloatCase().graph
    graph.nodes[1].operation = "Softmax"
    let calibration = Calibration(rowCount: 4, inputs: FloatCase().inputs(4))
    let refusal = message { _ = try make().compile(graph, calibration: calibration) }
    #expect(refusal.contains("Softmax") && refusal.contains("layers.0"))
    graph.nodes[0].operation = "LSTM"
    let other = message { _ = try make().compile(graph, calibration: calibration) }
    #expect(other.contains("LSTM") && other.contains("the input"))
  }

  @Test("refuses a function that differs from unit to unit")
  func functionsByUnit() throws {
    var graph = FloatCase().graph
    let calibration = Calibration(rowCount: 4, inputs: FloatCase().inputs(4))
    graph.constants.append(
      Graph.Constant(
        name: "scales", shape: Shape([8]), elements: .float((1...8).map { Float($0) })))
    graph.nodes[1].outputs = ["t"]
    graph.nodes.insert(
      Graph.Node(name: "scaled", operation: "Mul", inputs: ["t", "scales"], outputs: ["h.0"]),
      at: 2)
    let refusal = message { _ = try make().compile(graph, calibration: calibration) }
    #expect(refusal.contains("'scaled'") && refusal.contains("'scales'"), "\(refusal)")
  }

  @Test("refuses numbers that are none and data of another shape")
  func badNumbers() throws {
    let float = FloatCase()
    var graph = float.graph
    let inputs = float.inputs(4)
    let calibration = Calibration(rowCount: 4, inputs: inputs)
    var broken = calibration
    broken.inputs[13] = .nan
    #expect(
      message { _ = try make().compile(graph, calibration: broken) }.contains("row 2, feature 4"))
    broken.inputs.removeLast()
    #expect(message { _ = try make().compile(graph, calibration: broken) }.contains("39 numbers"))
    let none = Calibration(rowCount: 0, inputs: [])
    #expect(message { _ = try make().compile(graph, calibration: none) }.contains("calibration"))
    let target = try make()
    #expect(message { _ = try target.execute(inputs: inputs, rowCount: 4) }.contains("compile"))
    _ = try target.compile(graph, calibration: calibration)
    #expect(
      message { _ = try target.execute(inputs: broken.inputs + [1], rowCount: 4) }
        .contains("row 2, feature 4"))
    graph.constants[0].elements = .float(Array(repeating: .nan, count: 80))
    #expect(
      message { _ = try target.compile(graph, calibration: calibration) }.contains("'w.0'"))
  }
}
