import Foundation
import Testing

/// A limit on the size of files stands for a full disk: every write fails in the same place.
@Suite("A full disk", .serialized)
struct FullDiskTests {
  private func warm() throws -> Program {
    let program = try Program()
    _ = try program.run("plugins")
    return program
  }

  @Test("at the end of a run is named, and nothing half-written is left")
  func atTheEndOfARun() throws {
    let program = try warm()
    let result = try program.shell(
      "ulimit -f 0; exec \"$0\" run --optimizer adam --quiet --json --output out")
    #expect(result.code == 5)
    #expect(
      result.error.contains("cannot write '\(program.folder)/out/model.safetensors'")
        && result.error.contains("space"), "\(result.error)")
    // What was found is not lost with the file.
    #expect(try result.json()["stop_reason"] != nil)
    #expect(program.files(in: "out").isEmpty)
  }

  @Test("at the end of a resumed run keeps its checkpoint, from which it still can continue")
  func atTheEndOfAResumedRun() throws {
    let program = try warm()
    let command = ["run", "--optimizer", "sa", "--max-evals", "150000", "-q", "--json"]
    try ResumeTests.interrupt(command + ["--output", "out"], in: program, "out")
    let model = program.folder + "/out/model.safetensors"
    let before = try Data(contentsOf: URL(fileURLWithPath: model))
    let result = try program.shell("ulimit -f 0; exec \"$0\" run --resume out --quiet --json")
    #expect(result.code == 75)
    #expect(result.error.contains("model.safetensors") && result.error.contains("--resume"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: model)) == before)
    #expect(
      program.files(in: "out") == ["checkpoint.safetensors", "model.safetensors", "trace.csv"])
    let resumed = try program.run("run", "--resume", "out", "--quiet", "--json")
    #expect(resumed.code == 0)
    let unbroken = try program.run(command + ["--output", "unbroken"])
    #expect(try Record(resumed).repeatable() == Record(unbroken).repeatable())
  }

  @Test("under standard output is an error")
  func underStandardOutput() throws {
    let result = try warm().shell("exec \"$0\" plugins --json > /dev/full")
    expectRefusal(result, code: 5, "standard output cannot be written")
  }

  @Test("is not an error when a reader has read enough")
  func aReaderThatHasReadEnough() throws {
    let result = try warm().shell("\"$0\" plugins --json | true; exit ${PIPESTATUS[0]}")
    #expect(result.code == 0)
    #expect(result.error.isEmpty)
  }
}

@Suite("The output folder")
struct OutputFolderTests {
  @Test("is refused when it holds a model, which stays as it was")
  func aModelIsKept() throws {
    let program = try Program()
    let command = ["run", "--optimizer", "adam", "--quiet", "--json", "--output", "out", "--seed"]
    _ = try program.run(command + ["1"])
    let model = URL(fileURLWithPath: program.folder + "/out/model.safetensors")
    let before = try Data(contentsOf: model)
    expectRefusal(
      try program.run(command + ["2"]), code: 2, "'out' already holds model.safetensors",
      "name another folder")
    #expect(try Data(contentsOf: model) == before)
  }

  @Test("is refused when it is a file or lies under one")
  func aFileIsNoFolder() throws {
    let program = try Program()
    _ = try program.write("", to: "file")
    for path in ["file", "file/below"] {
      expectRefusal(
        try program.run("run", "--optimizer", "adam", "--quiet", "--output", path), code: 5, "file",
        "folder")
    }
  }
}
