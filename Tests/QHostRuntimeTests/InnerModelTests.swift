import QHostInterfaces
import QHostRuntime
import QHostRuntimeTesting
import QHostTesting
import Testing

@Suite("A model that generates the parameters of an inner one")
struct InnerModelTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(
    _ model: String = "generator", _ words: [String] = [], optimizer: String = "follower",
    evaluations: Int = 60
  ) throws -> TestRun {
    var budget = Budget()
    budget.maxEvaluations = evaluations
    var run = try TestRun(optimizer, set: words, budget: budget)
    run.specification.model = model
    return run
  }

  /// Trains a model, and gives the path of its file.
  private func trained(_ model: String = "linear", _ words: [String] = []) throws -> String {
    let run = TrainingRun(try run(model, words).assembly(), folder: folder.path)
    _ = try run.writeResult(try run.run())
    return folder.path + "/model.safetensors"
  }

  private func evaluation(_ assembly: RunAssembly, _ point: [Double]) throws -> Evaluation {
    try Evaluation(of: point, on: .train, table: assembly.parts.table, parts: assembly.parts)
  }

  private func error(_ body: () throws -> some Any) -> RunError? {
    #expect(throws: RunError.self) { _ = try body() }
  }

  @Test("has the gradient of central differences")
  func gradient() throws {
    let model = try run("generator", ["model.count=4"]).assembly().model
    let inputs: [Float] = [0.3, -0.7, 0.2, 0.9, -0.4, 0.5]
    let weights: [Float] = [0.5, -1, 0.25, 2, 1, -0.5]
    let point = [0.1, -0.2, 0.3, 0.05]
    let session = try model.makeSession()
    func value(_ point: [Double]) throws -> Double {
      var outputs = [Float](repeating: 0, count: 6)
      try point.withUnsafeBufferPointer { point in
        try outputs.withUnsafeMutableBufferPointer {
          try session.forward(parameters: point, pointCount: 1, outputs: $0)
        }
      }
      return zip(outputs, weights).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    try inputs.withUnsafeBufferPointer { inputs in
      try session.bind(inputs: inputs, rowCount: 3)
      _ = try value(point)
      var gradient = [Double](repeating: .nan, count: 4)
      try weights.withUnsafeBufferPointer { weights in
        try gradient.withUnsafeMutableBufferPointer {
          try session.backward(outputGradients: weights, gradient: $0)
        }
      }
      for index in 0..<4 {
        var (low, high) = (point, point)
        low[index] -= 0.5
        high[index] += 0.5
        // Outputs are linear in the parameters: the difference is exact but for single precision.
        #expect(abs(try value(high) - value(low) - gradient[index]) < 1e-5)
      }
    }
  }

  @Test("starts from a trained file of the inner model, which is in the record with its SHA-256")
  func starting() throws {
    let path = try trained()
    let run = try run("generator", ["model.inner.from=\(path)"], evaluations: 1)
    let assembly = try run.assembly()
    let plain = try self.run("linear")
    var reference = plain.specification
    reference.start = path
    let inner = try RunAssembly(
      reference, catalogue: plain.catalogue, common: InProcessPlugin.common(seed: 9))
    // θ = 0 is the inner model where it starts.
    let (loss, expected) = (
      try evaluation(assembly, [0, 0, 0]),
      try evaluation(inner, inner.problem.initial)
    )
    #expect(loss == expected)
    let unlike = try evaluation(try self.run().assembly(), [0, 0, 0])
    #expect(loss != unlike)
    let record = try RunRecord(try run.outcome(), of: assembly, artifacts: [])
    let from = try #require(record.model.dependencies["inner"]?.from)
    #expect(from.path == path)
    let digest = try FileAccess.read(path).withUnsafeBytes { SHA256Digest.of($0) }
    #expect(from.sha256 == digest)
    #expect(record.model.from == nil)
    #expect(JSONText.value(RunRecord.self, of: try record.json().utf8) == record)
  }

  @Test("has work that is made of the inner model's")
  func work() throws {
    let model = try run().assembly().model
    let inner = LinearModel(inputCount: 2, outputCount: 2).modelDescription
    #expect(model.modelDescription.passWork.row == inner.passWork.row)
    #expect(
      model.modelDescription.passWork.pass
        == inner.passWork.pass + Double(inner.parameterCount))
  }

  @Test("is trained alike after an interruption, with the file, and not without it")
  func resuming() throws {
    let path = try trained()
    let words = ["model.inner.from=\(path)"]
    var run = try run("generator", words, optimizer: "sweeper", evaluations: 60_000)
    run.threads = 2
    let unbroken = OutcomeBits(try run.outcome())
    let own = try TemporaryFolder()
    #expect(try run.part(in: own.path, isResumed: false, until: 5_000).reason == .cancelled)
    var resumed = run
    resumed.specification = try TrainingRun.specification(in: own.path)
    let file = try FileAccess.read(path)
    let another = TrainingRun(
      try self.run("linear", optimizer: "walker", evaluations: 9).assembly(), folder: folder.path)
    _ = try another.writeResult(try another.run())
    let changed = error { try resumed.part(in: own.path, isResumed: true) }
    #expect(changed?.kind == .data)
    #expect(changed?.message.contains("'\(path)' has changed since the run began") == true)
    try FileAccess.remove(path)
    let gone = error { try resumed.part(in: own.path, isResumed: true) }
    #expect(gone?.kind == .data)
    #expect(gone?.message.contains("model.inner.from: cannot read '\(path)'") == true)
    try FileAccess.write(file, to: path)
    #expect(OutcomeBits(try resumed.part(in: own.path, isResumed: true)) == unbroken)
  }

  @Test("refuses files that do not fit, and settings that mean nothing")
  func refusals() throws {
    let path = try trained()
    let shape = error { try self.run("generator", ["model.inner.from=/nowhere"]).assembly() }
    #expect(shape?.kind == .data)
    #expect(shape?.message.contains("model.inner.from: cannot read '/nowhere'") == true)
    // The wrapper declares no such capability: there the key is one of the inner model's own, if it has it.
    let unknown = error { try self.run("wrapper", ["model.inner.from=\(path)"]).assembly() }
    #expect(unknown?.message.contains("there is no parameter 'model.inner.from'") == true)
    _ = try run("wrapper", ["model.inner=from-model", "model.inner.from=3"]).assembly()
    let outer = error { try self.run("generator", ["model.from=\(path)"]).assembly() }
    #expect(outer?.message.contains("there is no parameter 'model.from'") == true)
    let taken = error { try self.run("generator", ["model.inner=from-model"]).assembly() }
    #expect(taken?.kind == .usage)
    #expect(taken?.message.contains("model 'from-model' cannot stand at model.inner") == true)
    let empty = error { try self.run("generator", ["model.inner.from="]).assembly() }
    #expect(empty?.message.contains("model.inner.from is empty") == true)
    let other = error {
      try self.run("generator", ["model.inner=wrapper", "model.inner.from=\(path)"]).assembly()
    }
    #expect(other?.kind == .usage)
    #expect(other?.message.contains("model 'wrapper' cannot start from '\(path)'") == true)
    let generator = try trained("generator")
    let few = error {
      try self.run(
        "generator",
        ["model.inner=generator", "model.inner.count=5", "model.inner.from=\(generator)"]
      )
      .assembly()
    }
    #expect(few?.kind == .data)
    #expect(
      few?.message.contains("'parameters' is 3, the model needs 5") == true, "\(few?.message ?? "")"
    )
  }

  @Test("within another one starts from its own file, and that of what it is made around")
  func nesting() throws {
    let linear = try trained()
    let generator = folder.path + "/generator"
    try FileAccess.makeFolder(generator)
    let middle = TrainingRun(
      try run("generator", ["model.inner.from=\(linear)"]).assembly(), folder: generator)
    _ = try middle.writeResult(try middle.run())
    let run = try run(
      "generator",
      [
        "model.inner=generator", "model.inner.from=\(generator)/model.safetensors",
        "model.inner.inner.from=\(linear)",
      ], evaluations: 1)
    let assembly = try run.assembly()
    let trained = try ModelFile(reading: generator + "/model.safetensors")
    let parameters = try trained.parameters(for: assembly.model.modelDescription)
    let reference = try self.run("generator", ["model.inner.from=\(linear)"]).assembly()
    #expect(
      try evaluation(assembly, [0, 0, 0])
        == evaluation(reference, parameters))
    let record = try RunRecord(try run.outcome(), of: assembly, artifacts: [])
    #expect(record.model.dependencies["inner"]?.dependencies["inner"]?.from?.path == linear)
  }
}
