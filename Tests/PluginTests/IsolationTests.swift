import Foundation
import QHostPluginTesting
import QHostRuntime
import QHostTesting
import Testing

/// What runs with a plugin that does one bad thing end in, when it works in a process of its own.
@Suite(
  "Bad plugins in processes of their own", .enabled(if: CCompiler.isPresent, "there is no gcc"))
struct IsolationTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try CCompiler.fixture("hostile", in: folder)
  }

  /// What ends the plugin, and what the sentence about it must say.
  static let failures: [(mode: String, words: String)] = [
    ("segfault", "crashed in tell (SIGSEGV"), ("trap", "crashed in tell (SIGILL"),
    ("abort", "crashed in tell (SIGABRT"), ("loop", "has not returned from tell for"),
    ("hog", "crashed in tell (SIGABRT, it gave up) after it had used up the 200 MB of memory"),
    ("overrun", "crashed in tell (SIGSEGV"),
    ("overflow", "crashed in tell (SIGSEGV"), ("throw", "crashed in tell (SIGABRT"),
    ("thread", "crashed in tell (SIGSEGV"), ("exit", "ended its process in tell, with exit code 0"),
    ("quit", "ended its process in tell, with exit code 0"),
    ("fork", "was stopped in tell: it tried to start a process"),
    ("execute", "was stopped in tell: it tried to start a program"),
    ("socket", "was stopped in tell: it tried to use the network"),
    ("kill", "was stopped in tell: it tried to send a signal to another process"),
    ("stop", "stopped its process in tell (SIGSTOP)"), ("alarm", "crashed in tell (SIGALRM"),
    ("lie", "crashed in ask"),
  ]

  @Test(
    "end in one sentence with the function and the call, code 4 and a checkpoint",
    arguments: failures)
  func failure(mode: String, words: String) throws {
    let run = try run(mode, output: folder.path + "/out", ["--call-timeout", "2"])
    #expect(run.ending == .exited(4), "\(run.errors)")
    #expect(run.output.isEmpty)
    let sentence = run.errors.split(separator: "\n").filter { $0.hasPrefix("error: ") }
    #expect(sentence.count == 1, "\(run.errors)")
    #expect(run.errors.contains("error: optimizer 'hostile' \(words)"), "\(run.errors)")
    #expect(run.errors.contains(" of its process"), "\(run.errors)")
    #expect(run.errors.contains("--resume continues from it"), "\(run.errors)")
    #expect(FileManager.default.fileExists(atPath: folder.path + "/out/checkpoint.safetensors"))
  }

  @Test(
    "that are only untidy change no figure of the run, and nothing of its output",
    arguments: [
      "close", "close_all", "limits", "rounding", "unmask", "locale", "signals", "print", "linger",
      "write",
    ])
  func containment(mode: String) throws {
    let clean = try run("none", output: folder.path + "/clean", isolated: false)
    #expect(clean.ending == .exited(0), "\(clean.errors)")
    let run = try run(mode, output: folder.path + "/out")
    #expect(run.ending == .exited(0), "\(run.errors)")
    #expect(try RecordedFigures(run.output) == RecordedFigures(clean.output))
    #expect(run.errors == (mode == "print" ? "{\"hostile\": 1}\n" : ""))
    #expect(!FileManager.default.fileExists(atPath: "hostile-was-here"))
  }

  @Test("that are not isolated and close every descriptor are said all the same")
  func everyDescriptor() throws {
    let run = try run("close_all", output: folder.path + "/out", isolated: false)
    #expect(run.ending == .exited(4), "\(run.errors)")
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("a plugin has closed standard output"), "\(run.errors)")
  }

  @Test("that are not isolated and set all limits to 0 are said where that can be written")
  func everyLimit() throws {
    let words = [
      "run", "--plugins", folder.path, "--no-isolate", "--optimizer", "hostile", "--set",
      "optimizer.mode=limits", "--max-evals", "50", "--output", folder.path + "/out",
    ]
    // A file cannot be written to any more, a pipe can.
    let run = try Program(
      "bash", ["-c", "set -o pipefail; \"$@\" 2>&1 | cat", "-", BuiltProducts.program] + words,
      environment: ["XDG_CACHE_HOME": TemporaryFolder.ofProcess.path + "/cache"])
    // Without any processor time left the system may end the run at once, which nobody in it can tell.
    guard ![137, 152].contains(where: { run.ending == .exited($0) }) else { return }
    #expect(run.output.contains("changed the limits of the program"), "\(run.output)")
    // A privileged user has what is needed set back.
    #expect(
      run.ending == .exited(0) || run.output.contains("error: cannot write "), "\(run.output)")
  }

  @Test("continue from the checkpoint of the failure, with another plugin in their place")
  func resumption() throws {
    let out = folder.path + "/out"
    let clean = try run("none", output: folder.path + "/clean", isolated: false)
    #expect(try run("segfault", output: out).ending == .exited(4))
    // The author has corrected it: the checkpoint's mode does nothing any more.
    let mended = try TemporaryFolder()
    try CCompiler.fixture("hostile", in: mended, definitions: ["MENDED=1"])
    let resumed = try HostProgram.run(
      ["run", "--plugins", mended.path, "--resume", out, "--isolate", "hostile", "--json", "-q"])
    #expect(resumed.ending == .exited(0), "\(resumed.errors)")
    #expect(try RecordedFigures(resumed.output) == RecordedFigures(clean.output))
  }

  @Test(
    "are datasets as well",
    arguments: [("segfault", "crashed in score"), ("quit", "ended its process in score")]
  )
  func scenario(mode: String, words: String) throws {
    let run = try HostProgram.run([
      "run", "--plugins", folder.path, "--dataset", "hostile-bowl", "--model", "direct",
      "--optimizer", "sa", "--set", "dataset.mode=\(mode)", "--isolate", "hostile-bowl",
      "--max-evals", "50", "--json", "-q", "--output", folder.path + "/out",
    ])
    #expect(run.ending == .exited(4), "\(run.errors)")
    #expect(run.errors.contains("error: dataset 'hostile-bowl' \(words)"), "\(run.errors)")
    #expect(FileManager.default.fileExists(atPath: folder.path + "/out/checkpoint.safetensors"))
  }

  @Test("fail their own cells of a comparison, and no others")
  func comparison() throws {
    let run = try HostProgram.run([
      "compare", "--plugins", folder.path, "-o", "hostile[mode=stop],hostile[mode=fork],random",
      "-d", "iris", "--seeds", "2", "--max-evals", "50", "--jobs", "1", "--isolate", "hostile",
      "--output", folder.path + "/out",
    ])
    #expect(run.ending == .exited(4), "\(run.errors)")
    let journal = try String(contentsOfFile: folder.path + "/out/journal.jsonl", encoding: .utf8)
    let lines = journal.split(separator: "\n")
    #expect(lines.filter { $0.contains("stopped its process in tell (SIGSTOP)") }.count == 2)
    #expect(lines.filter { $0.contains("it tried to start a process") }.count == 2)
    #expect(run.output.contains("2 of 6 cells, 4 failed"), "\(run.output)")
  }

  private func run(
    _ mode: String, output: String, _ more: [String] = [], isolated: Bool = true
  ) throws -> Program {
    try HostProgram.run(
      [
        "run", "--plugins", folder.path, "--optimizer", "hostile", "--set",
        "optimizer.mode=\(mode)", "--max-evals", "50", "--json", "-q", "--output", output,
      ] + (isolated ? ["--isolate", "hostile", "--isolate-memory", "200"] : []) + more)
  }
}
