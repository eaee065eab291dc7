import Testing

@Suite("Students of mcs, on the command line")
struct LinkStudentTests {
  private static let small = ["--dataset", "mcs", "--set", "dataset.samples=7000"]

  @Test("The teacher in integers chooses as it does, and plays from its file")
  func rounded() throws {
    let program = try Program()
    let student = try Record(
      try program.run(
        ["run", "--optimizer", "none", "--model", "quantised", "--scaling", "none", "--json"]
          + ["--set", "model.inner=mcs-teacher", "--set", "model.bits=8,8,16", "--output", "out"]
          + ["--quiet"] + Self.small))
    #expect(try student.metric("test", "agreement") > 0.93)
    #expect(try student.metric("test", "stored_bits") == 704_256)
    let written = try program.run("export-weights", "out", "--output", "net.safetensors")
    #expect(written.code == 0, "\(written.error)")
    let played = try Record(
      try program.run(
        ["run", "--optimizer", "none", "--model", "logistic", "--json", "--output", "play"]
          + ["--set", "dataset.player=net.safetensors", "--set", "dataset.episodes=20", "--quiet"]
          + Self.small))
    #expect(abs(try played.metric("test", "loop_teacher_share") - 1) < 0.03)
  }

  @Test("A model that cannot play is refused by its file")
  func refusal() throws {
    let program = try Program()
    let trained = try program.run(
      ["run", "--optimizer", "none", "--model", "logistic", "--output", "out"] + Self.small)
    #expect(trained.code == 0, "\(trained.error)")
    expectRefusal(
      try program.run(
        ["run", "--optimizer", "none", "--model", "logistic", "--output", "play", "--set"]
          + ["dataset.player=out/model.safetensors"] + Self.small), code: 5, "it is a logistic")
  }
}
