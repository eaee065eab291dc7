import QHostInterfaces
import QHostTesting
import QuantumNeurons
import Testing

@Suite("The model of quantum neurons")
struct QuantumNeuronsModelTests {
  private func model(
    _ circuit: String, _ changes: [String: ParameterValue] = [:], inputs: Int, outputs: Int = 1,
    seed: UInt64 = 1
  ) throws(ComponentError) -> QuantumNeurons {
    var values: [String: ParameterValue] = [
      "circuit": .choice(circuit, index: 0), "thermalisation": .integer(60),
      "sweeps": .integer(60), "tolerance": .real(10),
    ]
    values.merge(changes) { $1 }
    return try QuantumNeurons(
      request: request(for: QuantumNeurons.descriptor, values, host: TestHost(seed: seed)),
      mapping: Mapping(task: .regression, input: Shape([inputs]), output: Shape([outputs])))
  }

  /// Outputs [C × B] of inputs [F × B].
  private func outputs(
    _ model: QuantumNeurons, _ inputs: [Float], keys: [UInt64], draw: UInt64,
    parameters: [Double]? = nil, outputCount: Int = 1
  ) throws -> [Float] {
    let session = model.makeSession()
    let values = parameters ?? model.initialParameters(start: 0)
    var outputs = [Float](repeating: .nan, count: keys.count * outputCount)
    try inputs.withUnsafeBufferPointer { inputs in
      try session.bind(inputs: inputs, rowCount: keys.count)
      try keys.withUnsafeBufferPointer { try session.bindRows(keys: $0) }
      try values.withUnsafeBufferPointer { values in
        try [draw].withUnsafeBufferPointer { draws in
          try outputs.withUnsafeMutableBufferPointer {
            try session.forward(parameters: values, draws: draws, outputs: $0)
          }
        }
      }
    }
    return outputs
  }

  @Test("A row's outputs depend on its inputs, key and draw alone, not on the rows beside it")
  func rows() throws {
    let model = try model("xor", inputs: 2)
    let inputs: [Float] = [0, 0, 1, 1, 0.5, 0, 1, 0, 1, 0.5]
    let all = try outputs(model, inputs, keys: [3, 9, 4, 7, 5], draw: 6)
    for row in 0..<5 {
      let own = try outputs(
        model, [inputs[row], inputs[5 + row]], keys: [[3, 9, 4, 7, 5][row]], draw: 6)
      #expect(own == [all[row]])
    }
    #expect(try outputs(model, inputs, keys: [3, 9, 4, 7, 5], draw: 6) == all)
    #expect(try outputs(model, inputs, keys: [3, 9, 4, 7, 5], draw: 7) != all)
    #expect(try outputs(model, inputs, keys: [2, 9, 4, 7, 5], draw: 6) != all)
  }

  @Test("Common draws compare couplings and not noise")
  func common() throws {
    let model = try model("single", inputs: 1)
    let small = try (0..<8).map { draw in
      try outputs(model, [1], keys: [1], draw: draw, parameters: [6001])[0]
        - outputs(model, [1], keys: [1], draw: draw, parameters: [6000])[0]
    }
    let other = try (0..<8).map { draw in
      try outputs(model, [1], keys: [1], draw: draw, parameters: [6001])[0]
        - outputs(model, [1], keys: [1], draw: draw + 100, parameters: [6000])[0]
    }
    let (spread, without) = (small.map { $0 * $0 }.reduce(0, +), other.map { $0 * $0 }.reduce(0, +))
    #expect(spread < without / 4)
  }

  @Test("Gates are on and off where they are to be", arguments: ["and", "or", "not", "xor"])
  func gates(_ name: String) throws {
    let circuit = try #require(Circuit.named(name))
    let table = try #require(circuit.table)
    let width = name == "not" ? 1 : 2
    let model = try model(
      name, ["thermalisation": .integer(200), "sweeps": .integer(400), "tolerance": .real(0.1)],
      inputs: width)
    let rows = (0..<1 << width).map { row in (0..<width).map { row >> (width - 1 - $0) & 1 == 1 } }
    let inputs = (0..<width).flatMap { place in rows.map { $0[place] ? Float(1) : 0 } }
    let found = try outputs(model, inputs, keys: rows.indices.map(UInt64.init), draw: 0)
    let on = zip(rows, found).filter { table($0.0) }.map(\.1)
    let off = zip(rows, found).filter { !table($0.0) }.map(\.1)
    #expect(try #require(on.min()) - #require(off.max()) > 0.6, "\(found)")
  }

