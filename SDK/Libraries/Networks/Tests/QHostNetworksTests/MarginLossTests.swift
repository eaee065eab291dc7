import QHostNetworks
import QHostRandomness
import Testing

@Suite("Margin loss")
struct MarginLossTests {
  private func numbers(_ count: Int, range: Float) -> [Float] {
    let values = [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
      RandomFill.uniform(
        key: 5, step: 0, index: 0, UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
      initialized = count
    }
    return values.map { (2 * Float($0) - 1) * range }
  }

  private func labels(_ count: Int, classCount: Int) -> [Float] {
    (0..<count).map { Float(($0 * 7 + $0 / 3) % classCount) }
  }

  private func gradient(
    _ outputs: [Float], _ labels: [Float], _ classCount: Int
  ) -> (sum: Double, gradient: [Float]) {
    var gradient = [Float](repeating: .nan, count: outputs.count)
    let sum = outputs.withUnsafeBufferPointer { z in
      labels.withUnsafeBufferPointer { y in
        gradient.withUnsafeMutableBufferPointer { g in
          LossKernel.marginGradient(
            outputs: z, labels: y, classCount: classCount, rowCount: labels.count, scale: 0.5,
            gradient: g)
        }
      }
    }
    return (sum, gradient)
  }

  private func sum(_ outputs: [Float], _ labels: [Float], _ classCount: Int) -> Double {
    outputs.withUnsafeBufferPointer { z in
      labels.withUnsafeBufferPointer { y in
        LossKernel.margin(outputs: z, labels: y, classCount: classCount, rowCount: labels.count)
      }
    }
  }

  @Test(
    "Sums and rows agree with the plain version", arguments: [1, 2, 3, 10], [1, 15, 16, 17, 100])
  func agreement(classCount: Int, rowCount: Int) {
    // Quarters are exact, so that sums are too.
    let outputs = numbers(classCount * rowCount, range: 12).map { $0.rounded() / 4 }
    let labels = labels(rowCount, classCount: classCount)
    let plain = PlainLoss.margins(outputs: outputs, labels: labels, classCount: classCount)
    #expect(sum(outputs, labels, classCount) == plain.reduce(0, +))
    #expect(gradient(outputs, labels, classCount).sum == plain.reduce(0, +))
    let stride = (rowCount + 15) & ~15
    var spread = [Float](repeating: 0, count: classCount * stride)
    for number in 0..<classCount {
      for row in 0..<rowCount { spread[number * stride + row] = outputs[number * rowCount + row] }
    }
    let padded = labels + [Float](repeating: 0, count: stride - rowCount)
    var losses = [Float](repeating: .nan, count: stride)
    let total = losses.withUnsafeMutableBufferPointer { losses in
      spread.withUnsafeBufferPointer { z in
        padded.withUnsafeBufferPointer { y in
          LossKernel.marginRows(
            outputs: z.baseAddress!, labels: y.baseAddress!, classCount: classCount,
            stride: stride, rowCount: rowCount, into: losses.baseAddress!)
        }
      }
    }
    #expect(total == plain.reduce(0, +))
    #expect(losses[..<rowCount].map { Double($0) } == plain)
  }

  @Test("Slopes are those of the sum")
  func slopes() {
    // Row 0 is right by 3, row 1 wrong by 1, row 2 right by half.
    let outputs: [Float] = [3, 1, 0.5, 0, 2, 0]
    let (sum, gradient) = gradient(outputs, [0, 0, 0], 2)
    #expect(sum == 2.5)
    #expect(gradient == [0, -0.5, -0.5, 0, 0.5, 0.5])
  }

  @Test("What is not finite, or no class, is NaN")
  func poison() {
    #expect(sum([.nan, 0], [0], 2).isNaN && sum([0, .nan], [0], 2).isNaN)
    #expect(sum([0, -.infinity], [0], 2).isNaN)
    #expect(sum([0, 1], [2], 2).isNaN)
    #expect(gradient([0, .nan], [0], 2).sum.isNaN)
  }
}
