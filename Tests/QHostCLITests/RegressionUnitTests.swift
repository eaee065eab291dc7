import Foundation
import Testing

@Suite("Targets in a unit of the user's")
struct RegressionUnitTests {
  private static func houses(_ unit: Double) -> String {
    var text = "area,rooms,price\n"
    for row in 0..<120 {
      let (area, rooms) = (30 + Double(row * 37 % 151), Double(1 + row * 7 % 6))
      text += "\(area),\(rooms),\((2_400 * area + 8_000 * rooms + 40_000) * unit)\n"
    }
    return text
  }

  private func run(
    _ program: Program, _ unit: Double, _ options: String...
  ) throws -> Record {
    let path = try program.write(Self.houses(unit), to: "houses\(unit).csv")
    return try Record(
      try program.run(
        [
          "run", "--optimizer", "adam", "--dataset", "csv", "--set", "dataset.path=\(path)",
          "--json",
          "--quiet", "--output", "out\(unit)\(options.count)", "--max-forward-equivalents", "3000",
        ] + options))
  }

  @Test("are learnt in any unit, and figures are in it")
  func anyUnit() throws {
    let program = try Program()
    let plain = try run(program, 1e-5)
    for unit in [1, 1e-12] {
      let record = try run(program, unit)
      #expect(try record.metric("test", "r2") > 0.95)
      // The loss is of standardised targets: the same in every unit, but for the rounding of targets to 32 bits.
      let ratio = try record.metric("train", "loss") / plain.metric("train", "loss")
      #expect(abs(ratio - 1) < 0.2)
      for name in ["rmse", "mae"] {
        let scaled = try record.metric("test", name) / (unit * 1e5)
        #expect(abs(scaled / (try plain.metric("test", name)) - 1) < 0.2)
      }
    }
  }

  @Test("stay as they are where that is asked for")
  func unscaled() throws {
    let record = try run(try Program(), 1e-5, "--target-scaling", "none")
    let (rmse, loss) = (try record.metric("test", "rmse"), try record.metric("test", "loss"))
    #expect(abs(rmse * rmse / loss - 1) < 1e-5)
  }

  @Test("stay as they are in a comparison, too, where its plan or an option says so")
  func comparison() throws {
    let program = try Program()
    let path = try program.write(Self.houses(1e-5), to: "houses.csv")
    let options = [
      "-o", "adam", "-m", "mlp", "-d", "csv[path=\(path)]", "--max-evals", "300", "--quiet",
    ]
    let plan = """
      optimizers: [adam]
      problems: [{dataset: {csv: {path: \(path)}}, model: mlp, target_scaling: none}]
      budget: {max_evals: 300}
      """
    _ = try program.write(plan, to: "plan.yaml")
    for command in [options + ["--target-scaling", "none"], ["plan.yaml", "--quiet"]] {
      let result = try program.run(["compare", "--output", "out"] + command)
      #expect(result.code == 0, "\(result.error)")
      let cell = try #require(try JournalFile(program, "out").records("cell").first)
      let run = try #require(cell["run"] as? [String: Any])
      let metrics = try #require((run["metrics"] as? [String: [String: Double]])?["test"])
      let (rmse, loss) = (try #require(metrics["rmse"]), try #require(metrics["loss"]))
      #expect(abs(rmse * rmse / loss - 1) < 1e-5)
      try FileManager.default.removeItem(atPath: program.folder + "/out")
    }
  }

  @Test("are refused another scaling, and classes have none")
  func refusals() throws {
    let program = try Program()
    expectRefusal(
      try program.run("run", "--target-scaling", "standardize"), code: 2, "--target-scaling",
      "classification")
    let path = try program.write(Self.houses(1), to: "houses.csv")
    expectRefusal(
      try program.run(
        "run", "--dataset", "csv", "--set", "dataset.path=\(path)", "--target-scaling", "log"),
      code: 2,
      "'log'", "standardize")
  }

  @Test("are what deployed C gives for measurements")
  func deployed() throws {
    let program = try Program()
    _ = try run(program, 1)
    let result = try program.run(
      "deploy", "out1.0\(0)/model.safetensors", "--target", "c99", "--set", "target.main=true",
      "--json",
      "--quiet", "--output", "c")
    #expect(result.code == 0, "\(result.error)")
    let built = try program.shell("cd c && cc -std=c99 *.c -lm -o net && echo 100 3 | ./net")
    let printed = built.output.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
    let price = try #require(printed.last)
    _ = try program.write("area,rooms\n100,3\n", to: "new.csv")
    let table = try program.run(
      "predict", "out1.00/model.safetensors", "--set", "dataset.path=new.csv", "--quiet")
    let said = try #require(
      table.output.split(separator: "\n").last?.split(separator: ",").last.flatMap { Double($0) })
    #expect(abs(price - said) < 1e-4 * abs(said))
    #expect(abs(price - 304_000) < 30_000)
  }
}
