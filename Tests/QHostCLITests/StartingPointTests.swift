import Foundation
import Testing

@Suite("qhost run --from")
struct StartingPointTests {
  private let model = "first/model.safetensors"

  private func train(_ program: Program, _ options: String...) throws -> Record {
    try Record(try program.run(["run", "--json", "--quiet"] + options))
  }

  @Test("continues from the parameters of the same model")
  func sameModel() throws {
    let program = try Program()
    let first = try train(program, "--optimizer", "adam", "--output", "first")
    let second = try train(
      program, "--optimizer", "tunneling", "--max-evals", "1", "--from", model, "--output", "second"
    )
    #expect(
      try second.part("metrics") as NSDictionary == first.part("metrics") as NSDictionary)
    #expect((second.object["start"] as? String)?.hasSuffix(model) == true)
    #expect(first.object["start"] == nil)
  }

  @Test("begins a network of integers near one of real numbers")
  func anotherModel() throws {
    let program = try Program()
    let scaling = ["--scaling", "minmax"]
    _ = try Record(
      try program.run(
        ["run", "--json", "--quiet", "--optimizer", "adam", "--output", "first"] + scaling))
    let whole =
      ["run", "--json", "--quiet", "--model", "integer-mlp", "--max-evals", "1"] + scaling
    let near = try Record(try program.run(whole + ["--from", model, "--output", "near"]))
    let far = try Record(try program.run(whole + ["--output", "far"]))
    #expect(try near.metric("train", "loss") < 0.5 * far.metric("train", "loss"))
  }

  @Test("refuses what does not fit, and says what would")
  func refusals() throws {
    let program = try Program()
    _ = try train(program, "--optimizer", "adam", "--output", "first")
    expectRefusal(
      try program.run("run", "--from", "nowhere.safetensors", "--max-evals", "1"), code: 5,
      "nowhere.safetensors")
    expectRefusal(
      try program.run(
        "run", "--from", model, "--max-evals", "1", "--set", "model.hidden=5"), code: 2,
      "a 'mlp' of another shape", "4-16-3")
    expectRefusal(
      try program.run("run", "--from", model, "--max-evals", "1", "--dataset", "digits"), code: 5,
      "dataset 'digits'")
    expectRefusal(
      try program.run("run", "--from", model, "--max-evals", "1", "--model", "logistic"),
      code: 2, "'logistic'", "cannot start from")
    expectRefusal(
      try program.run("run", "--from", model, "--max-evals", "1", "--scaling", "none"), code: 2,
      "--scaling")
  }
}
