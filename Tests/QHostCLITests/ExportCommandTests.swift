import Foundation
import Testing

@Suite("qhost export")
struct ExportCommandTests {
  private static let comparison = [
    "compare", "-o", "ga,sa", "-m", "direct", "-d", "functions[function=sphere,dimension=2]",
    "--seeds", "2", "--max-evals", "200", "--quiet", "--output", "out",
  ]

  @Test(
    "writes every format", arguments: ["coco", "ioh", "tensorboard", "npz", "safetensors", "csv"])
  func formats(_ format: String) throws {
    let program = try Program()
    _ = try program.run(Self.comparison)
    let result = try program.run("export", "out", "--format", format, "--output", "x/y")
    #expect(result.code == 0, "\(result.error)")
    #expect(result.output.hasPrefix("4 runs in "), "\(result.output)")
    #expect(result.output.hasSuffix("x/y\n"))
    let files = [
      "coco": ["ga", "sa"], "ioh": ["ga", "sa"], "tensorboard": ["ga", "sa"],
      "npz": ["runs.npz"], "safetensors": ["runs.safetensors"],
      "csv": ["improvements.csv", "runs.csv"],
    ]
    #expect(program.files(in: "x/y") == files[format])
    #expect(program.files(in: "x") == ["y"])
    expectRefusal(
      try program.run("export", "out", "--format", format, "--output", "x/y"), code: 2,
      "'x/y' is there already", "--output")
  }

  @Test("refuses unknown formats, absent journals and journals of other versions")
  func refusals() throws {
    let program = try Program()
    _ = try program.run(Self.comparison)
    expectRefusal(
      try program.run("export", "out", "--format", "tensorbord", "--output", "x"), code: 2,
      "there is no format 'tensorbord'", "tensorboard")
    expectRefusal(
      try program.run("export", "nowhere", "--format", "csv", "--output", "x"), code: 5,
      "nowhere/journal.jsonl")
    let path = program.folder + "/out/journal.jsonl"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    _ = try program.write(
      text.replacing("qhost.journal/3", with: "qhost.journal/9"), to: "other.jsonl")
    expectRefusal(
      try program.run("export", "other.jsonl", "--format", "csv", "--output", "x"), code: 5,
      "'qhost.journal/9'", "compare again")
    let header = String(text.prefix { $0 != "\n" }) + "\n"
    _ = try program.write(header, to: "begun.jsonl")
    expectRefusal(
      try program.run("export", "begun.jsonl", "--format", "csv", "--output", "x"), code: 5,
      "has no finished cell")
    #expect(!program.has("x"))
  }

  @Test("exports a journal that is cut off as far as it goes, and says so")
  func cut() throws {
    let program = try Program()
    _ = try program.run(Self.comparison)
    let path = program.folder + "/out/journal.jsonl"
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    let kept = lines.prefix(3).joined(separator: "\n") + "\n" + lines[3].prefix(90)
    try kept.write(toFile: path, atomically: true, encoding: .utf8)
    let result = try program.run("export", "out", "--format", "csv", "--output", "x")
    #expect(result.code == 0, "\(result.error)")
    #expect(result.output.hasPrefix("2 runs in 2 files"))
    #expect(result.error.contains("is cut off"))
    #expect(result.error.contains("of the plan's 4 cells 2 have a result"))
    let quiet = try program.run("export", "out", "--format", "csv", "--output", "z", "--quiet")
    #expect(quiet.error.isEmpty)
  }
}