  @Test("Chains that have not thermalised are not an answer")
  func unsettled() throws {
    let model = try model(
      "single",
      [
        "thermalisation": .integer(0), "sweeps": .integer(4), "tolerance": .real(0.1),
        "moves": .choice("local", index: 2), "step": .real(0.01), "dips": .real(0),
        "signs": .boolean(false),
      ], inputs: 1)
    let error = #expect(throws: ComponentError.self) {
      try outputs(model, [1], keys: [0], draw: 0)
    }
    #expect(error?.severity == .discard)
    #expect(error?.message.contains("'neuron' has not thermalised in row 0") == true)
  }

  @Test("The classical read-out is a linear model with its gradient")
  func classical() throws {
    let model = try model(
      "digits", ["readout": .choice("classical", index: 1)], inputs: 784, outputs: 10)
    #expect(!model.modelDescription.isStochastic && model.modelDescription.hasGradient)
    let session = model.makeSession()
    let inputs = (0..<784).map { Float($0 % 7) / 7 }
    var parameters = model.initialParameters(start: 0)
    parameters[784 * 3 + 5] = 2
    var outputs = [Float](repeating: 0, count: 10)
    var gradient = [Double](repeating: 1, count: 7840)
    try inputs.withUnsafeBufferPointer { try session.bind(inputs: $0, rowCount: 1) }
    try parameters.withUnsafeBufferPointer { values in
      try outputs.withUnsafeMutableBufferPointer {
        try session.forward(parameters: values, pointCount: 1, outputs: $0)
      }
    }
    let sum = inputs.reduce(0, +) * 0.1
    #expect(abs(outputs[0] - sum) < 1e-3)
    #expect(abs(outputs[3] - sum - 1.9 * inputs[5]) < 1e-3)
    try [0, 0, 0, 1, 0, 0, 0, 0, 0, 0].map { Float($0) }.withUnsafeBufferPointer { slopes in
      try gradient.withUnsafeMutableBufferPointer {
        try session.backward(outputGradients: slopes, gradient: $0)
      }
    }
    #expect(gradient[784 * 3 + 5] == Double(inputs[5]) && gradient[0] == 0)
  }

  @Test("What does not fit is refused with what to do")
  func refusals() throws {
    func message(
      _ circuit: String, _ changes: [String: ParameterValue] = [:], inputs: Int = 2
    ) -> String {
      do throws(ComponentError) {
        _ = try self.model(circuit, changes, inputs: inputs)
        return ""
      } catch { return error.message }
    }
    #expect(
      message("xor", inputs: 4)
        .contains("use --dataset truth-table --set dataset.circuit=xor"))
    #expect(message("xor", ["kinks": .integer(3)]).contains("kinks 3 is not even"))
    #expect(message("xor", ["slices": .integer(128)]).contains("too coarse"))
    #expect(message("xor", ["graph": .text("a.txt")]).contains("is for circuit=file"))
    #expect(message("file").contains("set graph to the path"))
    #expect(message("file", ["graph": .text("/nowhere")]).contains("'/nowhere' cannot be read"))
    #expect(
      message("xor", ["readout": .choice("classical", index: 1)]).contains("use readout=quantum"))
    let single = try self.model("single", inputs: 1)
    let error = #expect(throws: ComponentError.self) {
      try outputs(single, [-0.5], keys: [0], draw: 0)
    }
    #expect(error?.message.contains("brightness is at least 0") == true)
  }

  @Test("Every row of inputs is in a truth table, and what is on comes first of a part")
  func table() throws {
    let dataset = try TruthTable(request: request(for: TruthTable.descriptor))
    #expect(dataset.datasetDescription.rowCounts == [.train: 4])
    var (inputs, targets) = ([Float](repeating: 9, count: 8), [Float](repeating: 9, count: 4))
    inputs.withUnsafeMutableBufferPointer { inputs in
      targets.withUnsafeMutableBufferPointer {
        dataset.read(.train, rows: [0, 1, 2, 3], inputs: inputs, targets: $0)
      }
    }
    #expect(inputs == [0, 0, 0, 1, 1, 0, 1, 1] && targets == [0, 1, 1, 0])
    let lines = try TruthTable(
      request: request(
        for: TruthTable.descriptor,
        ["circuit": .choice("vertical-line", index: 0), "rows": .integer(20)]))
    var line = [Float](repeating: 0, count: 20)
    var pixels = [Float](repeating: 0, count: 320)
    pixels.withUnsafeMutableBufferPointer { pixels in
      line.withUnsafeMutableBufferPointer {
        lines.read(.train, rows: Array(0..<20), inputs: pixels, targets: $0)
      }
    }
    #expect(line == [1, 1, 1, 1] + [Float](repeating: 0, count: 16))
  }
}
