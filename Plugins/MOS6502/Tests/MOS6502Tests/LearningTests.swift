import Foundation
import MOS6502
import QHostInterfaces
import QHostPluginTesting
import QHostRuntime
import QHostTesting
import Testing

@Suite("Programs that learn")
struct LearningTests {
  private func compiled(
    _ graph: Graph, _ rows: [[UInt8]], _ changes: [String: ParameterValue] = [:]
  ) throws -> CompiledModel {
    let values: [String: ParameterValue] = [
      "learn": .boolean(true), "memory_rows": .integer(7), "visits": .integer(40),
    ]
    let target = try MOS6502Target(
      request: request(
        for: MOS6502Target.descriptor, values.merging(changes) { $1 }, host: TestHost()))
    let inputs = rows.flatMap { $0.map { (Float($0) + 0.5) / 16 } }
    var calibration = Calibration(rowCount: rows.count, inputs: inputs)
    calibration.targets = rows.indices.map { Float($0 * 7 % graph.outputShape.count) }
    return try target.compile(graph, calibration: calibration)
  }

  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return ""
    } catch { return "\(error)" }
  }

  /// A network as `integer-mlp` gives it: with bounds.
  private func graph(
    _ test: NetworkCase, doubleZero: Int = 15, biases: Int32 = 2000, scale: Float = 0.0625
  ) -> Graph {
    var graph = integerGraph(test.network, inputBits: 4, scale: scale)
    for place in test.network.layers.indices {
      let weight = Int32(test.largestWeight)
      for (name, values) in [
        ("weight.range", [-weight, weight]), ("bias.range", [-biases, biases]),
        ("zero.doubled", [place == 0 ? 0 : Int32(doubleZero)]),
      ] {
        graph.constants.append(
          Graph.Constant(
            name: "layers.\(place).\(name)", shape: Shape([values.count]), elements: .int32(values))
        )
      }
    }
    return graph
  }

  static let cases = [
    NetworkCase(widths: [9, 6, 4]), NetworkCase(widths: [5, 3]),
    NetworkCase(widths: [6, 5, 4, 3], largestWeight: 1, largestShift: 5),
    NetworkCase(widths: [6, 7, 4], largestWeight: 127, largestShift: 7, highestLevel: 127),
    NetworkCase(widths: [130, 3, 2]), NetworkCase(widths: [4, 130, 2]),
  ]

  @Test("do what the network's definition says, while they learn", arguments: cases)
  func definition(_ test: NetworkCase) throws {
    // The target compares each output of 12 rows, between which it learns, and throws.
    let result = try compiled(
      graph(test, biases: 32_000), Array(test.rows(12).prefix(14)), ["max_bytes": .integer(50_000)])
    let machine = try LearningMachine(result)
    let numbers = try machine.address("count") - machine.address("weights0")
    let before = try machine.bytes("weights0", numbers)
    for (place, row) in test.rows(12).enumerated() {
      try machine.set(row)
      try machine.call("learn", a: UInt8(place % 2))
    }
    #expect(try machine.bytes("weights0", numbers) != before)
    #expect(try machine.bytes("count", 1) == [7])
    let listing = String(
      decoding: try #require(result.artifacts.first { $0.name == "network.s" }).bytes, as: UTF8.self
    )
    if CrossAssembler.isPresent { #expect(try CrossAssembler.bytes(listing) == machine.code) }
  }

  @Test("leave out a class without an output")
  func unknownClass() throws {
    let test = NetworkCase(widths: [5, 4, 3])
    let machine = try LearningMachine(compiled(graph(test), test.rows(6)))
    try machine.set(test.rows(1)[0])
    try machine.call("learn", a: 3)
    #expect(try machine.bytes("count", 1) == [0])
    try machine.call("learn", a: 2)
    #expect(try machine.bytes("count", 1) == [1])
  }

  @Test("are refused with the bytes that are missing, or what the model lacks")
  func refusals() throws {
    let test = NetworkCase(widths: [90, 8, 5])
    let large = message {
      _ = try compiled(graph(test), test.rows(5), ["memory_rows": .integer(200)])
    }
    // Levels, sums, class and loss of a row.
    let row = 90 + 3 * 8 + 2 * 5 + 5
    #expect(large.contains("\(200 * row) of them for the rows") && large.contains("24576"))
    let words = large.split(separator: " ").map(String.init)
    let place = try #require(words.firstIndex(of: "target.memory_rows"))
    let most = try #require(Int(words[place + 2]))
    _ = try compiled(graph(test), test.rows(5), ["memory_rows": .integer(most)])
    #expect(
      message {
        _ = try compiled(graph(test), test.rows(5), ["memory_rows": .integer(most + 1)])
      }.contains("set target.memory_rows to \(most) or less"))
    #expect(
      message { _ = try compiled(FloatCase().graph, [[1, 2, 3, 4, 5, 6, 7, 8, 9, 1]]) }
        .contains("target.learn is for integer-mlp"))
    #expect(
      message { _ = try compiled(graph(test, scale: 0.3), test.rows(5)) }
        .contains("train with model.scale=power"))
    let wide = NetworkCase(widths: [256, 2, 2])
    #expect(
      message { _ = try compiled(graph(wide), wide.rows(2)) }.contains("at most 255"))
  }

  private func qhost(_ arguments: String...) throws -> String {
    let program = try HostProgram.run(
      arguments.flatMap { $0.split(separator: " ").map(String.init) })
    #expect(program.ending == .exited(0), "\(program.errors)")
    return program.output
  }

  /// The levels and classes of a table, for inputs of 4 bits.
  private func table(_ path: String) throws -> [(levels: [UInt8], label: UInt8)] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst().map {
      let fields = $0.split(separator: ",")
      return (
        fields.dropLast().map { UInt8(min(max((Float($0) ?? .nan) * 16, 0), 15)) },
        try #require(UInt8(fields[fields.count - 1]))
      )
    }
  }

  struct Stream: Sendable {
    let data: [String]
    let model: [String]
    var memoryRows = 31
    var visits = 4
    var rows = 2000
    let widths: [Int]
  }

  static let streams = [
    Stream(
      data: ["generator=hyperplane", "features=4"], model: ["hidden=5"], rows: 10_000,
      widths: [4, 5, 2]),
    Stream(
      data: ["generator=hyperplane", "features=8"], model: ["hidden=6,5", "activation=sigmoid"],
      memoryRows: 24, widths: [8, 6, 5, 2]),
    Stream(
      data: ["generator=led"], model: ["hidden=8", "weights=31"], memoryRows: 40, visits: 3,
      widths: [24, 8, 10]),
  ]

  @Test("take the host's steps: its predictions, then its weights, to the bit", arguments: streams)
  func host(_ stream: Stream) throws {
    func settings(_ place: String, _ values: [String]) -> String {
      values.map { "--set \(place).\($0)" }.joined(separator: " ")
    }
    let folder = try TemporaryFolder()
    let data = "drifting " + settings("dataset", stream.data + ["drifts=1"])
    let model =
      "--model integer-mlp --scaling none --loss margin --optimizer lattice-descent --quiet "
      + settings("model", stream.model + ["scale=power"])
      + " --set optimizer.visits=\(stream.visits)"
    let rows = "--set dataset.train_rows=\(stream.rows)"
    let target =
      "--target 6502 --quiet --set target.learn=true --set target.memory_rows=\(stream.memoryRows) "
      + "--set target.visits=\(stream.visits) --output"
    let (start, host) = (folder.path + "/start", folder.path + "/host")
    _ = try qhost(
      "run --online --dataset \(data) --set dataset.train_rows=300 \(model) --output \(start)")
    _ = try qhost("data export \(data) \(rows) --format csv --output \(folder.path)/rows --quiet")
    _ = try qhost("deploy \(start)/model.safetensors \(target) \(start)/6502")
    _ = try qhost(
      "run --online --dataset \(data) \(rows) \(model) --from \(start)/model.safetensors --block-rows 1",
      "--warmup-rows 2 --row-losses \(2 * stream.visits + 1) --memory-rows \(stream.memoryRows)",
      "--detector none --predictions --output \(host)")
    _ = try qhost("deploy \(host)/model.safetensors \(target) \(host)/6502")
    let expected = try String(contentsOfFile: host + "/predictions.csv", encoding: .utf8)
      .split(separator: "\n").dropFirst().map { $0.split(separator: ",")[1] }
    let machine = try LearningMachine(start + "/6502")
    var said: [Substring] = []
    for (place, row) in try table(folder.path + "/rows/train.csv").enumerated() {
      try machine.set(row.levels)
      if place >= 2 { said.append(Substring("\(try machine.call("infer").a)")) }
      // The host learns from its first two rows once both are there, as often as there are rows.
      try machine.call("remember", a: row.label)
      if place > 0 { try machine.call("improve") }
      if place == 1 { try machine.call("improve") }
    }
    #expect(said.count == stream.rows - 2)
    #expect(said == Array(expected))
    let (first, final) = (
      try LearningMachine(start + "/6502"), try LearningMachine(host + "/6502")
    )
    for (layer, (inputs, units)) in zip(stream.widths, stream.widths.dropFirst()).enumerated() {
      let weights = try machine.bytes("weights\(layer)", inputs * units)
      #expect(try weights != first.bytes("weights\(layer)", inputs * units))
      #expect(try weights == final.bytes("weights\(layer)", inputs * units))
      for name in ["offset\(layer)_low", "offset\(layer)_high", "bias\(layer)_low"] {
        #expect(try machine.bytes(name, units) == final.bytes(name, units))
      }
    }
  }

  @Test("learn a digit that the network has never seen")
  func digit() throws {
    let folder = try TemporaryFolder()
    _ = try qhost("data export digits --format csv --output \(folder.path)/all --quiet")
    let text = try String(contentsOfFile: folder.path + "/all/train.csv", encoding: .utf8)
    let lines = text.split(separator: "\n")
    let nines = lines.dropFirst().filter { $0.hasSuffix(",9") }
    // The last row names the tenth class; its label comes when nothing is learned any more.
    let known = lines.filter { !$0.hasSuffix(",9") } + nines.prefix(1)
    try (known.joined(separator: "\n") + "\n").write(
      toFile: folder.path + "/known.csv", atomically: true, encoding: .utf8)
    _ = try qhost(
      "run --online --quiet --dataset csv --set dataset.path=\(folder.path)/known.csv",
      "--set dataset.rows=all --set dataset.task=classification --scaling none --model integer-mlp",
      "--set model.scale=power --set model.weights=31 --set model.hidden=12 --loss margin",
      "--optimizer lattice-descent --set optimizer.visits=64 --row-losses 129 --block-rows 1",
      "--detector none --label-delay 1 --memory-rows 400 --output \(folder.path)/model")
    _ = try qhost(
      "deploy \(folder.path)/model/model.safetensors --quiet --target 6502 --set target.learn=true",
      "--set target.memory_rows=64 --set target.visits=8 --output \(folder.path)/6502")
    let machine = try LearningMachine(folder.path + "/6502")
    let train = try table(folder.path + "/all/train.csv")
    let test = try table(folder.path + "/all/test.csv")
    func right(_ isNine: Bool) throws -> (right: Int, of: Int) {
      let rows = test.filter { ($0.label == 9) == isNine }
      var count = 0
      for row in rows {
        try machine.set(row.levels)
        if try machine.call("infer").a == row.label { count += 1 }
      }
      return (count, rows.count)
    }
    let before = (nines: try right(true), others: try right(false))
    let (new, old) = (
      train.filter { $0.label == 9 }.dropFirst().prefix(60), train.filter { $0.label != 9 }
    )
    var cycles: UInt64 = 0
    for (place, nine) in new.enumerated() {
      for row in [nine] + old[3 * place..<3 * place + 3] {
        try machine.set(row.levels)
        cycles += try machine.call("learn", a: row.label).cycles
      }
    }
    let after = (nines: try right(true), others: try right(false))
    #expect(before.nines.right == 0)
    #expect(10 * after.nines.right >= 7 * after.nines.of, "\(after) of \(before)")
    #expect(10 * after.others.right >= 7 * after.others.of, "\(after) of \(before)")
    let note = "cycles a learned row \(cycles / 240), before \(before), after \(after)"
    #expect(cycles / 240 < 5_500_000 / 4, "\(note)")
    if ProcessInfo.processInfo.environment["QHOST_THOROUGH"] != nil { print(note) }
  }
}
