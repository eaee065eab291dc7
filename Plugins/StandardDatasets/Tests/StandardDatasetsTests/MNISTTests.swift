import Foundation
import QHostInterfaces
import QHostTesting
import StandardDatasets
import Testing

private let isPresent =
  (try? TestHost().locateData("mnist/train-images-idx3-ubyte.gz")) != nil

@Suite("MNIST")
struct MNISTTests {
  @Test(
    "The files have their published figures", .enabled(if: isPresent, "MNIST is not in QHOST_DATA"))
  func figures() throws {
    let mnist = try MNIST(request: request(for: MNIST.descriptor))
    #expect(
      mnist.datasetDescription.rowCounts == [.train: 60_000, .validation: 0, .test: 10_000])
    #expect(mnist.datasetDescription.input == Shape([28, 28]))
    let train = try mnist.samples(.train, rows: Array(0..<10))
    #expect(train.targets == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4])
    let sum = train.inputs[0].reduce(0) { $0 + Double($1) * 255 }
    #expect(abs(sum - 27_525) < 784 * 255 * 0x1p-24)
    let test = try mnist.samples(.test, rows: [9, 0])
    #expect(test.targets == [9, 7])
  }

  @Test(
    "Pooled images are the means of 2x2 pixels",
    .enabled(if: isPresent, "MNIST is not in QHOST_DATA"))
  func pooling() throws {
    let whole = try MNIST(request: request(for: MNIST.descriptor, ["validation_rows": .integer(5)]))
    let pooled = try MNIST(
      request: request(
        for: MNIST.descriptor,
        [
          "size": .choice("14", index: 1), "validation_rows": .integer(5),
          "train_rows": .integer(1000),
        ]))
    #expect(
      pooled.datasetDescription.rowCounts == [.train: 1000, .validation: 5, .test: 10_000])
    for split in Split.allCases {
      let large = try whole.samples(split, rows: [4, 0, 3])
      let small = try pooled.samples(split, rows: [4, 0, 3])
      #expect(large.targets == small.targets)
      for (a, b) in zip(large.inputs, small.inputs) {
        for row in 0..<14 {
          for column in 0..<14 {
            let corner = 56 * row + 2 * column
            let mean = (a[corner] + a[corner + 1] + a[corner + 28] + a[corner + 29]) / 4
            // Four roundings of values up to 1, and those of their sums up to 4.
            #expect(abs(mean - b[14 * row + column]) <= 0x1p-22)
          }
        }
      }
    }
    let last = try whole.samples(.validation).targets
    #expect(last == [8, 3, 5, 6, 8])
  }

  @Test(
    "The declared sizes are those of the files",
    .enabled(if: isPresent, "MNIST is not in QHOST_DATA"))
  func resources() throws {
    #expect(MNIST.resources.count == 4)
    for resource in MNIST.resources {
      let path = try TestHost().locateData(resource.path)
      let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
      #expect(size == resource.byteCount)
      #expect(resource.sha256.count == 64)
    }
  }

  @Test("Small files of the same kind are read, packed or not")
  func smallFiles() throws {
    for isPacked in [false, true] {
      let folder = try DataFolder()
      try folder.writeMNIST(isPacked: isPacked)
      let mnist = try MNIST(
        request: request(for: MNIST.descriptor, ["validation_rows": .integer(2)], host: folder))
      #expect(mnist.datasetDescription.rowCounts == [.train: 4, .validation: 2, .test: 3])
      let validation = try mnist.samples(.validation)
      #expect(validation.targets == [4, 5])
      #expect(validation.inputs[1][0] == 5.0 / 255 && validation.inputs[0][783] == 4.0 / 255)
    }
  }

  @Test("Variants are the images moved, pooled after the move", arguments: [false, true])
  func shifts(isPooled: Bool) throws {
    let folder = try DataFolder()
    try folder.writeMNIST()
    var image = [UInt8](repeating: 0, count: 784)
    image[28 * 10 + 12] = 255
    image[28 * 27 + 27] = 51
    try folder.write(
      "mnist/train-images-idx3-ubyte", idx([6, 28, 28], (0..<6).flatMap { _ in image }))
    let size = isPooled ? 14 : 28
    let mnist = try MNIST(
      request: request(
        for: MNIST.descriptor,
        ["shift": .integer(1), "size": .choice("\(size)", index: isPooled ? 1 : 0)],
        host: folder))
    #expect(mnist.datasetDescription.variantCount == 9)
    let variants = Array(0..<9)
    var inputs = [Float](repeating: .nan, count: 9 * size * size)
    try inputs.withUnsafeMutableBufferPointer {
      try mnist.readVariants(variants, rows: variants.map { $0 % 6 }, inputs: $0)
    }
    #expect(Array(inputs[..<(size * size)]) == (try mnist.samples(.train, rows: [0]).inputs[0]))
    var places: Set<Int> = []
    for variant in variants {
      let pixels = inputs[variant * size * size..<(variant + 1) * size * size]
      // What leaves the image is lost, and background comes in.
      let total = pixels.reduce(0, +) * (isPooled ? 4 : 1)
      #expect(abs(total - 1) < 1e-6 || abs(total - 1.2) < 1e-6)
      let top = try #require(pixels.max())
      places.insert(try #require(pixels.firstIndex(of: top)) - variant * size * size)
    }
    let rows = isPooled ? 4...5 : 9...11
    let columns = isPooled ? 5...6 : 11...13
    let expected = rows.flatMap { row in columns.map { row * size + $0 } }
    #expect(places == Set(expected))
  }

  @Test("Another folder gives the size of its images and the number of its classes")
  func otherFolder() throws {
    let folder = try DataFolder()
    try folder.writeImages("letters", extents: [6, 4, 6], testExtents: [3, 4, 6], lastLabel: 25)
    for (size, index, shape) in [("28", 0, [4, 6]), ("14", 1, [2, 3])] {
      let set = try MNIST(
        request: request(
          for: MNIST.descriptor,
          ["folder": .text("letters"), "size": .choice(size, index: index), "shift": .integer(1)],
          host: folder))
      #expect(set.datasetDescription.input == Shape(shape))
      #expect(set.datasetDescription.output == Shape([26]))
      #expect(set.datasetDescription.rowCounts == [.train: 6, .validation: 0, .test: 3])
      #expect(set.datasetDescription.source?.contains("letters") == true)
      #expect(try set.samples(.train).targets == [0, 1, 2, 3, 4, 25])
      #expect(try set.samples(.train, rows: [2]).inputs[0].allSatisfy { $0 == 2.0 / 255 })
      var moved = [Float](repeating: .nan, count: shape[0] * shape[1])
      try moved.withUnsafeMutableBufferPointer {
        try set.readVariants([0], rows: [3], inputs: $0)
      }
      #expect(moved.allSatisfy { $0 == 3.0 / 255 })
    }
  }

  @Test("A path that exists is taken before the data folders")
  func pathOfFolder() throws {
    let (folder, empty) = (try DataFolder(), try DataFolder())
    try folder.writeImages("set", extents: [6, 2, 2], testExtents: [3, 2, 2], lastLabel: 5)
    let set = try MNIST(
      request: request(
        for: MNIST.descriptor, ["folder": .text(folder.path + "/set")], host: empty))
    #expect(set.datasetDescription.output == Shape([6]))
  }

  @Test("Files that do not fit are refused by name")
  func otherSizes() throws {
    let folder = try DataFolder()
    try folder.writeImages("mnist", extents: [6, 32, 32], testExtents: [3, 32, 32], lastLabel: 5)
    try folder.writeImages("mixed", extents: [6, 4, 4], testExtents: [3, 4, 2], lastLabel: 5)
    try folder.writeImages("odd", extents: [6, 3, 4], testExtents: [3, 3, 4], lastLabel: 5)
    try folder.writeImages("flat", extents: [6, 0, 4], testExtents: [3, 0, 4], lastLabel: 5)
    for (name, size, needles) in [
      ("mnist", "28", ["32x32", "not 28x28", "set folder"]),
      ("mixed", "28", ["4x4", "4x2", "of one set"]),
      ("odd", "14", ["size 14", "3x4", "set size to 28"]), ("flat", "28", ["without pixels"]),
      ("nowhere", "28", ["'nowhere/train-images-idx3-ubyte' does not exist", "set folder"]),
    ] {
      let error = failure {
        _ = try MNIST(
          request: request(
            for: MNIST.descriptor,
            ["folder": .text(name), "size": .choice(size, index: size == "28" ? 0 : 1)],
            host: folder))
      }
      let message = try #require(error?.message)
      for needle in needles { #expect(message.contains(needle), "\(message)") }
    }
  }

  @Test("Too many validation rows are refused")
  func validationRows() throws {
    let folder = try DataFolder()
    try folder.writeMNIST()
    let error = failure {
      _ = try MNIST(
        request: request(for: MNIST.descriptor, ["validation_rows": .integer(6)], host: folder))
    }
    #expect(error?.kind == .parameter && error?.message.contains("validation_rows 6") == true)
  }
}

extension DataFolder {
  /// Writes images of any size; image i has all pixels and label i, but for the last training label.
  func writeImages(
    _ name: String, extents: [Int], testExtents: [Int], lastLabel: UInt8
  ) throws {
    for (part, extents) in [("train", extents), ("t10k", testExtents)] {
      let pixels = (0..<extents[0]).flatMap {
        Array(repeating: UInt8($0), count: extents[1] * extents[2])
      }
      var labels = (0..<extents[0]).map { UInt8($0) }
      if part == "train" { labels[labels.count - 1] = lastLabel }
      try write("\(name)/\(part)-images-idx3-ubyte", idx(extents, pixels))
      try write("\(name)/\(part)-labels-idx1-ubyte", idx([extents[0]], labels))
    }
  }

  /// Writes six training and three test images; image i has all pixels i and label i.
  func writeMNIST(isPacked: Bool = false) throws {
    for (name, count) in [("train", 6), ("t10k", 3)] {
      let images = idx(
        [count, 28, 28], (0..<count).flatMap { Array(repeating: UInt8($0), count: 784) })
      let labels = idx([count], (0..<count).map { UInt8($0) })
      let ending = isPacked ? ".gz" : ""
      try write("mnist/\(name)-images-idx3-ubyte\(ending)", isPacked ? gzip(images) : images)
      try write("mnist/\(name)-labels-idx1-ubyte\(ending)", isPacked ? gzip(labels) : labels)
    }
  }
}

/// An IDX file of bytes.
func idx(_ extents: [Int], _ elements: [UInt8]) -> [UInt8] {
  [0, 0, 8, UInt8(extents.count)]
    + extents.flatMap { extent in (0..<4).map { UInt8(extent >> (24 - 8 * $0) & 255) } } + elements
}
