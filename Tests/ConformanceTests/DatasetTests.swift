import QHostBridging
import QHostInterfaces
import QHostPluginTesting
import QHostRuntime
import Testing

@Suite("Every dataset, through its library")
struct DatasetTests {
  @Test(
    "No dataset is left out for lack of its files",
    .enabled(
      if: DatasetCase.absent.isEmpty, "not tested without their files: \(DatasetCase.absent)"))
  func complete() { #expect(!DatasetCase.present.isEmpty) }

  @Test("Its description is consistent", arguments: DatasetCase.present)
  func description(_ component: BenchComponent) throws {
    for dataset in try DatasetCase.all(component) {
      let description = dataset.description
      let (f, c) = (description.input.count, description.output.count)
      #expect(description.rowCount(.train) >= 1)
      #expect(c >= 1)
      #expect(f >= 1 || description.task == .scenario)
      let expected = [Task.classification: 1, .regression: c, .scenario: 0][description.task]
      #expect(description.targetWidth == expected)
      #expect(description.featureNames.isEmpty || description.featureNames.count == f)
      #expect(description.outputNames.isEmpty || description.outputNames.count == c)
      #expect(Set(description.outputNames).count == description.outputNames.count)
      for bounds in [description.outputLower, description.outputUpper] {
        #expect(bounds.isEmpty || bounds.count == c)
      }
      for (lower, upper) in zip(description.outputLower, description.outputUpper) {
        #expect(lower < upper)
      }
      #expect(description.source != "")
    }
  }

  @Test(
    "Rows are finite, labels are classes, and all classes occur", arguments: DatasetCase.present)
  func rows(_ component: BenchComponent) throws {
    let dataset = try DatasetCase(component)
    for split in Split.allCases where dataset.description.rowCount(split) > 0 {
      let (inputs, targets) = try dataset.read(split, dataset.sample(split))
      #expect(inputs.allSatisfy { $0.isFinite }, "\(split)")
      #expect(targets.allSatisfy { $0.isFinite }, "\(split)")
      guard dataset.description.task == .classification else { continue }
      let classes = Set(targets)
      #expect(classes == Set((0..<dataset.description.output.count).map(Float.init)), "\(split)")
    }
  }

  @Test("Any rows in any order are those of the whole", arguments: DatasetCase.present)
  func order(_ component: BenchComponent) throws {
    let dataset = try DatasetCase(component)
    let (f, t) = (dataset.description.input.count, dataset.description.targetWidth)
    for split in Split.allCases where dataset.description.rowCount(split) > 0 {
      let rows = dataset.sample(split)
      let whole = try dataset.read(split, rows)
      let places = [rows.count - 1, 0, rows.count / 2, rows.count / 2]
      let part = try dataset.read(split, places.map { rows[$0] })
      for (number, place) in places.enumerated() {
        #expect(
          part.inputs[number * f..<(number + 1) * f] == whole.inputs[place * f..<(place + 1) * f])
        #expect(
          part.targets[number * t..<(number + 1) * t] == whole.targets[place * t..<(place + 1) * t])
      }
      let again = try DatasetCase(component).read(split, rows)
      #expect(again == whole)
    }
  }

  @Test("Variant 0 of a training row is the row itself", arguments: DatasetCase.present)
  func variants(_ component: BenchComponent) throws {
    for dataset in try DatasetCase.all(component) where dataset.description.variantCount > 1 {
      let rows = Array(dataset.sample(.train).prefix(50))
      var inputs = [Float](repeating: .nan, count: rows.count * dataset.description.input.count)
      try inputs.withUnsafeMutableBufferPointer { inputs in
        try dataset.dataset.readVariants(rows.map { _ in 0 }, rows: rows, inputs: inputs)
      }
      #expect(inputs == (try dataset.read(.train, rows).inputs))
    }
  }

  @Test("Splits have no rows in common", arguments: DatasetCase.present)
  func disjoint(_ component: BenchComponent) throws {
    let dataset = try DatasetCase(component)
    // The points of streams are not samples: there are few different ones.
    guard dataset.description.task != .scenario, dataset.description.streams.isEmpty else { return }
    let width = dataset.description.input.count
    let splits = try Split.allCases.map { split in
      let inputs = try dataset.read(split, Array(0..<dataset.description.rowCount(split))).inputs
      return stride(from: 0, to: inputs.count, by: width).map { start in
        SHA256Digest.of(inputs[start..<start + width])
      }
    }
    for first in splits.indices {
      for second in splits.indices where second > first {
        let common = Set(splits[first])
        let shared = splits[second].filter(common.contains).count
        // A few measurements of real data are alike in every digit: one row in fifty at most.
        #expect(shared * 50 <= splits[second].count, "\(shared) rows of split \(second)")
      }
    }
  }
}

extension SHA256Digest {
  fileprivate static func of(_ row: ArraySlice<Float>) -> String {
    row.withUnsafeBytes { of($0) }
  }
}
