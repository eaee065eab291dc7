import QHostInterfaces
import QHostTesting
import StandardDatasets
import Testing

@Suite("MNIST that drifts")
struct ImageDriftTests {
  private func mnist(_ drift: String, index: Int, in folder: DataFolder) throws -> MNIST {
    try MNIST(
      request: request(
        for: MNIST.descriptor,
        ["drift": .choice(drift, index: index), "drift_rows": .integer(2)], host: folder))
  }

  /// Eleven training images of 28×28 and two test images, whose pixels are all different in rows and columns.
  private func folder() throws -> DataFolder {
    let folder = try DataFolder()
    for (name, count) in [("train", 11), ("t10k", 2)] {
      var pixels: [UInt8] = []
      for place in 0..<count * 784 {
        let value = place * 7 + place / 28 * 3 + place / 784
        pixels.append(UInt8(value % 251))
      }
      try folder.write("mnist/\(name)-images-idx3-ubyte", idx([count, 28, 28], pixels))
      try folder.write(
        "mnist/\(name)-labels-idx1-ubyte", idx([count], (0..<count).map { UInt8($0 % 10) }))
    }
    return folder
  }

  @Test("Pairs of classes change their names in every second stretch, in the training split alone")
  func swap() throws {
    let folder = try folder()
    let (plain, swapped) = (
      try mnist("none", index: 0, in: folder), try mnist("swap", index: 1, in: folder)
    )
    let rows = plain.datasetDescription.rowCount(.train)
    #expect(plain.datasetDescription.drifts.isEmpty)
    #expect(
      swapped.datasetDescription.drifts[.train]
        == stride(from: 2, to: rows, by: 2).map { Drift(row: $0) })
    let (before, after) = (try plain.samples(.train), try swapped.samples(.train))
    #expect(before.inputs == after.inputs)
    for row in 0..<rows {
      let own = Int(before.targets[row])
      #expect(Int(after.targets[row]) == (row / 2 % 2 == 1 ? own ^ 1 : own), "row \(row)")
    }
    #expect(try plain.samples(.test).targets == swapped.samples(.test).targets)
  }

  @Test("Images turn by a quarter more in each stretch")
  func turn() throws {
    let folder = try folder()
    let plain = try mnist("none", index: 0, in: folder)
    let turned = try mnist("turn", index: 2, in: folder)
    let side = plain.datasetDescription.input.extents[0]
    let (before, after) = (try plain.samples(.train), try turned.samples(.train))
    #expect(before.targets == after.targets)
    for (row, image) in before.inputs.enumerated() {
      var expected = image
      for _ in 0..<row / 2 % 4 {
        let last = expected
        // Clockwise: what was the left column becomes the top row.
        for y in 0..<side {
          for x in 0..<side { expected[y * side + x] = last[(side - 1 - x) * side + y] }
        }
      }
      #expect(after.inputs[row] == expected, "row \(row)")
    }
  }

  @Test("It does not go with moved images")
  func refusal() throws {
    let folder = try folder()
    let error = #expect(throws: ComponentError.self) {
      try MNIST(
        request: request(
          for: MNIST.descriptor, ["drift": .choice("swap", index: 1), "shift": .integer(1)],
          host: folder))
    }
    #expect(error?.message.contains("shift and drift do not go together") == true)
  }
}
