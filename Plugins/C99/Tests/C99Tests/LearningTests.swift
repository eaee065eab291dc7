import C99
import Foundation
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Code that learns on")
struct LearningTests {
  private static let hasCompiler = Toolchain.has("cc")
  private static let hasCC65 = Toolchain.has("cl65", "sim65")

  /// A network as `integer-mlp` gives it: with names, bounds, and a scale that is a power of two.
  private func graph(_ test: WholeCase, doubleZero: Int = 15, scale: Float = 0.125) -> Graph {
    var graph = test.graph
    var layer = -1
    var renamed: [String: String] = [:]
    for place in graph.nodes.indices {
      let node = graph.nodes[place]
      if node.operation == "MatMulInteger" {
        layer += 1
        graph.nodes[place].name = "layers.\(layer).sum"
      }
      let parts = ["MatMulInteger": "weight", "Div": "divisor", "Gather": "tables"]
      let isOffset =
        node.operation == "Add" && graph.nodes[place - 1].operation == "MatMulInteger"
      guard let part = isOffset ? "offset" : parts[node.operation] else { continue }
      let constant = node.operation == "Gather" ? node.inputs[0] : node.inputs[1]
      renamed[constant] = "layers.\(layer).\(part)"
    }
    for place in graph.nodes.indices {
      graph.nodes[place].inputs = graph.nodes[place].inputs.map { renamed[$0] ?? $0 }
    }
    for place in graph.constants.indices {
      graph.constants[place].name =
        renamed[graph.constants[place].name] ?? graph.constants[place].name
      if graph.constants[place].name == graph.nodes.last?.inputs[1] {
        graph.constants[place].elements = .float([scale])
      }
    }
    for layer in 0...layer {
      let numbers: [(String, [Int32])] = [
        ("weight.range", [-Int32(test.largestWeight), Int32(test.largestWeight)]),
        ("bias.range", [-200, 200]), ("zero.doubled", [layer == 0 ? 0 : Int32(doubleZero)]),
      ]
      for (name, values) in numbers {
        graph.constants.append(
          Graph.Constant(
            name: "layers.\(layer).\(name)", shape: Shape([values.count]),
            elements: .int32(values)))
      }
    }
    return graph
  }

  private let learns: [String: ParameterValue] = [
    "learn": .boolean(true), "memory_rows": .integer(12), "visits": .integer(9),
  ]

  @Test(
    "gives the bits of the graph before it has learned",
    .enabled(if: hasCompiler, "there is no C compiler"),
    arguments: [WholeCase(), WholeCase(widths: [5, 3]), WholeCase(widths: [9, 6, 4])])
  func before(_ test: WholeCase) throws {
    let inputs = test.inputs(50)
    let graph = graph(test)
    let expected = GraphInterpreter(graph, inputs: inputs, rowCount: 50)
    let target = try target(learns)
    _ = try target.compile(graph, calibration: Calibration(rowCount: 50, inputs: inputs))
    #expect(
      try target.execute(inputs: inputs, rowCount: 50).outputs == expected.values["output"])
  }

  /// A program that predicts and learns from rows, and prints all sums.
  private func program(_ test: WholeCase, rows: Int) -> CompiledModel.Artifact {
    let levels = test.inputs(rows).map { min(15, max(0, Int($0 * 16))) }
    let classes = (0..<rows).map { levels[$0 * test.widths[0]] * (test.widths.last ?? 1) / 16 }
    let source = """
      #include <stdio.h>
      #include "network.h"
      static const uint8_t levels[] = {\(levels.map(String.init).joined(separator: ","))};
      static const uint8_t classes[] = {\(classes.map(String.init).joined(separator: ","))};
      static int16_t sums[NETWORK_OUTPUTS];
      int main(void) {
        int r, i;
        for (r = 0; r < \(rows); r++) {
          network_levels(levels + r * NETWORK_INPUTS, sums);
          for (i = 0; i < NETWORK_OUTPUTS; i++) printf("%d ", (int)sums[i]);
          printf("\\n");
          network_learn_levels(levels + r * NETWORK_INPUTS, classes[r]);
        }
        return 0;
      }
      """
    return CompiledModel.Artifact(name: "rows.c", bytes: Array(source.utf8))
  }

  @Test(
    "learns the same on a machine of 8 bits, without a warning of any compiler",
    .enabled(if: hasCompiler && hasCC65, "there is no cc or no cc65 (cl65, sim65)"),
    arguments: [WholeCase(), WholeCase(widths: [6, 5, 3])])
  func machines(_ test: WholeCase) throws {
    let result = try compiled(graph(test), learns)
    try Toolchain.inFolder(result.artifacts + [program(test, rows: 60)]) { folder in
      let here = try Toolchain.run(
        ["cc"] + Toolchain.warnings + [
          "-fsanitize=undefined", "-o", "here", "network.c", "rows.c",
        ],
        in: folder)
      #expect(here.status == 0 && here.output.isEmpty, "\(here.output)")
      let small = try Toolchain.run(
        ["cl65", "-t", "sim6502", "-Oirs", "-o", "small", "network.c", "rows.c"], in: folder)
      #expect(small.status == 0 && small.output.isEmpty, "\(small.output)")
      let sums = try Toolchain.run(["./here"], in: folder).output
      #expect(sums.split(separator: "\n").count == 60)
      #expect(Set(sums.split(separator: "\n")).count > 10)
      #expect(try Toolchain.run(["sim65", "small"], in: folder).output == sums)
    }
  }

  @Test("says in its header what is kept and what a row costs, and in the report the memory")
  func header() throws {
    let result = try compiled(graph(WholeCase()), learns)
    let header = text(result, "network.h")
    for line in [
      "#define NETWORK_MEMORY_ROWS 12", "#define NETWORK_VISITS 9", "#define NETWORK_LOSSES 19",
      "void network_learn(const float *input, uint16_t label);",
      "uint8_t network_remember(const uint8_t *levels, uint16_t label);",
    ] { #expect(header.contains(line), "\(line)") }
    // Weights, biases and totals; levels, labels and losses of 12 rows; sums and levels of 13.
    let units = 6 + 5 + 4
    let learned = 9 * 6 + 6 * 5 + 5 * 4 + 4 * units
    let kept = 12 * (9 + 5) + 13 * (3 * (6 + 5) + 2 * 4)
    #expect(figure(result, "ram") == Double(learned + kept + 9 + 2 * 4))
    #expect(text(result, "report.txt").contains("19 losses a row"))
    #expect(!text(result, "network.c").contains("malloc"))
    #expect(!text(try compiled(graph(WholeCase())), "network.h").contains("learn"))
  }

  @Test("is refused where there is nothing to learn in integers, or margins are not exact")
  func refusals() throws {
    var builder = GraphBuilder([4])
    builder.append("Tanh")
    let real = builder.finished(4)
    #expect(message { _ = try compiled(real, learns) }.contains("target.learn is for integer-mlp"))
    var powers = graph(WholeCase())
    powers.constants.removeAll { $0.name.hasSuffix("range") }
    #expect(message { _ = try compiled(powers, learns) }.contains("an odd number of levels"))
    let uneven = graph(WholeCase(), scale: 0.3)
    #expect(message { _ = try compiled(uneven, learns) }.contains("train with model.scale=power"))
    let large = graph(WholeCase(), scale: 2)
    #expect(message { _ = try compiled(large, learns) }.contains("from 1/16384 to 1"))
  }
}
