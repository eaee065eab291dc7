import C99
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Operators as C", .enabled(if: Toolchain.has("cc"), "there is no C compiler"))
struct OperatorTests {
  private func check(_ graph: Graph, rowCount: Int = 17) throws {
    let inputs = numbers(graph.inputShape.count * rowCount, range: 2, seed: 1)
    let expected = GraphInterpreter(graph, inputs: inputs, rowCount: rowCount)
    let target = try target(["flags": .text("-O0")])
    _ = try target.compile(graph, calibration: Calibration(rowCount: 0, inputs: []))
    let outputs = try target.execute(inputs: inputs, rowCount: rowCount).outputs
    let wanted = expected.values["output"] ?? []
    #expect(outputs.count == wanted.count && outputs.count == graph.outputShape.count * rowCount)
    // Sums of one layer are exact; behind functions and further layers each of some ten roundings is 6e-8.
    let far = zip(outputs, wanted).filter { abs($0 - $1) > 2e-6 * max(1, abs($1)) }
    #expect(far.isEmpty, "\(far.prefix(3))")
  }

  @Test("give what ONNX defines", arguments: OperatorCase.all)
  func operators(_ test: OperatorCase) throws { try check(test.graph) }

  @Test("give what ONNX defines on images", arguments: ImageCase.all)
  func images(_ test: ImageCase) throws {
    // The result's size is that of the interpreter.
    let count = test.graph(1).inputShape.count
    let run = GraphInterpreter(
      test.graph(1), inputs: numbers(count, seed: 1), rowCount: 1)
    try check(test.graph(run.values["output"]?.count ?? 0), rowCount: 3)
  }

  @Test("of images with auto_pad are those with the same pads")
  func autoPad() throws {
    for (mode, pads) in [("SAME_UPPER", [1, 0, 1, 1]), ("SAME_LOWER", [1, 1, 1, 0])] {
      let automatic = ImageCase(attributes: ["auto_pad": .text(mode)]).graph(4 * 7 * 6)
      let given = ImageCase(attributes: ["pads": .integers(pads)]).graph(4 * 7 * 6)
      #expect(
        try text(compiled(automatic), "network.c") == text(compiled(given), "network.c"))
    }
  }

  @Test("never read beyond a table, whatever the input is")
  func noNumber() throws {
    let test = OperatorCase.others.first { $0.description == "Clip, Floor, Cast and Gather" }
    let graph = try #require(test).graph
    let result = try compiled(graph, ["main": .boolean(true)])
    try Toolchain.inFolder(result.artifacts) { folder in
      let build = try Toolchain.run(
        ["cc", "-std=c99", "network.c", "main.c", "-lm", "-o", "program"], in: folder)
      #expect(build.status == 0, "\(build.output)")
      let run = try Toolchain.run(
        ["./program"], in: folder, input: "nan inf -inf 1e38 -1e38 0 0.5\n")
      #expect(run.output == "1 5 8 5 8 5 -6 7.5\n")
    }
  }
}
