import Foundation
import Testing

@Suite("qhost eval")
struct EvalCommandTests {
  private func train(_ program: Program, _ options: String...) throws -> Record {
    try Record(try program.run(["run", "--json", "--quiet", "--output", "out"] + options))
  }

  private let model = "out/model.safetensors"

  static let runs: [[String]] = [
    ["--optimizer", "adam"],
    ["--optimizer", "sa", "--set", "model.hidden=6,5", "--set", "model.activation=step"],
    ["--optimizer", "sgd", "--dataset", "digits", "--max-forward-equivalents", "300"],
    ["--optimizer", "adam", "--model", "logistic", "--scaling", "minmax", "--loss", "mse"],
    ["--optimizer", "ga", "--loss", "error-rate", "--set", "dataset.validation_fraction=0.2"],
    [
      "--optimizer", "sa", "--model", "direct", "--dataset", "functions", "--max-evals", "3000",
      "--set", "dataset.function=ackley", "--set", "dataset.rotated=true",
    ],
  ]

  @Test("gives the metrics of the run, to the last bit", arguments: runs)
  func itGivesTheMetricsOfTheRun(options: [String]) throws {
    let program = try Program()
    let run = try Record(
      try program.run(["run", "--json", "--quiet", "--output", "out"] + options))
    let result = try program.run("eval", model, "--json")
    let evaluation = try Record(result)
    #expect(evaluation.object["schema"] as? String == "qhost.eval/1")
    #expect(evaluation.object["is_dataset_of_training"] as? Bool == true)
    #expect(try evaluation.part("metrics") as NSDictionary == run.part("metrics") as NSDictionary)
    #expect(
      evaluation.object["rows"] as? [String: Int] == (try run.part("dataset"))["rows"]
        as? [String: Int])
  }

  @Test("--split gives that split alone")
  func oneSplit() throws {
    let program = try Program()
    _ = try train(program, "--optimizer", "adam")
    let metrics = try Record(try program.run("eval", model, "--json", "--split", "test")).part(
      "metrics")
    #expect(Array(metrics.keys) == ["test"])
    expectRefusal(
      try program.run("eval", model, "--split", "tset"), code: 2, "'tset'", "did you mean 'test'?")
    expectRefusal(
      try program.run("eval", model, "--split", "validation"), code: 2, "no validation rows")
  }

  @Test("notices other rows than those of the training")
  func otherRowsAreNoticed() throws {
    let program = try Program()
    _ = try train(program, "--optimizer", "adam")
    let evaluation = try Record(
      try program.run("eval", model, "--json", "--set", "dataset.split_seed=5"))
    #expect(evaluation.object["is_dataset_of_training"] as? Bool == false)
  }

  @Test("refuses a dataset of another shape")
  func anotherShapeIsRefused() throws {
    let program = try Program()
    _ = try train(program, "--optimizer", "adam")
    expectRefusal(
      try program.run("eval", model, "--dataset", "digits"), code: 5, "'digits'", "4", "64")
    _ = try program.run(
      "run", "--quiet", "--output", "digits", "--optimizer", "adam", "--dataset", "digits",
      "--max-evals", "5")
    expectRefusal(
      try program.run("eval", "digits/model.safetensors", "--dataset", "iris"), code: 5, "8×8", "4")
  }

  /// The model without its checksum, as earlier versions wrote it: what is changed in it shows by itself.
  private func unsealed(_ program: Program) throws -> Data {
    var bytes = try Data(contentsOf: URL(fileURLWithPath: program.folder + "/" + model))
    let key = try #require(bytes.range(of: Data("qhost.xxh3".utf8)))
    bytes.replaceSubrange(key, with: Data("other.xxh3".utf8))
    return bytes
  }

  @Test("refuses weights that were changed, by their checksum")
  func changedWeightsAreRefused() throws {
    let program = try Program()
    _ = try train(program, "--optimizer", "adam")
    var bytes = try Data(contentsOf: URL(fileURLWithPath: program.folder + "/" + model))
    bytes[bytes.count - 1] ^= 1
    _ = try program.write(bytes, to: "changed.safetensors")
    expectRefusal(
      try program.run("eval", "changed.safetensors"), code: 5, "XXH3", "another copy")
  }

  @Test("refuses a file whose tensors are of another shape than its model")
  func anotherModelIsRefused() throws {
    let program = try Program()
    _ = try train(program, "--optimizer", "adam")
    let bytes = try unsealed(program)
    let forged = String(decoding: bytes.dropFirst(8), as: Unicode.ASCII.self)
    // Sixteen units become as many characters, so that the header keeps its length.
    let place = try #require(
      forged.range(of: #""shape":[16,4]"#) ?? forged.range(of: #""shape":[4,16]"#))
    let other = forged[place].contains("16,4") ? #""shape":[4,16]"# : #""shape":[16,4]"#
    let header = forged.replacingCharacters(in: place, with: other)
    var copy = Data(bytes.prefix(8))
    copy.append(contentsOf: header.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) })
    copy.replaceSubrange((bytes.count - 131 * 8)..., with: bytes.suffix(131 * 8))
    _ = try program.write(copy, to: "forged.safetensors")
    expectRefusal(
      try program.run("eval", "forged.safetensors"), code: 5, "tensor 'layers.0.weight' is",
      "the model needs")
  }

  @Test("refuses weights that are not numbers")
  func weightsOfNaNAreRefused() throws {
    let program = try Program()
    _ = try train(program, "--optimizer", "adam")
    var bytes = try unsealed(program)
    bytes.replaceSubrange((bytes.count - 8)..., with: Data([0, 0, 0, 0, 0, 0, 0xF8, 0x7F]))
    _ = try program.write(bytes, to: "nan.safetensors")
    expectRefusal(try program.run("eval", "nan.safetensors"), code: 5, "holds NaN or infinity")
  }

  @Test("refuses damaged files and files of others")
  func damagedFilesAreRefused() throws {
    let program = try Program()
    _ = try train(program, "--optimizer", "adam")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: program.folder + "/" + model))
    for count in [0, 7, 8, 100, bytes.count / 2, bytes.count - 1] {
      _ = try program.write(bytes.prefix(count), to: "cut.safetensors")
      expectRefusal(
        try program.run("eval", "cut.safetensors"), code: 5, "'cut.safetensors'", "intact")
    }
    expectRefusal(try program.run("eval", "none.safetensors"), code: 5, "'none.safetensors'")
    expectRefusal(try program.run("eval", "out"), code: 5, "'out' is a folder")
    expectRefusal(
      try program.run("eval", "out/trace.csv"), code: 5, "'out/trace.csv'",
      "is not a safetensors file")
  }
}
