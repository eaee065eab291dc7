import Foundation
import Testing

@Suite("qhost run --online")
struct OnlineCommandTests {
  private let stream = [
    "run", "--online", "--quiet", "--json", "--dataset", "drifting", "--set",
    "dataset.train_rows=12000", "--set", "dataset.drifts=1",
  ]

  private func learners(_ result: Program.Result) throws -> [[String: Any]] {
    #expect(result.code == 0, "\(result.error)")
    return try #require(try result.json()["learners"] as? [[String: Any]])
  }

  /// The record without what a clock says.
  private func settled(_ result: Program.Result) throws -> String {
    var record = try result.json()
    for name in ["seconds", "peak_bytes", "artifacts"] { record[name] = nil }
    record["learners"] = try learners(result).map { learner in
      var learner = learner
      for name in ["microseconds99", "microseconds_99", "microseconds_median", "microseconds_mean"]
      {
        learner[name] = nil
      }
      return learner
    }
    return String(
      decoding: try JSONSerialization.data(withJSONObject: record, options: .sortedKeys),
      as: UTF8.self)
  }

  @Test(
    "Every optimizer is better than the most frequent class, before and after a drift",
    arguments: ["tunneling", "adam", "sgd", "sa", "cma-es"])
  func learns(optimizer: String) throws {
    let result = try Program().run(stream + ["--optimizer", optimizer, "--row-passes", "60"])
    let learner = try learners(result)[0]
    let error = try #require(learner["error"] as? Double)
    let record = try result.json()
    let majority = try #require(record["majority_error"] as? Double)
    #expect(error < majority - 0.1, "\(error) and \(majority)")
    #expect(record["rows_predicted"] as? Int == 11_800)
    #expect(learner["rows_scored"] as? Int == 11_800)
    let drift = try #require((learner["drifts"] as? [[String: Any]])?.first)
    #expect(drift["row"] as? Int == 6_000)
    let last = try #require(learner["window_error"] as? Double)
    #expect(last < majority - 0.1)
  }

  @Test("The same seed gives the same record on any number of threads")
  func repeats() throws {
    let program = try Program()
    let first = try settled(try program.run(stream + ["--threads", "1"]))
    #expect(try settled(try program.run(stream + ["--threads", "3"])) == first)
    #expect(try settled(try program.run(stream + ["--seed", "2"])) != first)
  }

