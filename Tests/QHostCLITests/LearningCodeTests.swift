import Foundation
import Testing

@Suite("Code that learns on, beside the host")
struct LearningCodeTests {
  struct Stream: Sendable, CustomStringConvertible {
    /// Of the dataset.
    var rows: [String]
    var model: [String]
    var memoryRows = 64
    var visits = 5
    var description: String { (rows + model).joined(separator: " ") }

    static let all = [
      Stream(rows: ["generator=hyperplane"], model: ["hidden=6,5"]),
      Stream(
        rows: ["generator=led"], model: ["hidden=8", "activation=relu", "weights=31"],
        memoryRows: 100, visits: 3),
      Stream(
        rows: ["generator=hyperplane", "features=4"],
        model: ["hidden=5", "input_bits=6", "activation=sign", "weights=ternary"], memoryRows: 31),
    ]
  }

  /// Predicts and learns from the rows of a table as the host does, two rows of warm-up included; then prints what the
  /// learned network says of all of them.
  private static let learner = """
    #include <stdio.h>
    #include "c99/network.c"
    static float output[NETWORK_OUTPUTS], rows[ROWS][NETWORK_INPUTS];
    int main(void) {
      FILE *table = fopen("rows/train.csv", "r"), *said = fopen("predicted", "w");
      char line[4096];
      int row, i, label;
      if (!table || !said || !fgets(line, sizeof line, table)) return 1;
      fputs("row,prediction\\n", said);
      for (row = 0; row < ROWS; row++) {
        for (i = 0; i < NETWORK_INPUTS; i++)
          if (fscanf(table, "%f,", &rows[row][i]) != 1) return 2;
        if (fscanf(table, "%d", &label) != 1) return 3;
        network_infer(rows[row], output);
        if (row >= 2) fprintf(said, "%d,%d\\n", row, (int)network_largest(output));
        network_remember(level_buffer, (uint16_t)label);
        if (row > 0) network_improve();
        if (row == 1) network_improve();
      }
      for (row = 0; row < ROWS; row++) {
        network_infer(rows[row], output);
        for (i = 0; i < NETWORK_OUTPUTS; i++) printf("%.9g ", (double)output[i]);
        printf("\\n");
      }
      return fclose(said);
    }
    """

  /// Prints what another network says of the same rows.
  private static let reader = """
    #include <stdio.h>
    #include "final/network.h"
    static float input[NETWORK_INPUTS], output[NETWORK_OUTPUTS];
    int main(void) {
      FILE *table = fopen("rows/train.csv", "r");
      char line[4096];
      int i, label;
      if (!table || !fgets(line, sizeof line, table)) return 1;
      for (;;) {
        for (i = 0; i < NETWORK_INPUTS; i++)
          if (fscanf(table, "%f,", &input[i]) != 1) return 0;
        if (fscanf(table, "%d", &label) != 1) return 3;
        network_infer(input, output);
        for (i = 0; i < NETWORK_OUTPUTS; i++) printf("%.9g ", (double)output[i]);
        printf("\\n");
      }
    }
    """

  private static let hasCompiler = FileManager.default.isExecutableFile(atPath: "/usr/bin/cc")

  @Test(
    "10,000 rows are predicted and learned to the bit",
    .enabled(if: hasCompiler, "there is no C compiler"), arguments: Stream.all)
  func rows(_ stream: Stream) throws {
    func settings(_ place: String, _ values: [String]) -> String {
      values.map { "--set \(place).\($0)" }.joined(separator: " ")
    }
    let program = try Program()
    try Self.learner.write(toFile: program.folder + "/learner.c", atomically: true, encoding: .utf8)
    try Self.reader.write(toFile: program.folder + "/reader.c", atomically: true, encoding: .utf8)
    let data = "drifting " + settings("dataset", stream.rows + ["drifts=1"])
    let model =
      "--model integer-mlp --scaling none --loss margin --optimizer lattice-descent "
      + settings("model", stream.model + ["scale=power"])
      + " --set optimizer.visits=\(stream.visits)"
    let result = try program.shell(
      """
      set -e
      { "$0" run --online --quiet --dataset \(data) --set dataset.train_rows=300 \(model) --output start
        "$0" data export \(data) --set dataset.train_rows=10002 --format csv --output rows --quiet
        "$0" deploy start/model.safetensors --target c99 --set target.learn=true --output c99 \
          --set target.memory_rows=\(stream.memoryRows) --set target.visits=\(stream.visits)
        "$0" run --online --quiet --dataset \(data) --set dataset.train_rows=10002 \(model) --from start/model.safetensors \
          --block-rows 1 --warmup-rows 2 --row-losses \(2 * stream.visits + 1) --memory-rows \(stream.memoryRows) \
          --detector none --predictions --output host
        "$0" deploy host/model.safetensors --target c99 --output final; } > log 2>&1 || { cat log >&2; exit 1; }
      cc -std=c99 -O2 -DROWS=10002 -o learner learner.c -lm
      cc -std=c99 -O2 -o reader reader.c final/network.c -lm
      ./learner > learned
      ./reader > expected
      cmp predicted host/predictions.csv
      cmp learned expected
      "$0" deploy start/model.safetensors --target c99 --output before > /dev/null 2>&1
      ! cmp -s before/network.c final/network.c
      wc -l < learned
      """)
    #expect(result.code == 0, "\(result.error)")
    #expect(result.output.filter(\.isNumber) == "10002")
  }
}
