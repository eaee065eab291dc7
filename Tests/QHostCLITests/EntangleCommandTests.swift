import Foundation
import Testing

@Suite("qhost entangle")
struct EntangleCommandTests {
  private static let bipartite = [
    "--dataset", "bipartite", "--set", "dataset.train_rows=600", "--set", "dataset.side=12",
  ]

  private func train(_ program: Program, _ output: String, _ options: [String]) throws {
    let result = try program.run(["run", "--quiet", "--output", output] + options)
    #expect(result.code == 0, "\(result.error)")
  }

  private func models(_ result: Program.Result) throws -> [[String: Any]] {
    #expect(result.code == 0, "\(result.error)")
    return try #require(try result.json()["models"] as? [[String: Any]])
  }

  @Test("follows a run from its start to its end, and draws it", arguments: ["adam", "tunneling"])
  func follows(optimizer: String) throws {
    let program = try Program()
    try train(
      program, "out",
      Self.bipartite + [
        "--optimizer", optimizer, "--set", "model.hidden=6", "--snapshots", "2",
        "--max-forward-equivalents", "40",
      ])
    let result = try program.run(
      "entangle", "out", "--json", "--samples", "60", "--resamples", "20", "--figure", "e.svg")
    let found = try models(result)
    // 0, 1, 3.2, 10, 32 passes and the end; minibatches and cuts may leap over some.
    #expect(found.count >= 4)
    let passes = found.compactMap { $0["passes"] as? Double }
    #expect(passes.count == found.count && passes[0] == 0 && passes == passes.sorted())
    for model in found {
      let entropy = try #require(model["entropy"] as? Double)
      let interval = try #require(model["entropy_interval"] as? [String: Double])
      #expect(entropy > 0 && entropy < log(60.0))
      #expect(interval["lower"] ?? 9 < interval["upper"] ?? 0)
      let weights = try #require(model["weights"] as? [Double])
      #expect(weights == weights.sorted(by: >) && weights.reduce(0, +) < 1 + 1e-9)
    }
    let entropies = found.compactMap { $0["entropy"] as? Double }
    #expect(Set(entropies).count > 1)
    let figure = try String(contentsOfFile: program.folder + "/e.svg", encoding: .utf8)
    #expect(figure.contains("<svg") && figure.contains("passes of the training split"))
    let text = try program.run("entangle", "out", "--samples", "60", "--resamples", "20")
    #expect(
      text.output.contains("entropy (nat)") && text.output.contains("x1,x2,x3,x4 | y1,y2,y3,y4"))
    // The same on one thread.
    let again = try program.run(
      "entangle", "out", "--json", "--samples", "60", "--resamples", "20", "--threads", "1")
    #expect(again.output == result.output)
  }

  @Test("A linear model is a sum of two functions, of its weights' squares")
  func linear() throws {
    let program = try Program()
    try train(
      program, "out",
      Self.bipartite + ["--model", "logistic", "--optimizer", "adam", "--max-evals", "50"])
    let found = try models(
      try program.run("entangle", "out", "--json", "--samples", "300", "--resamples", "50"))
    #expect(found[0]["rank"] as? Int ?? 9 <= 2)
    let entropy = try #require(found[0]["entropy"] as? Double)
    #expect(entropy <= log(2.0) + 1e-6)
    // All of the inputs of one part on one side: a product of f and 1.
    let refused = try program.run("entangle", "out", "--bipartition", "1-8|")
    expectRefusal(refused, code: 2, "leaves one part empty")
  }

  @Test("What cannot be told is refused in one sentence")
  func refusals() throws {
    let program = try Program()
    try train(program, "iris", ["--optimizer", "adam", "--max-evals", "20"])
    expectRefusal(
      try program.run("entangle", "iris", "--samples", "40"), code: 2, "3 outputs", "--output")
    expectRefusal(
      try program.run("entangle", "iris", "--output", "rose"), code: 2, "'rose'")
    expectRefusal(
      try program.run("entangle", "iris", "--output", "1", "--bipartition", "1-2|2-4"), code: 2,
      "twice")
    expectRefusal(
      try program.run("entangle", "iris", "--output", "1", "--samples", "4000"), code: 2, "4000",
      "train rows")
    expectRefusal(
      try program.run("entangle", "iris", "--output", "1", "--rank-part", "1"), code: 2,
      "--rank-part")
    expectRefusal(
      try program.run("entangle", "iris", "--output", "1", "--figure", "e.png"), code: 2, ".svg")
    expectRefusal(
      try program.run(
        "entangle", "iris", "--output", "1", "--samples", "5", "--rank-part", "0.999999999"),
      code: 2,
      "of 5 samples, too few to tell it", "--samples 10")
    try train(
      program, "neuron",
      ["--model", "quantum-neurons", "--set", "model.sweeps=8", "--max-evals", "1"])
    expectRefusal(try program.run("entangle", "neuron"), code: 2, "random draws", "quantum-neurons")
    expectRefusal(try program.run("entangle", "iris", "neuron"), code: 2, "one by one")
    expectRefusal(try program.run("entangle", "nowhere"), code: 5, "nowhere")
  }
}
