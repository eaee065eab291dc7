import Foundation
import Testing

@Suite("qhost deploy of an ONNX file")
struct ImportTests {
  /// Puts a network that scikit-learn trained on iris into the program's folder.
  private func place(_ name: String, in program: Program, as file: String) throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
      .appending(path: "SDK/Libraries/ONNX/Tests/Fixtures/\(name).onnx.base64")
    let text = try String(contentsOf: path, encoding: .utf8)
    let data = try #require(Data(base64Encoded: text, options: .ignoreUnknownCharacters))
    _ = try program.write(data, to: file)
  }

  private let dataset = ["--dataset", "iris", "--scaling", "none"]

  @Test("calibrates and compares a network of another program on the rows of a dataset")
  func machineCode() throws {
    let program = try Program()
    try place("sklearn", in: program, as: "net.onnx")
    let record = try Record(
      try program.run(
        ["deploy", "net.onnx", "--target", "6502", "--json", "--quiet"] + dataset
          + ["--set", "target.weight_bits=8", "--set", "target.activation_bits=6"]))
    #expect(record.object["schema"] as? String == "qhost.deploy/1")
    #expect(record.object["model"] as? String == "net.onnx")
    #expect(record.object["dataset"] as? String == "iris")
    let deployment = try record.part("deployment")
    #expect(deployment["rows"] as? Int == 50)
    #expect(try #require(deployment["agreement"] as? Double) >= 0.9)
    #expect(try #require(deployment["accuracy"] as? Double) >= 0.9)
    #expect(program.has("6502/network.bin"))
  }

  @Test("tells what it left out, and writes a file that it reads the same")
  func again() throws {
    let program = try Program()
    try place("sklearn", in: program, as: "net.onnx")
    let first = try program.run("deploy", "net.onnx", "--target", "onnx")
    #expect(first.code == 0, "\(first.error)")
    #expect(first.error.contains("Softmax") && first.error.contains("left out"))
    let second = try program.run(
      "deploy", "onnx/model.onnx", "--target", "onnx", "--output", "again", "--quiet")
    #expect(second.code == 0, "\(second.error)")
    #expect(
      FileManager.default.contentsEqual(
        atPath: program.folder + "/onnx/model.onnx", andPath: program.folder + "/again/model.onnx"))
    let record = try Record(
      try program.run("deploy", "net.onnx", "--target", "onnx", "--quiet", "--json"))
    #expect(record.object["dataset"] == nil)
  }

  @Test("refuses files, datasets and options that do not go together")
  func refusals() throws {
    let program = try Program()
    try place("sklearn", in: program, as: "net.onnx")
    try place("sklearn-named", in: program, as: "named.onnx")
    func run(_ options: String...) throws -> Program.Result {
      try program.run(["deploy"] + options + ["--target", "onnx", "--quiet"])
    }
    expectRefusal(try run("none.onnx"), code: 5, "'none.onnx'")
    expectRefusal(
      try run("net.onnx", "--dataset", "digits"), code: 5, "'net.onnx' maps 4 to 3", "'digits'")
    expectRefusal(
      try run("named.onnx", "--dataset", "iris"), code: 5, "'named.onnx' has the classes a, b, c")
    expectRefusal(try run("net.onnx", "--scaling", "none"), code: 2, "--dataset")
    expectRefusal(
      try run("net.onnx", "--dataset", "iris", "--scaling", "nona"), code: 2, "'nona'")
    expectRefusal(
      try run("net.onnx", "--set", "model.hidden=3"), code: 2, "--dataset")
    expectRefusal(
      try program.run("deploy", "net.onnx", "--target", "6502", "--quiet"), code: 5, "calibration")
    expectRefusal(
      try run("model.safetensors", "--scaling", "none"), code: 2, "--scaling is for ONNX files")
    _ = try program.write(Data("no network".utf8), to: "text.onnx")
    expectRefusal(try run("text.onnx"), code: 5, "'text.onnx'", "ONNX file")
  }
}
