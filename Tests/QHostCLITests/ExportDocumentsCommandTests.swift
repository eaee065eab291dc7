import Foundation
import Testing

@Suite("qhost export-documents")
struct ExportDocumentsCommandTests {
  private func train(_ program: Program, _ model: String) throws {
    let result = try program.run(
      "run", "--optimizer", "adam", "--max-evals", "3", "--quiet", "--model", model, "--output",
      model)
    #expect(result.code == 0, "\(result.error)")
  }

  @Test("writes a circuit and what makes weights of it into a new folder")
  func circuit() throws {
    let program = try Program()
    try train(program, "qnn")
    let record = try Record(
      try program.run("export-documents", "qnn", "--output", "files", "--json", "--quiet"))
    #expect(record.object["schema"] as? String == "qhost.export-documents/1")
    #expect(record.object["model"] as? String == "qnn")
    let files = try #require(record.object["files"] as? [[String: Any]])
    #expect(files.map { $0["format"] as? String } == ["OpenQASM 3.0", "JSON (qhost.qnn/1)"])
    for file in files {
      let path = try #require(file["path"] as? String)
      let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
      #expect(size == file["bytes"] as? Int)
    }
    let text = try String(contentsOfFile: program.folder + "/files/circuit.qasm", encoding: .utf8)
    #expect(text.hasPrefix("OPENQASM 3.0;\n"))
    // There is a folder now, which is not written over; the file itself serves as well as its folder.
    expectRefusal(
      try program.run("export-documents", "qnn", "--output", "files"), code: 2, "'files'",
      "is there already")
    let second = try program.run(
      "export-documents", "qnn/model.safetensors", "--output", "again", "--quiet")
    #expect(second.code == 0 && second.output.contains("OpenQASM 3.0, "), "\(second.error)")
    let again = try String(contentsOfFile: program.folder + "/again/circuit.qasm", encoding: .utf8)
    #expect(again == text)
  }

  @Test("refuses models that have none, and what is not a model")
  func refusals() throws {
    let program = try Program()
    try train(program, "mlp")
    expectRefusal(
      try program.run("export-documents", "mlp", "--output", "x"), code: 2, "model 'mlp'",
      "no documents for other programs")
    expectRefusal(
      try program.run("export-documents", "nothing", "--output", "x"), code: 5, "'nothing'")
    #expect(!program.has("x"))
  }
}
