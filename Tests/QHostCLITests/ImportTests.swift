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

  /// Puts a network that PyTorch or Keras wrote, and what lies beside it, into the program's folder.
  private func placeExport(
    _ name: String, in program: Program, as file: String, data: String? = nil
  ) throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
      .appending(path: "SDK/Libraries/ONNX/Tests/Fixtures/Exports/\(name).json")
    let object = try JSONSerialization.jsonObject(with: Data(contentsOf: path)) as? [String: Any]
    let files = try #require(object?["files"] as? [String: String])
    for (key, text) in files {
      let bytes = try #require(Data(base64Encoded: text))
      let name = key.hasSuffix(".data") ? data : file
      if let name { _ = try program.write(bytes, to: name) }
    }
  }

  @Test("reads the weights that lie in a file beside it, and says when that is missing")
  func externalData() throws {
    let program = try Program()
    let name = "torch-big-dynamo-open"
    try placeExport(name, in: program, as: "a/NET.ONNX", data: "a/\(name).onnx.data")
    let whole = try program.run("deploy", "a/NET.ONNX", "--target", "onnx", "--quiet")
    #expect(whole.code == 0, "\(whole.error)")
    try placeExport(name, in: program, as: "b/net.onnx")
    expectRefusal(
      try program.run("deploy", "b/net.onnx", "--target", "onnx", "--quiet"), code: 5,
      "'b/net.onnx'", "b/\(name).onnx.data")
  }

  @Test("gives a network of one output two for a dataset of two classes")
  func twoClasses() throws {
    let program = try Program()
    try placeExport("keras-binary", in: program, as: "net.onnx")
    var rows = "a,b,c,d,class\n"
    for row in 0..<40 {
      rows += "\(row % 7),\(row % 5),\(row % 3),\(row % 2),\(row % 2 == 0 ? "yes" : "no")\n"
    }
    _ = try program.write(rows, to: "rows.csv")
    let result = try program.run(
      "deploy", "net.onnx", "--target", "onnx", "--dataset", "csv", "--set",
      "dataset.path=rows.csv")
    #expect(result.code == 0, "\(result.error)")
    #expect(result.error.contains("stands for two classes"), "\(result.error)")
  }

  @Test("does not scale rows twice for a file that has its scaler in it")
  func scaler() throws {
    let program = try Program()
    try placeExport("sklearn-scaled-mlp", in: program, as: "net.onnx")
    let options = ["deploy", "net.onnx", "--target", "c99", "--dataset", "iris"]
    let result = try program.run(options)
    #expect(
      result.code == 0 && result.error.contains("scales its inputs itself"), "\(result.error)")
    let record = try Record(try program.run(options + ["--quiet", "--json"]))
    let deployment = try record.part("deployment")
    #expect(try #require(deployment["accuracy"] as? Double) >= 0.95)
  }

  @Test("is what eval says of an ONNX file, and of other kinds it says what they are")
  func otherKinds() throws {
    let program = try Program()
    try place("sklearn", in: program, as: "net.onnx")
    expectRefusal(
      try program.run("eval", "net.onnx"), code: 5, "'net.onnx' is an ONNX file", "qhost deploy")
    try place("sklearn", in: program, as: "net.bin")
    expectRefusal(try program.run("eval", "net.bin"), code: 5, "an ONNX file")
    for (name, bytes) in [
      ("zip", [0x50, 0x4B, 3, 4, 20, 0, 0, 0, 8, 0] as [UInt8]),
      ("HDF5", [0x89, 0x48, 0x44, 0x46, 13, 10, 26, 10, 0, 0]),
      ("pickle", [0x80, 4, 0x95, 3, 0, 0, 0, 0, 0, 0, 0x2E]),
    ] {
      _ = try program.write(Data(bytes), to: "model")
      expectRefusal(try program.run("eval", "model"), code: 5, "'model' is a", name)
    }
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
