import Foundation
import QHostPluginTesting
import QHostRuntime
import QHostTesting
import Testing

/// Runs with and without a process of its own for the plugin.
@Suite("Isolated plugins")
struct IsolatedFiguresTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Runs that have each kind of query, a solver, a loop of its own, minibatches and scenarios.
  static let runs: [[String]] = [
    ["--optimizer", "adam", "--batch-size", "32", "--max-evals", "200"],
    ["--optimizer", "ga", "--max-evals", "600"],
    ["--optimizer", "cma-es", "--max-evals", "400"],
    ["--optimizer", "tunneling", "--max-evals", "800"],
    ["--optimizer", "sa", "--max-evals", "300"],
    ["--optimizer", "random", "--dataset", "functions", "--model", "direct", "--max-evals", "300"],
    ["--optimizer", "pso", "--dataset", "sub-band", "--model", "direct", "--max-evals", "300"],
    ["--optimizer", "sa", "--dataset", "digits", "--max-evals", "100"],
    ["--model", "quantum-neurons", "--max-evals", "20"],
  ]

  @Test(
    "give the same figures and model to the last bit, on one thread and on two", arguments: runs)
  func sameBits(_ arguments: [String]) throws {
    let plain = try run(arguments + ["--threads", "1"], "plain")
    for threads in ["1", "2"] {
      let name = "isolated-\(threads)"
      let isolated = try run(arguments + ["--threads", threads, "--isolate", "all"], name)
      #expect(try RecordedFigures(isolated.output) == RecordedFigures(plain.output))
      #expect(try file("plain/model.safetensors") == file("\(name)/model.safetensors"))
      #expect(try figures("plain") == figures(name))
    }
  }

  @Test("that are interrupted continue to the same bits", arguments: [true, false])
  func resumption(isolatedBefore: Bool) throws {
    let common = ["--optimizer", "ga", "--max-evals", "2000000", "--threads", "1"]
    let whole = try run(common, "whole")
    let before = isolatedBefore ? ["--isolate", "ga"] : []
    let after = isolatedBefore ? [] : ["--isolate", "ga"]
    // A child of the shell is interrupted a moment after its folder is there.
    let out = folder.path + "/out"
    let words = (["run"] + common + before + ["--output", out, "--json", "-q"])
      .joined(separator: " ")
    let script =
      "'\(BuiltProducts.program)' \(words) >/dev/null & p=$!; "
      + "while [ ! -d '\(out)' ]; do sleep 0.01; done; sleep 0.1; kill -INT $p; wait $p"
    let interrupted = try Program("sh", ["-c", script], environment: environment)
    try #require(interrupted.ending == .exited(75), "\(interrupted.errors)")
    let resumed = try program(["run", "--resume", out, "--threads", "1", "--json", "-q"] + after)
    #expect(resumed.ending == .exited(0), "\(resumed.errors)")
    #expect(try RecordedFigures(resumed.output) == RecordedFigures(whole.output))
    #expect(try file("whole/model.safetensors") == file("out/model.safetensors"))
  }

  @Test(
    "that own their loop are asked in their process",
    .enabled(if: CCompiler.isPresent, "there is no gcc"))
  func loop() throws {
    try CCompiler.fixture("compass_loop", in: folder)
    let name = ["--plugins", folder.path, "--optimizer", "fixture-compass", "--max-evals", "300"]
    let plain = try run(name, "plain")
    let isolated = try run(name + ["--isolate", "fixture-compass"], "isolated")
    #expect(try RecordedFigures(isolated.output) == RecordedFigures(plain.output))
    #expect(try file("plain/model.safetensors") == file("isolated/model.safetensors"))
  }

  /// What cannot be isolated, and what is said.
  static let refusals: [(arguments: [String], words: [String])] = [
    (["--isolate", "adm"], ["no component, plugin or plugin's file 'adm'", "adam"]),
    (
      ["--isolate", "ga"], ["--isolate ga: nothing of it is in this run", "optimizer 'tunneling'"]
    ),
    (["--isolate-memory", "200"], ["--isolate-memory needs a plugin that is isolated"]),
    (["--isolate", "all", "--isolate-memory", "5"], ["--isolate-memory cannot be 5"]),
    (["--isolate", "all", "--isolate-memory", "9999999"], ["at most"]),
  ]

  @Test(
    "that are targets, or models that targets compile, make the same files",
    arguments: [
      ("onnx", ["--isolate", "mlp", "--isolate", "onnx"]), ("c99", ["--isolate", "mlp"]),
    ])
  func targets(target: String, isolation: [String]) throws {
    let common = ["--optimizer", "adam", "--max-evals", "50", "--target", target]
    let plain = try run(common, "plain")
    let isolated = try run(common + isolation, "isolated")
    #expect(try RecordedFigures(isolated.output) == RecordedFigures(plain.output))
    // Times of the run are in its trace.
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/plain")
      .filter { ![".lock", "trace.csv"].contains($0) }
    #expect(names.count >= 2, "\(names)")
    for name in names {
      #expect(try file("plain/\(name)") == file("isolated/\(name)"), "\(name)")
    }
  }

  @Test("that are targets and start compilers are kept from the folders that these need")
  func compiler() throws {
    let run = try program([
      "run", "--max-evals", "10", "--target", "c99", "--isolate", "c99", "-q", "--output",
      folder.path + "/out",
    ])
    #expect(run.ending == .exited(4), "\(run.errors)")
    #expect(run.errors.contains("error: target 'c99': no folder can be made"), "\(run.errors)")
  }

  @Test("are started near other networks as they are in process")
  func approximation() throws {
    _ = try run(["--optimizer", "adam", "--max-evals", "100"], "source")
    let common = [
      "--model", "integer-mlp", "--from", folder.path + "/source/model.safetensors", "--optimizer",
      "none",
      "--max-evals", "1",
    ]
    let plain = try run(common, "plain")
    let isolated = try run(common + ["--isolate", "all"], "isolated")
    #expect(try RecordedFigures(isolated.output) == RecordedFigures(plain.output))
    #expect(try file("plain/model.safetensors") == file("isolated/model.safetensors"))
  }

  @Test("are refused with a sentence where they cannot be", arguments: refusals)
  func refusal(arguments: [String], words: [String]) throws {
    let run = try program(["run", "--max-evals", "10"] + arguments)
    #expect(run.ending == .exited(2), "\(run.errors)")
    for word in words { #expect(run.errors.contains(word), "\(run.errors)") }
  }

  private let environment = [
    "NO_COLOR": "1", "XDG_CACHE_HOME": TemporaryFolder.ofProcess.path + "/cache",
  ]

  private func program(_ arguments: [String]) throws -> Program {
    try HostProgram.run(arguments)
  }

  private func run(_ arguments: [String], _ name: String) throws -> Program {
    let run = try program(
      ["run"] + arguments + ["--json", "-q", "--output", "\(folder.path)/\(name)"])
    try #require(run.ending == .exited(0), "\(run.errors)")
    return run
  }

  private func file(_ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/\(name)"))
  }

  /// The names and contents of a run's figures.
  private func figures(_ run: String) throws -> [String: Data] {
    let names =
      (try? FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/\(run)/figures")) ?? []
    return try Dictionary(
      uniqueKeysWithValues: names.map { ($0, try file("\(run)/figures/\($0)")) })
  }
}
