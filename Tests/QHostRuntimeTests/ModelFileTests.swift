import QHostInterfaces
import QHostRuntime
import QHostRuntimeTesting
import QHostTesting
import Testing

@Suite("ModelFile")
struct ModelFileTests {
  private let folder: TemporaryFolder
  private let path: String
  private let description: ModelFile.Description

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path + "/model.safetensors"
    var budget = Budget()
    budget.maxEvaluations = 10
    let run = TrainingRun(
      try TestRun("walker", budget: budget).assembly(), folder: folder.path)
    _ = try run.writeResult(try run.run())
    description = try ModelFile(reading: path).description
  }

  @Test("A run's file says how it was made")
  func descriptions() {
    #expect(description.format == "qhost.model/1")
    #expect(description.specification.optimizer == "walker")
    #expect(description.loss == "cross-entropy")
    #expect(description.input == [2] && description.output == [2])
    #expect(description.datasetSHA256.count == 64)
  }

  @Test("Parameters are read as they were written", arguments: [true, false])
  func roundTrip(hasBlocks: Bool) throws {
    var model = LinearModel(inputCount: 2, outputCount: 2).modelDescription
    if !hasBlocks { model.blocks = [] }
    let parameters = [1.5, -0.0, .leastNonzeroMagnitude, 1e300, .pi, -7]
    _ = try ModelFile.write(description, parameters: parameters, blocks: model.blocks, to: path)
    let read = try ModelFile(reading: path)
    #expect(read.description == description)
    #expect(try read.parameters(for: model).map(\.bitPattern) == parameters.map(\.bitPattern))
  }

  @Test("A model of another shape is refused with both shapes")
  func anotherShape() throws {
    let file = try ModelFile(reading: path)
    let wide = LinearModel(inputCount: 3, outputCount: 2).modelDescription
    let error = #expect(throws: RunError.self) { _ = try file.parameters(for: wide) }
    #expect(error?.kind == .data)
    #expect(error?.message.contains("tensor 'weight' is 2×2, the model needs 2×3") == true)
    var renamed = LinearModel(inputCount: 2, outputCount: 2).modelDescription
    renamed.blocks[0].name = "kernel"
    let other = #expect(throws: RunError.self) { _ = try file.parameters(for: renamed) }
    #expect(other?.message.contains("no tensor 'kernel'") == true)
  }

  @Test("Weights that are not finite are refused", arguments: [Double.nan, .infinity])
  func notFinite(value: Double) throws {
    let model = LinearModel(inputCount: 2, outputCount: 2).modelDescription
    let parameters = [0, 0, 0, 0, 0, value]
    _ = try ModelFile.write(description, parameters: parameters, blocks: model.blocks, to: path)
    let error = #expect(throws: RunError.self) {
      _ = try ModelFile(reading: path).parameters(for: model)
    }
    #expect(error?.message.contains("tensor 'bias' holds NaN or infinity") == true)
  }

  @Test("A file of another form, or with a scaling that cannot be, is refused")
  func otherForms() throws {
    var later = description
    later.format = "qhost.model/9"
    var flat = description
    (flat.preprocessing.shift, flat.preprocessing.factor) = ([0, 0], [1, 0])
    for (changed, says) in [(later, "is of the form 'qhost.model/9'"), (flat, "scaling")] {
      _ = try ModelFile.write(changed, parameters: [1], blocks: [], to: path)
      let error = #expect(throws: RunError.self) { _ = try ModelFile(reading: path) }
      #expect(error?.kind == .data && error?.message.contains(says) == true)
    }
  }

  @Test("A weight that was changed is noticed by the checksum")
  func changedWeight() throws {
    var bytes = try FileAccess.read(path)
    bytes[bytes.count - 3] ^= 4
    try FileAccess.write(bytes, to: path)
    let error = #expect(throws: RunError.self) { _ = try ModelFile(reading: path) }
    #expect(error?.message.contains("XXH3 checksum") == true)
  }

  @Test("A file of somebody else is refused")
  func somebodyElse() throws {
    var file = Safetensors()
    file.tensors = [("parameters", .init([1, 2], shape: [2]))]
    try FileAccess.write(try file.encoded(), to: path)
    let error = #expect(throws: RunError.self) { _ = try ModelFile(reading: path) }
    #expect(error?.message.contains("was not written by 'qhost run'") == true)
  }
}
