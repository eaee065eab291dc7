import Foundation
import Testing

@Suite("qhost export-weights")
struct ExportWeightsCommandTests {
  private static let compressors = [
    ["--model", "subspace"], ["--model", "subspace", "--set", "model.projection=dense"],
    ["--model", "coordinate-net"],
    [
      "--model", "subspace", "--set", "model.numbers=20", "--set", "model.inner=coordinate-net",
      "--set", "model.inner.inner=mlp", "--set", "model.inner.inner.hidden=12",
    ],
    ["--model", "qnn"], ["--model", "qnn", "--set", "model.mapping=paper"],
    ["--model", "quantised", "--set", "model.bits=5,9"],
  ]

  private func train(_ program: Program, _ options: [String], to folder: String) throws {
    let result = try program.run(
      ["run", "--optimizer", "adam", "--max-evals", "60", "--json", "--quiet", "--output", folder]
        + options)
    #expect(result.code == 0, "\(result.error)")
  }

  private func losses(_ program: Program, _ model: String) throws -> [String: Double] {
    let record = try Record(try program.run("eval", model, "--json", "--quiet"))
    let metrics = try record.part("metrics").compactMapValues { $0 as? [String: Any] }
    return metrics.compactMapValues { $0["loss"] as? Double }
  }

  @Test("writes an ordinary model with the same losses to the bit", arguments: compressors)
  func equal(_ options: [String]) throws {
    let program = try Program()
    try train(program, options, to: "out")
    let record = try Record(
      try program.run("export-weights", "out", "--output", "net.safetensors", "--json", "--quiet"))
    #expect(record.object["schema"] as? String == "qhost.export-weights/1")
    #expect(record.object["model"] as? String == "mlp")
    let generator = try record.part("generator")
    #expect((generator["models"] as? [String])?.first == options[1])
    #expect((generator["sha256"] as? String)?.count == 64)
    let losses = try losses(program, "net.safetensors")
    #expect(losses.count == 2)
    #expect(try losses == self.losses(program, "out/model.safetensors"))
    // The wrapper is gone: nothing but mlp is in the file's settings.
    let text = try program.run("eval", "net.safetensors", "--json", "--quiet").json()
    #expect(text["model"] as? String == "mlp" && text["dependencies"] == nil)
  }

  @Test("writes one level of a wrapper in a wrapper, which is exported in its turn")
  func levels() throws {
    let program = try Program()
    try train(program, Self.compressors[3], to: "out")
    let first = try program.run(
      "export-weights", "out/model.safetensors", "--place", "model.inner", "--output",
      "net.safetensors", "--quiet")
    #expect(first.code == 0 && first.output.contains("coordinate-net with"), "\(first.error)")
    let both = try program.run("export-weights", "out", "--output", "both.safetensors", "--quiet")
    #expect(both.code == 0, "\(both.error)")
    let second = try program.run(
      "export-weights", "net.safetensors", "--output", "mlp.safetensors", "--quiet")
    #expect(second.code == 0, "\(second.error)")
    let expected = try losses(program, "out/model.safetensors")
    for file in ["net", "both", "mlp"] {
      #expect(try losses(program, file + ".safetensors") == expected, "\(file)")
    }
  }

  @Test("writes what runs start from, and what targets take", arguments: ["subspace", "qnn"])
  func uses(_ model: String) throws {
    let program = try Program()
    try train(program, ["--model", model, "--max-evals", "400"], to: "out")
    let exported = try program.run(
      "export-weights", "out", "--output", "net.safetensors", "--quiet")
    #expect(exported.code == 0, "\(exported.error)")
    for target in ["c99", "6502"] {
      let record = try Record(
        try program.run(
          "deploy", "net.safetensors", "--target", target, "--output", target, "--json", "--quiet"))
      #expect(record.object["model"] as? String == "mlp")
      let agreement = try #require(try record.part("deployment")["agreement"] as? Double)
      #expect(agreement >= (target == "c99" ? 1 : 0.9), "\(target)")
    }
    // The first loss of a run that starts there is its loss, and an inner model starts there too.
    let loss = try #require(try losses(program, "net.safetensors")["train"])
    for options in [
      ["--from", "net.safetensors"],
      [
        "--model", "subspace", "--set", "model.inner=mlp", "--set",
        "model.inner.from=net.safetensors",
      ],
    ] {
      let record = try Record(
        try program.run(
          ["run", "--optimizer", "sa", "--max-evals", "1", "--json"]
            + ["--quiet", "--output", "from" + options[0]] + options))
      #expect(try record.metric("train", "loss") == loss, "\(options)")
    }
  }

  @Test("refuses what generates nothing, places that are not there, and its own file")
  func refusals() throws {
    let program = try Program()
    try train(program, ["--model", "mlp"], to: "mlp")
    try train(program, ["--model", "subspace"], to: "out")
    expectRefusal(
      try program.run("export-weights", "mlp", "--output", "x"), code: 2, "model 'mlp'",
      "not made around")
    expectRefusal(
      try program.run("export-weights", "out", "--place", "model.iner", "--output", "x"), code: 2,
      "'model.iner'", "did you mean 'model.inner'?")
    expectRefusal(
      try program.run("export-weights", "out", "--output", "out/model.safetensors"), code: 2,
      "is the trained model itself")
    expectRefusal(
      try program.run("export-weights", "nothing", "--output", "x"), code: 5, "'nothing'")
    expectRefusal(
      try program.run("export-weights", "out", "--output", "no/folder/x"), code: 5, "no/folder/x")
    #expect(!program.has("x"))
  }
}
