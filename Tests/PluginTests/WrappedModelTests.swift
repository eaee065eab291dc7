import Foundation
import QHostPluginTesting
import QHostRuntime
import QHostTesting
import Testing

@Suite("A model around another one, in C", .enabled(if: CCompiler.isPresent, "there is no gcc"))
struct WrappedModelTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try CCompiler.fixture("wrapper_model", in: folder)
  }

  private func run(_ words: String, _ more: [String] = []) throws -> Program {
    try HostProgram.run(
      words.split(separator: " ").map(String.init) + more, plugins: [folder.path])
  }

  private func json(_ program: Program) throws -> [String: Any] {
    #expect(program.ending == .exited(0), "\(program.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(program.output.utf8))
    return try #require(object as? [String: Any])
  }

  @Test("has the parameters of the inner model, is trained, and recorded with it")
  func training() throws {
    var counts: Set<Int> = []
    for (model, words) in [
      ("mlp", ["--set", "model.hidden=4"]),
      ("fixture-wrapper", ["--set", "model.inner=mlp", "--set", "model.inner.hidden=4"]),
      (
        "fixture-wrapper",
        [
          "--set", "model.inner=fixture-wrapper", "--set", "model.inner.inner=mlp", "--set",
          "model.inner.inner.hidden=4",
        ]
      ),
    ] {
      let record = try json(
        try run("run --optimizer sa --max-evals 200 --json --quiet --model \(model)", words))
      let recorded = try #require(record["model"] as? [String: Any])
      let inner = recorded["dependencies"] as? [String: Any]
      #expect((inner == nil) == (model == "mlp"))
      counts.insert(try #require(recorded["parameter_count"] as? Int))
      // Below the 1.1 of a guess among three.
      let metrics = try #require(record["metrics"] as? [String: [String: Double]])
      #expect(try #require(metrics["train"]?["loss"]) < 1)
    }
    #expect(counts == [4 * 4 + 4 + 4 * 3 + 3])
  }

  @Test("has the parameters of all that it depends on in its help, under their places")
  func help() throws {
    let text = try run(
      "run --optimizer tunneling --model fixture-wrapper --set model.inner=fixture-wrapper --set "
        + "model.inner.inner=mlp --help"
    ).output
    for words in [
      "model fixture-wrapper at model.inner:", "model mlp at model.inner.inner:",
      "--set model.inner.inner.hidden=", "--set model.inner.inner=NAME",
      "--set optimizer.solver.tolerance=",
    ] {
      #expect(text.contains(words), "\(words)")
    }
  }

  @Test("is compared with several inner models, continues after an interruption, and is reported")
  func comparing() throws {
    let output = ["--output", folder.path + "/out"]
    let command =
      "compare -o sa,tunneling -m fixture-wrapper,logistic --max-evals 100 --quiet --json"
    let with = ["--with", "model.inner=mlp[hidden=4,6],logistic"]
    let summary = try json(try run(command, with + output))
    let rows = try #require(summary["rows"] as? [[String: Any]])
    let labels = rows.compactMap { $0["labels"] as? [String: Any] }
    let inner = labels.map { ($0["dependencies"] as? [String: String])?["model.inner"] }
    #expect(
      inner == [
        "mlp[hidden=4]", "mlp[hidden=6]", "logistic", "mlp[hidden=4]", "mlp[hidden=6]", "logistic",
        nil, nil,
      ])
    #expect(summary["unpaired"] as? Int == 0)
    #expect(summary["finished"] as? Int == 8)

    let path = folder.path + "/out/journal.jsonl"
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    try (lines.prefix(4).joined(separator: "\n") + "\n").write(
      toFile: path, atomically: true, encoding: .utf8)
    let resumed = try json(try run("compare --resume --quiet --json", output))
    #expect(resumed["finished"] as? Int == 8)

    let csv = try run("report --format csv \(folder.path)/out").output
    #expect(csv.contains(",optimizer,model.inner,optimizer.solver,parameters,"))
    let report = try run("report --format markdown \(folder.path)/out").output
    #expect(report.contains("fixture-wrapper with logistic on iris"))
    #expect(!report.contains("tunneling with finite-difference"))
  }

  @Test("around itself is refused by name, unless it is given an end")
  func itself() throws {
    let own = try TemporaryFolder()
    try CCompiler.fixture(
      "wrapper_model", in: own, definitions: ["INNER=\"fixture-wrapper\""])
    for command in ["run --optimizer sa", "compare --optimizer sa"] {
      let refused = try HostProgram.run(
        command.split(separator: " ").map(String.init) + [
          "--model", "fixture-wrapper", "--quiet", "--output", own.path + "/out",
        ], plugins: [own.path])
      #expect(refused.ending == .exited(2))
      #expect(refused.errors.contains("fixture-wrapper > fixture-wrapper"), "\(refused.errors)")
      #expect(refused.errors.contains("set model.inner to another model"))
    }
    let given = try HostProgram.run(
      [
        "run", "--optimizer", "sa", "--max-evals", "50", "--quiet", "--model", "fixture-wrapper",
        "--set", "model.inner.inner=logistic", "--output", own.path + "/out",
      ], plugins: [own.path])
    #expect(given.ending == .exited(0), "\(given.errors)")
    #expect(given.output.contains("fixture-wrapper with fixture-wrapper with logistic"))
  }
}
