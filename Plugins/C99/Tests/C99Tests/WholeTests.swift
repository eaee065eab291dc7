import C99
import Foundation
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Networks in integers as C")
struct WholeTests {
  private static let hasCompiler = Toolchain.has("cc")
  private static let hasCC65 = Toolchain.has("cl65", "sim65")

  @Test(
    "give the bits of the graph", .enabled(if: hasCompiler, "there is no C compiler"),
    arguments: WholeCase.all)
  func bits(_ test: WholeCase) throws {
    let inputs = test.inputs(50)
    let expected = GraphInterpreter(test.graph, inputs: inputs, rowCount: 50)
    let target = try target()
    _ = try target.compile(test.graph, calibration: Calibration(rowCount: 50, inputs: inputs))
    #expect(
      try target.execute(inputs: inputs, rowCount: 50).outputs == expected.values["output"])
  }

  @Test(
    "are timed on a thousand of many rows", .enabled(if: hasCompiler, "there is no C compiler"),
    arguments: [(50, 20.0), (1000, 1), (3000, 1)])
  func timing(rowCount: Int, milliseconds: Double) throws {
    // A second from one look at the clock to the next: one pass, and so many rows in it.
    let target = try target(host: TestHost(clockStep: 1_000_000_000))
    let test = WholeCase()
    let result = try target.compile(
      test.graph, calibration: Calibration(rowCount: rowCount, inputs: test.inputs(rowCount)))
    #expect(figure(result, "milliseconds.here") == milliseconds)
  }

  @Test("need no library, and 16 bits where the sums do")
  func types() throws {
    let source = text(try compiled(WholeCase().graph), "network.c")
    #expect(!source.contains("math.h") && !source.contains("int32_t"))
    #expect(source.contains("uint16_t sum = 0;"))
    let wide = text(
      try compiled(WholeCase(widths: [300, 4, 3], inputBits: 8, largestWeight: 127).graph),
      "network.c")
    #expect(wide.contains("int32_t sum = 0;"))
  }

  @Test("let sums wrap around where an offset brings them back")
  func wrapping() throws {
    let test = WholeCase.returning
    let inputs = (0..<12).map { Float($0 % 3 == 2 ? 0 : 1) }
    let most = GraphInterpreter(test.graph, inputs: inputs, rowCount: 1)
    let sums = try #require(most.values["node.4"])
    #expect(sums.allSatisfy { $0 > 32_767 }, "the case itself is none: \(sums)")
    let source = text(try compiled(test.graph), "network.c")
    #expect(source.contains("uint16_t sum = 0;") && !source.contains("32_t"))
    #expect(source.contains("= (int16_t)(uint16_t)((uint16_t)sum + (uint16_t)"))
  }

  @Test("have a table once that many units share")
  func sharedTables() throws {
    // Eleven units have two kinds of tables in two layers; then weights, offsets, shifts, beginnings.
    let result = try compiled(WholeCase().graph)
    let weights = 9 * 6 + 6 * 5 + 5 * 4
    #expect(figure(result, "constants") <= Double(4 * 256 + weights + 2 * 15 + 11 + 2 * 11))
    #expect(text(result, "network.c").contains("[512] = {"))
  }

  /// A program that runs the rows of levels and prints the sums.
  private func program(_ levels: [[Int]], sums: String) -> CompiledModel.Artifact {
    let rows = levels.map { "{" + $0.map(String.init).joined(separator: ",") + "}" }
    let source = """
      #include <stdio.h>
      #include "network.h"
      static const uint8_t rows[\(levels.count)][NETWORK_INPUTS] = {\(rows.joined(separator: ",\n"))};
      static \(sums) sums[NETWORK_OUTPUTS];
      int main(void) {
        uint8_t r, i;
        for (r = 0; r < \(levels.count); ++r) {
          network_levels(rows[r], sums);
          for (i = 0; i < NETWORK_OUTPUTS; ++i) printf("%ld ", (long)sums[i]);
          printf("%u\\n", (unsigned)network_largest_sum(sums));
        }
        return 0;
      }
      """
    return CompiledModel.Artifact(name: "rows.c", bytes: Array(source.utf8))
  }

  @Test(
    "give the same sums on a machine of 8 bits, whose int has 16",
    .enabled(if: hasCC65, "there is no cc65 (cl65, sim65)"), arguments: WholeCase.all)
  func smallMachine(_ test: WholeCase) throws {
    let inputs = test.inputs(5)
    let run = GraphInterpreter(test.graph, inputs: inputs, rowCount: 5)
    let levels = try #require(run.values["node.3"]).map { Int($0) }
    let rows = stride(from: 0, to: levels.count, by: test.widths[0]).map {
      Array(levels[$0..<$0 + test.widths[0]])
    }
    let result = try compiled(test.graph)
    let type = text(result, "network.h").contains("int32_t *sums") ? "int32_t" : "int16_t"
    let outputs = try #require(run.values["output"]).map { Int($0 * 8) }
    try Toolchain.inFolder(result.artifacts + [program(rows, sums: type)]) { folder in
      let build = try Toolchain.run(
        ["cl65", "-t", "sim6502", "-Oirs", "-o", "rows", "network.c", "rows.c"], in: folder)
      #expect(build.status == 0 && build.output.isEmpty, "\(build.output)")
      let lines = try Toolchain.run(["sim65", "rows"], in: folder).output.split(separator: "\n")
      #expect(lines.count == 5)
      for (row, line) in lines.enumerated() {
        let own = Array(outputs[row * test.widths.last!..<(row + 1) * test.widths.last!])
        let best = own.firstIndex(of: own.max()!)!
        #expect(line.split(separator: " ").map { Int($0) } == own + [best], "row \(row)")
      }
    }
  }
}
