import C99
import Foundation
import QHostInterfaces
import QHostTesting
import Testing

@Suite("C sources")
struct SourceTests {
  private static let graphs =
    OperatorCase.all.map { (name: "\($0)", graph: $0.graph, count: 0) }
    + ImageCase.all.map { test in
      let inputs = numbers(test.graph(1).inputShape.count, seed: 1)
      let run = GraphInterpreter(test.graph(1), inputs: inputs, rowCount: 1)
      return (name: "\(test)", graph: test.graph(run.values["output"]?.count ?? 0), count: 0)
    }
    + WholeCase.all.map { (name: "\($0)", graph: $0.graph, count: 0) }

  @Test(
    "compile with gcc without a warning", .enabled(if: Toolchain.has("gcc"), "there is no gcc"))
  func gcc() throws { try checkWarnings("gcc") }

  @Test(
    "compile with clang without a warning",
    .enabled(if: Toolchain.has("clang"), "there is no clang"))
  func clang() throws { try checkWarnings("clang") }

  private func checkWarnings(_ compiler: String) throws {
    var artifacts: [CompiledModel.Artifact] = []
    for (index, test) in Self.graphs.enumerated() {
      let result = try compiled(
        test.graph, ["name": .text("n\(index)")])
      artifacts += result.artifacts.filter { $0.name != "report.txt" }
    }
    // One that is given numbers at the edges of what a float holds.
    var builder = GraphBuilder([3])
    let edges = [Float(bitPattern: 1), .greatestFiniteMagnitude, -Float(bitPattern: 0x10_0000)]
    builder.append("Mul", [builder.constant([3], .float(edges))])
    artifacts += try compiled(
      builder.finished(3),
      ["name": .text("edges"), "main": .boolean(true)]
    ).artifacts.filter { $0.name != "report.txt" }
    try Toolchain.inFolder(artifacts) { folder in
      let sources = artifacts.map(\.name).filter { $0.hasSuffix(".c") }
      let build = try Toolchain.run(
        [compiler] + Toolchain.warnings + ["-c"] + sources, in: folder)
      #expect(build.status == 0 && build.output.isEmpty, "\(build.output.prefix(2000))")
      for source in sources where source.hasPrefix("n") {
        #expect(
          FileManager.default.fileExists(
            atPath: folder.appending(path: source.dropLast(2) + ".o").path()))
      }
    }
  }

  @Test("have a header that says what there is")
  func header() throws {
    let result = try compiled(WholeCase().graph, ["name": .text("digits")])
    #expect(result.artifacts.map(\.name) == ["digits.c", "digits.h", "report.txt"])
    let header = text(result, "digits.h")
    for line in [
      "#define DIGITS_INPUTS 9", "#define DIGITS_OUTPUTS 4", "#define DIGITS_HIGHEST_LEVEL 15",
      "void digits_infer(const float *input, float *output);",
      "void digits_levels(const uint8_t *levels, int16_t *sums);",
      "uint16_t digits_largest_sum(const int16_t *sums);",
      "#define DIGITS_CONSTANT_BYTES \(Int(figure(result, "constants")))",
      "#define DIGITS_BUFFER_BYTES \(Int(figure(result, "ram")))",
    ] { #expect(header.contains(line), "\(line)") }
    let source = text(result, "digits.c")
    for word in ["malloc", "stdlib", "stdio", "string.h", "NETWORK"] {
      #expect(!source.contains(word))
    }
    let real = text(try compiled(OperatorCase.pairs[0].graph), "network.h")
    #expect(!real.contains("levels"))
  }

  @Test("make a layer and its function one loop")
  func fused() throws {
    let source = text(try compiled(OperatorCase.singles[3].graph), "network.c")
    #expect(
      source.contains(
        """
        /* node.0 (Gemm), node.1 (Tanh) */
        static void run_node_0(const float *restrict input, float *restrict output_out) {
        """))
    #expect(source.components(separatedBy: "static void").count == 2)
    #expect(source.contains("output_out[i] = tanhf(sum);"))
    #expect(!source.contains("_buffer["))
  }

  @Test("use memory again, and none for a convolution before a pool")
  func memory() throws {
    // Four layers of six: two are needed at a time, and the residue all the time.
    let residue = OperatorCase.others.first { $0.description.contains("residue") }
    let result = try compiled(try #require(residue).graph)
    #expect(figure(result, "ram") == 4 * 18)
    let apart = try compiled(ImageCase(pool: "MaxPool").graph(4 * 2 * 2))
    #expect(figure(apart, "ram") == 0)
    let overlapping = try compiled(
      ImageCase(
        pool: "MaxPool",
        poolAttributes: ["kernel_shape": .integers([3, 2]), "strides": .integers([1, 2])]
      ).graph(4 * 3 * 2))
    #expect(figure(overlapping, "ram") == 4 * 4 * 5 * 5)
    #expect(figure(apart, "multiply_adds") == Double(4 * 4 * 4 * 2 * 3 * 2))
  }

  @Test("are the same each time, also without a compiler, which is said")
  func deterministic() throws {
    let host = TestHost()
    let without = try target(["compiler": .text("no-such-compiler")], host: host)
    let calibration = Calibration(rowCount: 0, inputs: [])
    let result = try without.compile(WholeCase().graph, calibration: calibration)
    #expect(
      result.artifacts.map(\.bytes)
        == (try target().compile(WholeCase().graph, calibration: calibration)).artifacts.map(
          \.bytes))
    #expect(figure(result, "bytes") == figure(result, "constants"))
    #expect(host.log.contains { $0.contains("there is no compiler 'no-such-compiler'") })
    let error = #expect(throws: ComponentError.self) {
      try without.execute(inputs: WholeCase().inputs(1), rowCount: 1)
    }
    #expect(error?.severity == .unsupported)
    #expect(error?.message.contains("no-such-compiler") == true)
  }

  @Test("come with a program that reads rows", .enabled(if: Toolchain.has("cc"), "no C compiler"))
  func main() throws {
    let graph = OperatorCase.singles[3].graph
    let result = try compiled(graph, ["main": .boolean(true)])
    let inputs = numbers(8, seed: 2)
    let expected = try #require(
      GraphInterpreter(graph, inputs: inputs, rowCount: 2).values["output"])
    try Toolchain.inFolder(result.artifacts) { folder in
      let build = try Toolchain.run(
        ["cc"] + Toolchain.warnings + ["network.c", "main.c", "-lm", "-o", "program"], in: folder)
      #expect(build.status == 0, "\(build.output)")
      let words = inputs.map { "\($0)" }.joined(separator: " ")
      let run = try Toolchain.run(["./program"], in: folder, input: words + "\n")
      let lines = run.output.split(separator: "\n").map { $0.split(separator: " ") }
      #expect(run.status == 0 && lines.map(\.count) == [7, 7])
      for (row, line) in lines.enumerated() {
        let own = Array(expected[row * 6..<row * 6 + 6])
        #expect(Int(line[0]) == own.firstIndex(of: own.max() ?? 0))
        for (word, number) in zip(line.dropFirst(), own) {
          #expect(abs((Float(word) ?? .nan) - number) < 1e-6)
        }
      }
      let short = try Toolchain.run(["./program"], in: folder, input: words + " 1")
      #expect(short.status == 1 && short.output.contains("row 3 lacks number 2"))
    }
  }

  @Test("say what the layers cost")
  func report() throws {
    let result = try compiled(WholeCase().graph)
    let report = text(result, "report.txt")
    #expect(report.hasPrefix("c99: "))
    #expect(report.contains("MatMulInteger") && report.contains("54 multiply-adds"))
    #expect(figure(result, "multiply_adds") == Double(9 * 6 + 6 * 5 + 5 * 4))
  }

  @Test("keep names of a graph from ending a comment or being words of C")
  func names() throws {
    var builder = GraphBuilder([2])
    builder.append("Tanh")
    var graph = builder.finished(2)
    graph.input = "int"
    graph.nodes[0].inputs = ["int"]
    graph.nodes[0].name = "*/ #error \\\n ??/ €"
    let source = text(try compiled(graph), "network.c")
    #expect(!source.contains("#error\n") && !source.contains("*/ #"))
    #expect(source.utf8.allSatisfy { $0 < 128 })
  }
}
