import Testing

@Suite("Quantum neurons, on the command line")
struct QuantumNeuronCommandTests {
  private static let short = [
    "--set", "model.thermalisation=100", "--set", "model.sweeps=100", "--json", "--quiet",
  ]

  @Test("are measured on their circuit's truth table without naming anything else")
  func measured() throws {
    let program = try Program()
    let record = try Record(
      try program.run(
        ["run", "--model", "quantum-neurons", "--set", "model.circuit=and", "--output", "out"]
          + Self.short))
    #expect(try record.metric("train", "separation") > 0.6)
    #expect(program.has("out/figures/truth-table.svg"))
  }

  @Test("are the same on one and two threads")
  func threads() throws {
    let program = try Program()
    let records = try ["1", "2"].map { threads in
      try Record(
        try program.run(
          ["run", "--model", "quantum-neurons", "--set", "model.circuit=xor", "--optimizer", "ga"]
            + ["--set", "model.tolerance=10"]
            + ["--max-evals", "12", "--threads", threads, "--output", "out\(threads)"] + Self.short)
      )
    }
    #expect(try records[0].repeatable() == records[1].repeatable())
    #expect(try records[0].metric("train", "loss").isFinite)
  }

  @Test("refuse circuits and datasets that cannot be")
  func refusals() throws {
    let program = try Program()
    for (options, words) in [
      (["--dataset", "iris"], "use --dataset truth-table --set dataset.circuit=xor"),
      (["--set", "model.kinks=3"], "kinks 3 is not even"),
      (["--set", "model.slices=128"], "the time step is too coarse for the well"),
      (["--set", "model.circuit=nand"], "model.circuit cannot be 'nand'"),
    ] {
      let result = try program.run(
        ["run", "--model", "quantum-neurons", "--set", "model.circuit=xor", "--output", "out"]
          + options)
      #expect(result.code != 0 && result.error.contains(words), "\(result.error)")
    }
  }
}
