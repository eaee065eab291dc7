import Foundation
import Testing

@Suite("The answer of a scenario")
struct AnswerTests {
  @Test("is shown by its names, in the record and as a table")
  func point() throws {
    let program = try Program()
    let options = [
      "run", "--optimizer", "cma-es", "--model", "direct", "--dataset", "functions", "--set",
      "dataset.dimension=3", "--max-evals", "200", "--quiet", "--output",
    ]
    let text = try program.run(options + ["text"])
    #expect(text.output.contains("x1 "))
    #expect(text.output.contains("(less is better)"))
    let record = try Record(try program.run(options + ["json", "--json"]))
    let point = try #require(record.object["point"] as? [[String: Any]])
    #expect(point.map { $0["name"] as? String } == ["x1", "x2", "x3"])
    let table = try String(contentsOfFile: program.folder + "/json/point.csv", encoding: .utf8)
    let lines = table.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    #expect(lines[0] == ["name", "value"])
    #expect(lines.count == 4)
    for (line, coordinate) in zip(lines.dropFirst(), point) {
      let value = try #require(coordinate["value"] as? Double)
      // Foundation reads a number from JSON to within a unit of its last place.
      #expect(abs(try #require(Double(line[1])) - value) <= 1e-15 * abs(value))
    }
  }
}

@Suite("Small messages")
struct SmallMessageTests {
  @Test("say what was meant")
  func sentences() throws {
    let program = try Program()
    expectRefusal(
      try program.run("run", "--set", "hidden=3"), code: 2, "did you mean 'model.hidden'?")
    expectRefusal(
      try program.run("run", "--seed", "-1"), code: 2, "--seed", "'-1'", "an integer from 0")
    let loss = try program.run(
      "run", "--model", "direct", "--dataset", "functions", "--loss", "mse", "--max-evals", "1")
    expectRefusal(loss, code: 2, "leave it out")
    let missed = try program.run(
      "run", "--optimizer", "random", "--max-evals", "5", "--until-loss", "1e-9", "--require",
      "--quiet", "--output", "out")
    #expect(missed.code == 3)
    #expect(missed.error.contains("the budget is spent"))
    #expect(!missed.error.contains("budgetSpent"))
    expectRefusal(
      try program.run("run", "--output", "out"), code: 2, "already holds model.safetensors",
      "has ended")
  }

  @Test("name a folder of plugins that is not there")
  func missingFolder() throws {
    let result = try Program().run("plugins", "--plugins", "nowhere")
    expectRefusal(result, code: 2, "'nowhere'", "there is no such folder")
  }

  @Test("tell files of other kinds")
  func otherFiles() throws {
    let program = try Program()
    _ = try program.write("\u{8}\u{7}pytorch and so on", to: "net.onnx")
    expectRefusal(try program.run("eval", "net.onnx"), code: 5, "is an ONNX file", "qhost deploy")
    _ = try program.write("a pickle of something", to: "net.pkl")
    expectRefusal(try program.run("eval", "net.pkl"), code: 5, "is not a safetensors file")
  }

  @Test("tell data apart by the folder of a run")
  func folders() throws {
    let program = try Program()
    for (folder, second) in [("one", "3.5"), ("two", "3.6")] {
      var text = "x,y\n"
      for row in 0..<30 { text += "\(row == 4 ? second : "\(row).25"),\(row % 2)\n" }
      _ = try program.write(text, to: "\(folder)/data.csv")
    }
    var models: Set<String> = []
    for folder in ["one", "two"] {
      let result = try program.shell(
        "cd \(folder) && $0 run --optimizer random --dataset csv --set dataset.path=data.csv --max-evals 5 --json --quiet"
      )
      let artifacts = try #require(
        try Record(result).object["artifacts"] as? [[String: Any]])
      models.insert(try #require(artifacts.first?["path"] as? String))
    }
    #expect(models.count == 2)
  }
}
