import Testing

@Suite("Compressors, on the command line")
struct CompressorCommandTests {
  @Test(
    "are trained on iris with gradients and without",
    arguments: ["adam", "sa"], ["hashed", "dense", "bits"])
  func iris(_ optimizer: String, _ kind: String) throws {
    let program = try Program()
    let options =
      kind == "bits"
      ? ["--model", "coordinate-net"]
      : ["--model", "subspace", "--set", "model.projection=\(kind)"]
    let record = try Record(
      try program.run(
        ["run", "--optimizer", optimizer, "--max-forward-equivalents", "3000", "--json", "--quiet"]
          + ["--output", "out"] + options))
    // A third of the rows are of each class.
    #expect(try record.metric("test", "accuracy") >= 0.88)
    #expect(try record.metric("test", "inner_weights") == 131)
    #expect(try record.metric("test", "compression_ratio") > 2)
  }

  @Test("refuse numbers, projections and inner models that cannot be, by the key")
  func refusals() throws {
    let program = try Program()
    for (settings, words) in [
      (["model.numbers=0"], "model.numbers cannot be 0"),
      (["model.numbers=132"], "numbers = 132"),
      (["model.projection=sparse"], "model.projection cannot be 'sparse'"),
      (["model.inner=integer-mlp"], "inner has parameters that are not real"),
      (["model.inner=subspace", "model.inner.inner=mlp"], "numbers = 33"),
    ] {
      let numbers = words == "numbers = 33" ? ["--set", "model.numbers=33"] : []
      expectRefusal(
        try program.run(
          ["run", "--optimizer", "sa", "--model", "subspace", "--output", "out"] + numbers
            + settings.flatMap { ["--set", $0] }), code: 2, words)
    }
    expectRefusal(
      try program.run(
        "run", "--optimizer", "sa", "--model", "coordinate-net", "--set", "model.hidden=50",
        "--output", "out"), code: 2, "hidden = 50")
  }
}
