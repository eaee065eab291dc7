import Foundation
import Testing

@Suite("A model meets another file")
struct EvalByNameTests {
  private static func table(
    _ order: [Int] = [0, 1, 2], rows: Range<Int> = 0..<60, colours: [String] = ["brown", "white"],
    kinds: [String] = ["field", "runner"]
  ) -> String {
    var lines = [["len", "colour", "kind"]]
    for row in rows {
      let isLong = row % 3 == 0
      lines.append([
        "\((isLong ? 3.5 : 0.8) + Double(row * 7 % 11) / 20)", colours[row % colours.count],
        kinds[isLong ? 1 : 0],
      ])
    }
    return lines.map { line in order.map { line[$0] }.joined(separator: ",") + "\n" }.joined()
  }

  private func trained() throws -> Program {
    let program = try Program()
    _ = try program.write(Self.table(), to: "tr.csv")
    let result = try program.run(
      "run", "--optimizer", "adam", "--dataset", "csv", "--set", "dataset.path=tr.csv",
      "--max-evals", "1500", "--output", "out", "--quiet")
    #expect(result.code == 0, "\(result.error)")
    return program
  }

  private func evaluate(_ program: Program, _ path: String) throws -> Program.Result {
    try program.run(
      "eval", "out/model.safetensors", "--dataset", "csv", "--set", "dataset.path=\(path)", "--json"
    )
  }

  @Test("whose columns are in another order: all of its rows are evaluated")
  func otherOrder() throws {
    let program = try trained()
    _ = try program.write(Self.table([1, 0, 2], rows: 60..<100), to: "te.csv")
    let record = try Record(try evaluate(program, "te.csv"))
    #expect(record.object["rows"] as? [String: Int] == ["all": 40])
    #expect(record.object["is_dataset_of_training"] as? Bool == false)
    #expect(try record.metric("all", "accuracy") == 1)
    // The target may stand in front, too.
    _ = try program.write(Self.table([2, 1, 0], rows: 60..<100), to: "front.csv")
    #expect(try Record(try evaluate(program, "front.csv")).metric("all", "accuracy") == 1)
  }

  @Test("that has some of its classes only, or a single one")
  func fewerClasses() throws {
    let program = try trained()
    let rows = Self.table().split(separator: "\n").filter { !$0.hasSuffix("field") }
    _ = try program.write(rows.joined(separator: "\n") + "\n", to: "one.csv")
    #expect(try Record(try evaluate(program, "one.csv")).metric("all", "accuracy") == 1)
  }

  @Test("that has a class, a category or a column of another name: both lists are said")
  func otherNames() throws {
    let program = try trained()
    _ = try program.write(Self.table(kinds: ["field", "bush"]), to: "class.csv")
    expectRefusal(try evaluate(program, "class.csv"), code: 5, "'bush'", "'field', 'runner'")
    _ = try program.write(Self.table(colours: ["brown", "black"]), to: "colour.csv")
    expectRefusal(try evaluate(program, "colour.csv"), code: 5, "'black'", "'brown', 'white'")
    _ = try program.write(Self.table().replacing("len,", with: "length,"), to: "column.csv")
    expectRefusal(try evaluate(program, "column.csv"), code: 5, "'len'", "'length'")
    expectRefusal(
      try program.run(
        "deploy", "out/model.safetensors", "--target", "c99", "--dataset", "csv", "--set",
        "dataset.path=class.csv", "--quiet", "--output", "c"), code: 5, "'bush'")
    expectRefusal(
      try program.run(
        "run", "--from", "out/model.safetensors", "--optimizer", "adam", "--dataset", "csv",
        "--set",
        "dataset.path=class.csv", "--max-evals", "1", "--quiet"), code: 5, "'bush'")
  }

  @Test("that took the place of the training's: it is said")
  func changedFile() throws {
    let program = try trained()
    _ = try program.write(Self.table([1, 0, 2], rows: 60..<100), to: "tr.csv")
    let result = try program.run("eval", "out/model.safetensors", "--json")
    #expect(result.error.contains("have changed since the model was trained"))
    #expect(try Record(result).object["rows"] as? [String: Int] == ["all": 40])
    expectRefusal(
      try program.run("eval", "out/model.safetensors", "--split", "test", "--quiet"), code: 2,
      "--split")
  }

  @Test("from which a run continues: the columns are put in the order of its start")
  func goingOn() throws {
    let program = try trained()
    _ = try program.write(Self.table([1, 0, 2]), to: "swapped.csv")
    var losses: [Double] = []
    for path in ["tr.csv", "swapped.csv"] {
      let result = try program.run(
        "run", "--from", "out/model.safetensors", "--optimizer", "adam", "--dataset", "csv",
        "--set",
        "dataset.path=\(path)", "--max-evals", "20", "--output", "on-\(path)", "--json", "--quiet")
      losses.append(try Record(result).metric("train", "loss"))
    }
    #expect(losses[0] == losses[1])
  }
}