  @Test("A model trained once and one retrained run beside it, at the same cost a row")
  func baselines() throws {
    let learners = try learners(
      try Program().run(
        stream + ["--baselines", "--learning-rows", "3000", "--set", "dataset.noise=0"]))
    #expect(learners.map { $0["learning"] as? String } == ["continual", "once", "retrained"])
    let passes = try learners.map { try #require($0["passes"] as? Double) }
    #expect(abs(passes[0] / (20 * 12_000) - 1) < 0.1)
    #expect(passes[1] > 20 * 2_900 && passes[1] < 20 * 4_000)
    #expect(passes[2] > 20 * 8_900 && passes[2] < 20 * 13_500)
  }

  @Test(
    "A run that was killed, then interrupted, continues to the same predictions and the same record",
    .tags(.slow))
  func killed() throws {
    let program = try Program()
    let arguments = [
      "run", "--online", "--quiet", "--json", "--predictions", "--dataset", "drifting", "--set",
      "dataset.train_rows=2000000", "--label-delay", "70", "--memory", "fading", "--set",
      "optimizer.averaging=0.5",
    ]
    let whole = try program.run(arguments + ["--output", "whole"])
    let child = try program.start(arguments + ["--output", "out"])
    while child.isRunning, !program.has("out/online-checkpoint.safetensors") { usleep(500) }
    usleep(30_000)
    child.send(SIGKILL)
    #expect(try child.wait().code == 128 + SIGKILL)
    #expect(program.has("out/online-checkpoint.safetensors"))
    let second = try program.start(["run", "--resume", "out", "--quiet", "--json"])
    // In the middle: all predictions are about 20 MB.
    let path = program.folder + "/out/predictions.csv"
    while second.isRunning {
      let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
      if size > 4_000_000 { break }
      usleep(500)
    }
    second.send(SIGINT)
    let interrupted = try second.wait()
    #expect(interrupted.code == 75, "\(interrupted.error)")
    #expect(try interrupted.json()["is_complete"] as? Bool == false)
    let resumed = try program.run("run", "--resume", "out", "--quiet", "--json")
    #expect(try settled(resumed) == settled(whole))
    func predictions(_ name: String) throws -> String {
      try String(contentsOfFile: program.folder + "/\(name)/predictions.csv", encoding: .utf8)
    }
    #expect(try predictions("out") == predictions("whole"))
    let rows = try predictions("out").split(separator: "\n").dropFirst()
      .map { Int($0.prefix { $0 != "," }) }
    #expect(rows == (200..<2_000_000).map { $0 })
  }

  /// Rows whose class is whether x is above y.
  private func table(_ count: Int, _ change: (Int, String) -> String = { $1 }) -> String {
    var text = "t,x,y,class\n"
    for row in 0..<count {
      let (x, y) = (Double(row * 37 % 101) / 100, Double(row * 53 % 97) / 96)
      text += change(row, "\(row),\(x),\(y),\(x > y ? "up" : "down")") + "\n"
    }
    return text
  }

  @Test(
    "Standard input is learned from as long as it lasts, and an interrupted stream is given again")
  func standardInput() throws {
    let program = try Program()
    _ = try program.write(table(3_000), to: "rows.csv")
    let result = try program.shell(
      "\"$0\" run --online --quiet --json --input - --time t --predictions --output out < rows.csv")
    let learner = try learners(result)[0]
    #expect(try #require(learner["error"] as? Double) < 0.2)
    #expect(try result.json()["rows"] as? Int == 3_000)
    let text = try String(
      contentsOfFile: program.folder + "/out/predictions.csv", encoding: .utf8)
    #expect(text.split(separator: "\n").count == 2_801 && text.contains(",up\n"))
  }

  @Test("A column that vanishes ends the run with its line, and the corrected stream continues")
  func vanishingColumn() throws {
    let program = try Program()
    let whole = table(3_000)
    _ = try program.write(whole, to: "whole.csv")
    _ = try program.write(
      table(3_000) {
        $0 < 2_500 ? $1 : $1.split(separator: ",").dropFirst().joined(separator: ",")
      },
      to: "rows.csv")
    let common = ["run", "--online", "--quiet", "--json", "--time", "t", "--predictions"]
    let broken = try program.run(common + ["--input", "rows.csv", "--output", "out"])
    expectRefusal(
      broken, code: 5, "line 2502 has 3 fields", "the header has 4", "vanished", "--resume")
    _ = try program.write(whole, to: "rows.csv")
    let resumed = try program.run("run", "--resume", "out", "--quiet", "--json")
    #expect(resumed.code == 0, "\(resumed.error)")
    let unbroken = try program.run(common + ["--input", "whole.csv", "--output", "other"])
    let files = try ["out", "other"].map {
      try String(contentsOfFile: program.folder + "/\($0)/predictions.csv", encoding: .utf8)
    }
    #expect(files[0] == files[1] && unbroken.code == 0)
    // Another stream is not a continuation.
    _ = try program.write(
      table(3_000) { $0 < 2_500 ? $1 : "1,2" }, to: "rows.csv")
    #expect(try program.run(common + ["--input", "rows.csv", "--output", "third"]).code == 5)
    _ = try program.write(table(3_000) { $0 == 7 ? "7,0.5,0.25,up" : $1 }, to: "rows.csv")
    expectRefusal(
      try program.run("run", "--resume", "third", "--quiet"), code: 5,
      "are not those that the run began with")
  }

  @Test("Gaps, labels that never come, new classes and odd times are counted and told")
  func oddRows() throws {
    let program = try Program()
    let text = table(2_000) { row, line in
      let cells = line.split(separator: ",").map(String.init)
      switch row {
      case 600..<650: return "\(cells[0]),NaN,\(cells[2]),\(cells[3])"
      case 700..<730: return "\(cells[0]),\(cells[1]),\(cells[2]),"
      case 800: return "\(cells[0]),\(cells[1]),\(cells[2]),sideways"
      case 801: return "\(cells[0]),\(cells[1]),\(cells[2]),inside"
      case 802, 803: return "\(cells[0]),\(cells[1]),\(cells[2]),outside"
      case 900: return "899,\(cells[1]),\(cells[2]),\(cells[3])"
      case 1_000: return "5,\(cells[1]),\(cells[2]),\(cells[3])"
      default: return line
      }
    }
    _ = try program.write(text + "2000,0.5,0.", to: "rows.csv")
    let result = try program.run("run", "--online", "--json", "--input", "rows.csv", "--time", "t")
    let record = try result.json()
    let notes = try #require(record["notes"] as? [String: Any])
    #expect(record["rows_with_gaps"] as? Int == 50)
    #expect(record["rows_without_label"] as? Int == 30)
    #expect(record["rows"] as? Int == 2_000)
    #expect(notes["new_classes"] as? [String: Int] == ["sideways": 800, "inside": 801])
    #expect(notes["rows_of_unknown_class"] as? Int == 2)
    #expect(notes["times_repeated"] as? Int == 1)
    #expect(notes["times_backwards"] as? Int == 1)
    #expect(notes["ended_within_line"] as? Int == 2_002)
    for words in [
      "line 802: class 'sideways' is new", "no output is left", "line 902: the time '899' repeats",
      "line 1002: the time '5' goes backwards", "ended within line 2002", "not learned from",
    ] { #expect(result.error.contains(words), "'\(words)' in: \(result.error)") }
    expectRefusal(
      try program.run(
        "run", "--online", "--quiet", "--input", "rows.csv", "--time", "t", "--refuse-irregular"),
      code: 5, "line 902", "repeats", "--resume")
  }

  @Test("What does not go together is refused in one sentence")
  func refusals() throws {
    let program = try Program()
    _ = try program.write(table(300), to: "rows.csv")
    _ = try program.write("x,class\n1,a\n", to: "short.csv")
    func refuse(_ arguments: [String], code: Int32 = 2, _ words: String) throws {
      expectRefusal(try program.run(["run", "--quiet"] + arguments), code: code, words)
    }
    try refuse(["--row-passes", "3"], "add --online")
    try refuse(["--online", "--max-evals", "3"], "--max-evals does not go with --online")
    try refuse(["--online", "--input", "rows.csv", "--dataset", "iris"], "give one of them")
    try refuse(["--online", "--label", "x"], "--label is for the table of --input")
    try refuse(["--online", "--input", "rows.csv", "--label", "clas"], "did you mean 'class'")
    try refuse(["--online", "--input", "none.csv"], code: 5, "cannot read")
    try refuse(["--online", "--detector", "adwins"], "adwin")
    try refuse(["--online", "--row-passes", "3", "--row-losses", "3"], "one budget")
    try refuse(["--online", "--plateau", "1"], "--plateau cannot be 1")
    try refuse(["--online", "--block-rows", "0"], "--block-rows cannot be 0")
    try refuse(["--online", "--dataset", "mackey-glass"], "series")
    try refuse(["--online", "--dataset", "functions"], "scores itself")
    try refuse(["--online", "--isolate", "all"], "--isolate does not go with --online")
    try refuse(["--online", "--resume", "nowhere"], "--online does not go with --resume")
    try refuse(["--online", "--optimizer", "adam", "--loss", "error-rate"], "needs a gradient")
    let done = try program.run("run", "--online", "--quiet", "--input", "short.csv")
    #expect(done.code == 0, "\(done.error)")
  }
}
