import MOS6502
import Testing

@Suite("Kernels")
struct KernelTests {
  static let cases = [
    NetworkCase(widths: [20, 6, 5, 4], largestWeight: 1),
    NetworkCase(widths: [196, 12, 8, 10], largestWeight: 1, seed: 2),
    NetworkCase(widths: [196, 12, 8, 10], largestWeight: 7, seed: 3),
    NetworkCase(widths: [40, 9, 7], largestWeight: 15, largestShift: 5, highestLevel: 31),
    NetworkCase(widths: [64, 10], largestWeight: 127, seed: 4),
    NetworkCase(widths: [30, 8, 3], inputMaximum: 1, largestWeight: 4, highestLevel: 1),
    NetworkCase(widths: [12, 5, 2], inputMaximum: 127, largestWeight: 20, highestLevel: 127),
    NetworkCase(widths: [300, 5, 3], inputMaximum: 3, largestWeight: 3),
    NetworkCase(widths: [6, 140, 3], largestWeight: 3),
    NetworkCase(widths: [5, 4, 1], largestWeight: 3),
  ]

  static let forms: [LayerKernel.Form] = [
    .direct, .loop, .skipping(largestBlock: 8, perMille: 1000),
    .skipping(largestBlock: 32, perMille: 300),
  ]

  /// Whether a layer's inputs may be stored with their multiples.
  private static func takesMultiples(_ network: IntegerNetwork, _ layer: Int) -> Bool {
    let largest = network.layers[layer].weights.joined().reduce(0) { max($0, abs($1)) }
    let inputs = network.layers[layer - 1].activations.flatMap(\.table).max() ?? 0
    return largest > 1 && Int(inputs) * largest * 2 <= 255
  }

  @Test("give the outputs of the network, bit for bit, also at the limits", arguments: cases, forms)
  func exact(_ networkCase: NetworkCase, _ form: LayerKernel.Form) throws {
    let network = networkCase.network
    let rows = networkCase.rows(60)
    for others in [LayerKernel.Form.direct, .loop] {
      for wantsMultiples in [false, true] {
        var kernels = [LayerKernel(form)]
        for layer in network.layers.indices.dropFirst() {
          let takes =
            wantsMultiples && others == .direct && Self.takesMultiples(network, layer)
          kernels.append(LayerKernel(others, takesMultiples: takes))
        }
        let program = try NetworkCompiler(network, calibration: Array(rows.prefix(40)))
          .program(kernels)
        let machine = NetworkMachine(program)
        for row in rows {
          let result = try machine.run(row)
          let outputs = network.outputs(row)
          #expect(result.outputs == outputs)
          #expect(result.bestClass == IntegerNetwork.bestClass(outputs))
          guard result.outputs == outputs else { return }
        }
      }
    }
  }

  @Test("let the lowest index win among equal outputs", arguments: forms)
  func ties(_ form: LayerKernel.Form) throws {
    let weights = [[1, 2, 0], [3, -1, 0], [1, 2, 0], [3, -1, 0]]
    let network = IntegerNetwork(
      inputMaximum: 15,
      layers: [IntegerNetwork.Layer(name: "layer", weights: weights, offsets: [0, 0, 0, 0])])
    let rows: [[UInt8]] = [[0, 0, 0], [5, 1, 0], [1, 5, 9], [3, 2, 0]]
    let machine = NetworkMachine(
      try NetworkCompiler(network, calibration: rows).program([LayerKernel(form)]))
    #expect(try rows.map { try machine.run($0).bestClass } == [0, 1, 0, 0])
  }

  @Test("skip blocks of inputs that are 0, and are quicker for it")
  func skipping() throws {
    let networkCase = NetworkCase(widths: [120, 12, 4], largestWeight: 1)
    let network = networkCase.network
    // The second half of the inputs is 0 but for one row.
    var rows = networkCase.rows(40).map { Array($0.prefix(60)) + Array(repeating: 0, count: 60) }
    rows[5] = Array(repeating: 15, count: 120)
    let compiler = NetworkCompiler(network, calibration: rows)
    let cycles = try [
      LayerKernel.Form.direct, .skipping(largestBlock: 32, perMille: 1000),
    ].map { form in
      let machine = NetworkMachine(
        try compiler.program([LayerKernel(form), LayerKernel(.direct)]))
      return try rows.map { try machine.run($0).cycles }
    }
    #expect(cycles[1][0] * 5 < cycles[0][0] * 4)
    #expect(cycles[1][5] > cycles[0][5])
  }

  @Test(
    "make programs that ca65 assembles to the same bytes",
    .enabled(if: CrossAssembler.isPresent, "ca65 and ld65 (package cc65) are not installed"),
    arguments: forms)
  func listings(_ form: LayerKernel.Form) throws {
    let networkCase = NetworkCase(widths: [60, 8, 6, 5])
    let compiler = NetworkCompiler(networkCase.network, calibration: networkCase.rows(30))
    let program = try compiler.program([
      LayerKernel(form), LayerKernel(.direct, takesMultiples: true), LayerKernel(.loop),
    ])
    #expect(try CrossAssembler.bytes(program.source.listing) == program.code.bytes)
  }

  @Test("refuse sums beyond 16 bits, with the unit")
  func wideSums() throws {
    let network = IntegerNetwork(
      inputMaximum: 127,
      layers: [
        IntegerNetwork.Layer(
          name: "wide", weights: [Array(repeating: 127, count: 5)], offsets: [0])
      ])
    for form in [LayerKernel.Form.direct, .loop] {
      let error = #expect(throws: (any Error).self) {
        try NetworkCompiler(network, calibration: []).program([LayerKernel(form)])
      }
      #expect("\(error.map { "\($0)" } ?? "")".contains("wide, unit 0"), "\(form)")
    }
  }
}
