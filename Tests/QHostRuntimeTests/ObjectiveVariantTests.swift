import QHostInterfaces
import QHostRuntime
import QHostRuntimeTesting
import Testing

@Suite("Variants of training rows")
struct ObjectiveVariantTests {
  private let point = [0.3, -0.2, 0.5, 0.1, 0.05, -0.4]

  @Test("A minibatch is made of variants, and its loss is theirs")
  func minibatch() throws {
    let dataset = PlaneDataset(variants: 4)
    let objective = try TestObjective(
      LinearModel(inputCount: 2, outputCount: 2), dataset, loss: .meanSquaredError, batchRows: 10)
    let loss = try objective.points([point], on: .next)[0]
    #expect(dataset.variantsSeen.count == 10)
    #expect(Set(dataset.variantsSeen.values).count > 1)
    // The same rows as a dataset of their own.
    let rows = dataset.variantsSeen.keys.sorted()
    let fixed = PlaneDataset(rows: rows.count)
    fixed.change = { place, inputs, targets in
      let (x, y) = PlaneDataset.features(rows[place])
      inputs[2 * place] = x + Float(dataset.variantsSeen[rows[place]] ?? 0)
      inputs[2 * place + 1] = y
      targets[place] = x + y > 0.3 ? 1 : 0
    }
    let expected = try TestObjective(
      LinearModel(inputCount: 2, outputCount: 2), fixed, loss: .meanSquaredError
    ).points([point])[0]
    #expect(abs(loss - expected) < 1e-6 * expected)
  }

  @Test("The whole training split is evaluated as it is")
  func full() throws {
    let dataset = PlaneDataset(variants: 4)
    let model = LinearModel(inputCount: 2, outputCount: 2)
    let objective = try TestObjective(model, dataset, batchRows: 10)
    let plain = try TestObjective(model, PlaneDataset(), batchRows: 10)
    #expect(try objective.points([point], on: .full) == plain.points([point], on: .full))
    #expect(dataset.variantsSeen.isEmpty)
  }

  @Test("Variants that no minibatch would draw are refused")
  func refusal() throws {
    var specification = RunSpecification(optimizer: "walker", model: "linear", dataset: "plane")
    specification.settings = try Settings(["dataset.variants=3"])
    specification.batchRows = 0
    let catalogue = try InProcessPlugin.catalogue()
    let error = #expect(throws: RunError.self) {
      _ = try RunAssembly(specification, catalogue: catalogue, common: InProcessPlugin.common())
    }
    #expect(error?.kind == .usage && error?.message.contains("--batch-size") == true)
  }
}
