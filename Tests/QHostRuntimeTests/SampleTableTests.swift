import QHostInterfaces
import QHostRuntime
import QHostRuntimeTesting
import Testing

@Suite("SampleTable")
struct SampleTableTests {
  private func refusal(_ dataset: PlaneDataset) -> String {
    let error = #expect(throws: ComponentError.self) {
      _ = try SampleTable(reading: .train, of: dataset, name: "plane")
    }
    #expect(error?.kind == .data)
    return error?.message ?? ""
  }

  @Test("It holds the rows of a split")
  func rows() throws {
    let table = try SampleTable(reading: .test, of: PlaneDataset(), name: "plane")
    #expect(table.rowCount == 10 && table.inputCount == 2 && table.targetWidth == 1)
    #expect(table.inputs(ofRows: 0..<1)[0] == PlaneDataset.features(1_000).0)
    #expect(try SampleTable(reading: .validation, of: PlaneDataset(), name: "p").rowCount == 0)
  }

  @Test(
    "A feature that is not a number is refused with its place",
    arguments: [
      Float.nan, .infinity, -.infinity,
    ])
  func features(value: Float) {
    let dataset = PlaneDataset()
    dataset.change = { row, inputs, _ in if row == 6 { inputs[2 * row + 1] = value } }
    #expect(refusal(dataset).contains("dataset 'plane', train row 7, feature 2 is \(value)"))
  }

  @Test(
    "A class that is none of the dataset's is refused",
    arguments: [
      -1, 2, 0.5, Float.nan, .infinity,
    ])
  func classes(value: Float) {
    let dataset = PlaneDataset()
    dataset.change = { row, _, targets in if row == 3 { targets[row] = value } }
    let words = value.isNaN ? "has no target" : "has the target \(value), not a class of 2"
    #expect(refusal(dataset).contains("train row 4 \(words)"))
  }

  @Test("A number to learn may be anything finite")
  func numbers() throws {
    let dataset = PlaneDataset(.regression, outputs: 2)
    dataset.change = { row, _, targets in targets[2 * row] = -3.5 }
    _ = try SampleTable(reading: .train, of: dataset, name: "plane")
    dataset.change = { row, _, targets in if row == 3 { targets[2 * row + 1] = .nan } }
    #expect(refusal(dataset).contains("train row 4 has no target"))
  }
}
