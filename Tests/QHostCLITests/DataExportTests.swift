import Foundation
import Testing

@Suite("qhost data export")
struct DataExportTests {
  @Test("A table has a heading, all rows, and classes by name")
  func table() throws {
    let program = try Program()
    let folder = program.folder + "/out"
    let result = try program.run("data", "export", "iris", "--format", "csv", "--output", folder)
    #expect(result.code == 0, "\(result.error)")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(names == ["test.csv", "train.csv"])
    let text = try String(contentsOfFile: folder + "/train.csv", encoding: .utf8)
    let lines = text.split(separator: "\n")
    #expect(lines.count == 101)
    #expect(lines[0].hasSuffix(",class") && lines[0].split(separator: ",").count == 5)
    #expect(
      lines[1...].allSatisfy { line in
        let fields = line.split(separator: ",")
        return fields.count == 5 && fields[..<4].allSatisfy { Float($0).map { $0 > 0 } ?? false }
          && ["setosa", "versicolor", "virginica"].contains(fields[4])
      })
  }

  @Test("A table that was exported can be read again as a dataset, with the same rows")
  func again() throws {
    let program = try Program()
    let folder = program.folder + "/out"
    _ = try program.run("data", "export", "iris", "--format", "csv", "--output", folder)
    let second = program.folder + "/second"
    let result = try program.run(
      "data", "export", "csv", "--set", "dataset.path=\(folder)/train.csv", "--set",
      "dataset.target=class", "--set", "dataset.test_fraction=0", "--format", "csv", "--output",
      second)
    #expect(result.code == 0, "\(result.error)")
    func rows(_ path: String) throws -> [Substring] {
      try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst().sorted()
    }
    #expect(try rows(folder + "/train.csv") == rows(second + "/train.csv"))
  }

  @Test("An archive has the arrays of each split", arguments: ["npz", "safetensors"])
  func arrays(_ format: String) throws {
    let program = try Program()
    let folder = program.folder + "/out"
    let result = try program.run("data", "export", "iris", "--format", format, "--output", folder)
    #expect(result.code == 0, "\(result.error)")
    #expect(result.output.contains("1 files"))
    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder + "/iris.\(format)"))
    for word in ["train_inputs", "train_targets", "test_inputs", "test_targets"] {
      #expect(bytes.range(of: Data(word.utf8)) != nil, "\(word)")
    }
    let shape = format == "npz" ? "'shape': (100, 4,)" : "\"shape\":[100,4]"
    #expect(bytes.range(of: Data(shape.utf8)) != nil)
    #expect(bytes.count > 150 * (4 * 4 + 8))
  }

  @Test("Of a scenario that shows something, that is exported")
  func scenario() throws {
    let program = try Program()
    let folder = program.folder + "/out"
    let result = try program.run(
      "data", "export", "sub-band", "--set", "dataset.users=2", "--set", "dataset.sub_bands=3",
      "--set", "dataset.floor=0", "--format", "csv", "--output", folder)
    #expect(result.code == 0, "\(result.error)")
    let text = try String(contentsOfFile: folder + "/train.csv", encoding: .utf8)
    let last = try #require(text.split(separator: "\n").last)
    #expect(last.split(separator: ",").compactMap { Double($0) }.count == 6)
  }

  @Test("What cannot be exported is refused before anything is written")
  func refusals() throws {
    let program = try Program()
    let folder = program.folder + "/out"
    expectRefusal(
      try program.run("data", "export", "iris", "--format", "cvs", "--output", folder), code: 2,
      "did you mean 'csv'")
    expectRefusal(
      try program.run("data", "export", "functions", "--format", "csv", "--output", folder),
      code: 2, "has no targets to export")
    expectRefusal(
      try program.run("data", "export", "iris", "--format", "csv", "--output", program.folder),
      code: 2, "is there already")
    #expect(!FileManager.default.fileExists(atPath: folder))
  }
}
