import Foundation
import QHostInterfaces
import QHostPluginTesting
import QHostRuntime
import QHostTesting
import Testing

@Suite("A model in C that generates an inner one", .enabled(if: CCompiler.isPresent))
struct GeneratedModelTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try CCompiler.fixture("generator_model", in: folder)
    try CCompiler.fixture("wrapper_model", in: folder)
  }

  private func run(
    _ words: String, _ more: [String] = [], isolated: Bool = false
  ) throws -> Program {
    try HostProgram.run(
      words.split(separator: " ").map(String.init) + ["--quiet"] + more, plugins: [folder.path],
      isolatesUntrusted: isolated)
  }

  private func json(_ program: Program) throws -> [String: Any] {
    #expect(program.ending == .exited(0), "\(program.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(program.output.utf8))
    return try #require(object as? [String: Any])
  }

  private func loss(_ record: [String: Any]) throws -> Double {
    try #require((record["metrics"] as? [String: [String: Double]])?["test"]?["loss"])
  }

  private func refusal(_ program: Program, _ code: Int32, _ words: String) {
    #expect(program.ending == .exited(code), "\(program.output)")
    #expect(program.errors.contains(words), "\(program.errors)")
  }

  @Test(
    "is trained with gradients and without, from a trained inner model, evaluated and deployed, in a process of its own too",
    arguments: [false, true])
  func whole(isolated: Bool) throws {
    func run(_ words: String) throws -> Program { try self.run(words, isolated: isolated) }
    let path = folder.path
    _ = try json(
      try run("run --optimizer adam --max-evals 50 --json --output \(path)/mlp"))
    let from = "--set model.inner.from=\(path)/mlp/model.safetensors"
    let start = try json(
      try run(
        "run --model fixture-generator \(from) --optimizer sa --max-evals 1 --json --output \(path)/a"
      ))
    for optimizer in ["adam", "sa"] {
      let record = try json(
        try run(
          "run --model fixture-generator \(from) --optimizer \(optimizer) --max-evals 200 --json "
            + "--output \(path)/\(optimizer)"))
      let model = try #require(record["model"] as? [String: Any])
      #expect(model["parameter_count"] as? Int == 8)
      let inner = (model["dependencies"] as? [String: [String: Any]])?["inner"]
      let file = try #require(inner?["from"] as? [String: String])
      #expect(file["path"] == "\(path)/mlp/model.safetensors")
      #expect(file["sha256"]?.count == 64)
      #expect(try loss(record) < loss(start))
    }
    let evaluation = try json(try run("eval \(path)/adam/model.safetensors --json"))
    #expect(evaluation["dependencies"] as? [String: String] == ["model.inner": "mlp"])
    for target in ["onnx", "c99"] {
      let deployed = try json(
        try run(
          "deploy \(path)/adam/model.safetensors --target \(target) --json --output \(path)/\(target)"
        ))
      #expect(deployed["dependencies"] as? [String: String] == ["model.inner": "mlp"])
      let deployment = try #require(deployed["deployment"] as? [String: Any])
      // ONNX files are not run here, C is.
      #expect(deployment["agreement"] as? Double == (target == "c99" ? 1 : nil), "\(deployment)")
    }
    _ = try json(
      try run("export-weights \(path)/adam --output \(path)/net.safetensors --json"))
    let exported = try json(try run("eval \(path)/net.safetensors --json"))
    #expect(exported["model"] as? String == "mlp")
    #expect(try loss(exported) == loss(evaluation))
    // The inner model's own file is needed again, as it was.
    try FileAccess.write([1, 2, 3], to: "\(path)/mlp/model.safetensors")
    refusal(try run("eval \(path)/adam/model.safetensors"), 5, "not an intact safetensors file")
  }

  @Test("has the gradient of central differences")
  func gradient() throws {
    let bench = try Bench([folder.path, BuiltProducts.folder])
    var specification = RunSpecification(
      optimizer: "adam", model: "fixture-generator", dataset: "iris")
    specification.batchRows = 0
    let assembly = try bench.assembly(specification)
    let point = (0..<8).map { 0.05 * Double($0 - 3) }
    var query = Query()
    query.kind = .gradient
    query.points = point
    var answer = Answer()
    try assembly.objective.answer(query, into: &answer)
    let gradient = answer.gradient
    #expect(gradient.contains { abs($0) > 0.01 })
    for index in point.indices {
      var points = point + point
      points[index] -= 1e-2
      points[8 + index] += 1e-2
      var query = Query()
      query.points = points
      try assembly.objective.answer(query, into: &answer)
      let difference = (answer.losses[1] - answer.losses[0]) / 2e-2
      #expect(abs(difference - gradient[index]) < 2e-3 * max(1, abs(difference)))
    }
  }

  @Test("is compared with the inner file in the dry run, and not resumed with another one")
  func comparing() throws {
    let path = folder.path
    _ = try json(try run("run --optimizer adam --max-evals 9 --json --output \(path)/mlp"))
    let file = "\(path)/mlp/model.safetensors"
    let command =
      "compare -o sa,adam -m fixture-generator --max-evals 20 --seeds 1 --set model.inner.from=\(file)"
    let dry = try run("\(command) --dry-run --no-estimate --output \(path)/out")
    #expect(dry.output.contains("model.inner.from=\(file)"), "\(dry.output)\(dry.errors)")
    #expect(try json(try run("\(command) --json --output \(path)/out"))["finished"] as? Int == 2)
    _ = try json(try run("run --optimizer adam --max-evals 12 --json --output \(path)/other"))
    try FileAccess.write(try FileAccess.read("\(path)/other/model.safetensors"), to: file)
    refusal(
      try run("compare --resume --output \(path)/out"), 2,
      "'\(file)', which an inner model starts from, was another file")
  }

  @Test("says what is wrong: a host's side that is used wrongly, a file of another kind or shape")
  func refusals() throws {
    let path = folder.path
    _ = try json(
      try run(
        "run --optimizer adam --max-evals 9 --json --output \(path)/logistic --model logistic"))
    _ = try json(
      try run("run --optimizer adam --max-evals 9 --json --output \(path)/mlp --set model.hidden=3")
    )
    let command =
      "run --model fixture-generator --optimizer sa --max-evals 9 --set model.inner.from="
    refusal(try run(command + "\(path)/nothing"), 5, "model.inner.from: cannot read")
    refusal(
      try run(command + "\(path)/logistic/model.safetensors"), 2, "model 'mlp' cannot start from")
    refusal(
      try run(command + "\(path)/mlp/model.safetensors"), 2, "a 'mlp' of another shape: model 'mlp'"
    )
    refusal(
      try run("\(command)\(path)/mlp/model.safetensors --dataset digits"), 5, "dataset 'digits' has"
    )
    _ = try json(
      try run(
        "run --model fixture-generator --optimizer sa --max-evals 9 --json --output \(path)/integer "
          + "--set model.inner=integer-mlp"))
    refusal(
      try run("export-weights \(path)/integer --output \(path)/x"), 2, "it takes integers from"
    )
    _ = try json(
      try run(
        "run --model fixture-wrapper --optimizer sa --max-evals 9 --json --output \(path)/wrapper"))
    refusal(
      try run("export-weights \(path)/wrapper --output \(path)/x"), 2,
      "does not hand out parameters that it generates")
    let own = try TemporaryFolder()
    try CCompiler.fixture("generator_model", in: own, definitions: ["DEPENDENCY=3"])
    let wrong = try HostProgram.run(
      ["run", "--model", "fixture-generator", "--optimizer", "sa", "--max-evals", "9", "--quiet"],
      plugins: [own.path])
    refusal(wrong, 4, "asked for its dependency 3, which is not a model")
    let old = try TemporaryFolder()
    try CCompiler.fixture("generator_model", in: old, definitions: ["HAS_INNER=0"])
    let without = try HostProgram.run(
      (command + "x").split(separator: " ").map(String.init) + ["--quiet"], plugins: [old.path])
    refusal(without, 2, "there is no parameter 'model.inner.from'")
  }
}
