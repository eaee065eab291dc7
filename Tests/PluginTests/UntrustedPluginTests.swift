import Foundation
import QHostPluginTesting
import QHostRuntime
import QHostTesting
import Testing

/// What commands do with plugins of folders other than qhost's own.
@Suite("Plugins that nobody vouches for", .enabled(if: CCompiler.isPresent, "there is no gcc"))
struct UntrustedPluginTests {
  private let folder: TemporaryFolder
  private let library: String
  private var list: String { folder.path + "/trust.json" }

  init() throws {
    folder = try TemporaryFolder()
    library = try CCompiler.fixture("hostile", in: folder)
  }

  private func qhost(_ arguments: [String]) throws -> Program {
    try HostProgram.run(arguments, isolatesUntrusted: true)
  }

  private func run(_ mode: String, _ more: [String] = []) throws -> Program {
    try qhost(
      [
        "run", "--plugins", folder.path, "--trust-list", list, "--optimizer", "hostile", "--set",
        "optimizer.mode=\(mode)", "--max-evals", "50", "--output", folder.path + "/out",
      ] + more)
  }

  private static let isolated = "is not trusted"

  @Test("run in processes of their own, which is said once, with how to trust them")
  func standard() throws {
    let run = try run("segfault")
    #expect(run.ending == .exited(4), "\(run.errors)")
    #expect(run.errors.contains("crashed in tell (SIGSEGV"), "\(run.errors)")
    #expect(run.errors.contains(" of its process"), "\(run.errors)")
    let notes = run.errors.split(separator: "\n").filter { $0.contains(Self.isolated) }
    #expect(notes.count == 1, "\(run.errors)")
    #expect(run.errors.contains("'qhost plugins trust \(library)'"), "\(run.errors)")
    #expect(run.errors.contains("--no-isolate"), "\(run.errors)")
    #expect(try !self.run("none", ["-q"]).errors.contains(Self.isolated))
  }

  @Test("are stopped where they want more than that, with how to let them")
  func more() throws {
    let run = try run("fork")
    #expect(run.ending == .exited(4))
    #expect(run.errors.contains("it tried to start a process"), "\(run.errors)")
    #expect(run.errors.contains("if you vouch for it ('qhost plugins trust FILE'"))
  }

  @Test("run in the command's own process once they are trusted, until they change")
  func trusted() throws {
    let trust = ["plugins", "trust", library, "--trust-list", list]
    #expect(try qhost(trust).ending == .exited(0))
    let run = try run("segfault")
    #expect(run.ending == .exited(4))
    #expect(run.errors.contains("crashed in tell"), "\(run.errors)")
    #expect(!run.errors.contains(Self.isolated), "\(run.errors)")
    #expect(!run.errors.contains(" of its process"), "\(run.errors)")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: library))
    try (bytes + [0]).write(to: URL(fileURLWithPath: library))
    let changed = try self.run("none")
    #expect(changed.ending == .exited(0), "\(changed.errors)")
    #expect(changed.errors.contains("is not trusted (it has changed since it was trusted"))
  }

  @Test("run there for one command with --no-isolate, which leaves what --isolate names alone")
  func once() throws {
    let here = try run("segfault", ["--no-isolate"])
    #expect(here.ending == .exited(4))
    #expect(!here.errors.contains(Self.isolated) && !here.errors.contains(" of its process"))
    let apart = try run("segfault", ["--no-isolate", "--isolate", "hostile"])
    #expect(apart.errors.contains(" of its process") && !apart.errors.contains(Self.isolated))
  }

  @Test("are trusted by no list that is damaged, by no variable and by no plan")
  func nothingElse() throws {
    try FileAccess.write(Array("no list".utf8), to: list)
    let damaged = try run("none")
    #expect(damaged.ending == .exited(0), "\(damaged.errors)")
    #expect(
      damaged.errors.contains("is not an intact list of trusted plugins"), "\(damaged.errors)")
    for key in ["no_isolate: true", "trust_list: /dev/null"] {
      let plan = folder.path + "/plan.yaml"
      let text = "optimizers: [hostile]\nmodels: [mlp]\ndatasets: [iris]\n\(key)\n"
      try FileAccess.write(Array(text.utf8), to: plan)
      let refused = try qhost(["compare", plan, "--plugins", folder.path])
      #expect(refused.ending == .exited(2))
      #expect(refused.errors.contains("has no key"), "\(refused.errors)")
    }
  }

  @Test("are isolated in comparisons, where their own cells alone fail; the note is one")
  func comparison() throws {
    let run = try qhost([
      "compare", "--plugins", folder.path, "-o", "hostile[mode=segfault],random", "-d", "iris",
      "--seeds", "2", "--max-evals", "50", "--jobs", "2", "--output", folder.path + "/out",
    ])
    #expect(run.ending == .exited(4), "\(run.errors)")
    #expect(run.output.contains("2 of 4 cells, 2 failed"), "\(run.output)")
    #expect(run.errors.split(separator: "\n").filter { $0.contains(Self.isolated) }.count == 1)
    let journal = try String(contentsOfFile: folder.path + "/out/journal.jsonl", encoding: .utf8)
    #expect(journal.contains("crashed in tell (SIGSEGV"))
    #expect(journal.contains(" of its process"))
  }

  @Test("are isolated further by a plan, which --no-isolate does not take away")
  func plan() throws {
    let plan = folder.path + "/plan.yaml"
    let text = """
      optimizers: [{hostile: {mode: [hog]}}, random]
      models: [mlp]
      datasets: [iris]
      budget: {max_evals: 30}
      isolate: [hostile, random]
      isolate_memory: 100

      """
    try FileAccess.write(Array(text.utf8), to: plan)
    let out = folder.path + "/out"
    let run = try qhost([
      "compare", plan, "--plugins", folder.path, "--no-isolate", "--isolate-memory", "300",
      "--jobs", "1", "--output", out,
    ])
    #expect(run.ending == .exited(4), "\(run.errors)")
    #expect(run.errors.contains("used up the 100 MB of memory"), "\(run.errors)")
    // The plan of the journal isolates as well.
    let again = try qhost([
      "compare", "--resume", "--retry-failures", "--plugins", folder.path, "--no-isolate",
      "--output", out,
    ])
    #expect(again.errors.contains("used up the 100 MB of memory"), "\(again.errors)")
  }

  @Test("evaluate, predict and deploy isolated as they train, to the same bits")
  func commands() throws {
    for name in ["linear_model", "plane_dataset", "gemm_target"] {
      try CCompiler.fixture(name, in: folder)
    }
    func outputs(_ name: String, _ more: [String]) throws -> [String] {
      let out = "\(folder.path)/\(name)"
      let common = ["--plugins", folder.path, "--quiet"] + more
      let model = out + "/model.safetensors"
      let trained = try qhost(
        [
          "run", "--model", "fixture-linear", "--dataset", "iris", "--optimizer", "adam",
          "--max-evals", "60", "--json", "--output", out,
        ] + common)
      try #require(trained.ending == .exited(0), "\(trained.errors)")
      var texts: [String] = []
      for command in [
        ["eval", model], ["predict", model],
        ["deploy", model, "--target", "fixture-gemm", "--output", out + "/files"],
      ] {
        let run = try qhost(command + common)
        #expect(run.ending == .exited(0), "\(command[0]): \(run.errors)")
        texts.append(run.output.replacing(out, with: ""))
      }
      texts.append(try FileAccess.read(model).map { String($0) }.joined(separator: " "))
      return texts
    }
    #expect(try outputs("apart", []) == outputs("here", ["--no-isolate"]))
  }
}
