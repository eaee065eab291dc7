import Foundation
import QHostNetworks
import QHostRandomness
import Testing

@Suite("Loss kernels")
struct LossKernelTests {
  /// Numbers of a small generator over [-range, range).
  private func numbers(_ count: Int, range: Float, seed: UInt64) -> [Float] {
    let values = [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
      RandomFill.uniform(
        key: seed, step: 0, index: 0, UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
      initialized = count
    }
    return values.map { (2 * Float($0) - 1) * range }
  }

  private func labels(_ count: Int, classCount: Int) -> [Float] {
    numbers(count, range: 1, seed: 77).map { ((($0 + 1) / 2) * Float(classCount)).rounded(.down) }
  }

  private func crossEntropy(_ outputs: [Float], _ labels: [Float], _ classCount: Int) -> Double {
    outputs.withUnsafeBufferPointer { z in
      labels.withUnsafeBufferPointer { y in
        LossKernel.crossEntropy(
          outputs: z, labels: y, classCount: classCount, rowCount: labels.count)
      }
    }
  }

  private func errorCount(_ outputs: [Float], _ labels: [Float], _ classCount: Int) -> Int {
    outputs.withUnsafeBufferPointer { z in
      labels.withUnsafeBufferPointer { y in
        LossKernel.errorCount(
          outputs: z, labels: y, classCount: classCount, rowCount: labels.count)
      }
    }
  }

  private typealias Elementwise = (
    UnsafeBufferPointer<Float>, UnsafeBufferPointer<Float>, UnsafeMutableBufferPointer<Float>
  ) -> Double

  private func elementwise(
    _ outputs: [Float], _ targets: [Float], _ body: Elementwise
  ) -> (sum: Double, gradient: [Float]) {
    var gradient = [Float](repeating: .nan, count: outputs.count)
    let sum = outputs.withUnsafeBufferPointer { o in
      targets.withUnsafeBufferPointer { t in
        gradient.withUnsafeMutableBufferPointer { g in body(o, t, g) }
      }
    }
    return (sum, gradient)
  }

  @Test(
    "Cross-entropy and its gradient agree with the plain version",
    arguments: [1, 2, 3, 10, 100], [1, 5, 16, 63, 64, 100, 1001])
  func crossEntropy(classCount: Int, rowCount: Int) {
    let outputs = numbers(classCount * rowCount, range: 30, seed: 1)
    let labels = labels(rowCount, classCount: classCount)
    let plain = PlainLoss.crossEntropies(outputs: outputs, labels: labels, classCount: classCount)
    let slopes = PlainLoss.crossEntropyGradient(
      outputs: outputs, labels: labels, classCount: classCount)
    let fast = elementwise(outputs, labels) { z, y, g in
      LossKernel.crossEntropyGradient(
        outputs: z, labels: y, classCount: classCount, rowCount: rowCount, scale: 0.5, gradient: g)
    }
    // Each row: half a unit in the last place of a difference of at most 60, and the logarithm's.
    let tolerance = 5e-6 * Double(rowCount)
    #expect(abs(fast.sum - plain.reduce(0, +)) < tolerance)
    #expect(crossEntropy(outputs, labels, classCount) == fast.sum)
    for (slope, expected) in zip(fast.gradient, slopes) {
      #expect(abs(Double(slope) - 0.5 * expected) < 3e-7)
    }
  }

  @Test("A slope too small to be worked on in normal numbers is 0", arguments: [1, 5, 16, 64, 90])
  func tinySlopes(rowCount: Int) {
    // Of class 1 e^−60, and of class 2 e^−70: above and below 2⁻⁹⁰ = e^−62.4.
    let outputs =
      [Float](repeating: 0, count: rowCount)
      + [Float](repeating: -60, count: rowCount) + [Float](repeating: -70, count: rowCount)
    let fast = elementwise(outputs, [Float](repeating: 0, count: rowCount)) { z, y, g in
      LossKernel.crossEntropyGradient(
        outputs: z, labels: y, classCount: 3, rowCount: rowCount, scale: 1, gradient: g)
    }
    for row in 0..<rowCount {
      #expect(fast.gradient[row] == 0)
      #expect(abs(Double(fast.gradient[rowCount + row]) / exp(-60) - 1) < 1e-5)
      #expect(fast.gradient[2 * rowCount + row] == 0)
    }
  }

  @Test("Small cross-entropies keep their absolute accuracy")
  func smallCrossEntropy() {
    let outputs: [Float] = [12, 0.5, 0, 0.25, -3, 0.125]
    let labels: [Float] = [0, 0]
    let plain = PlainLoss.crossEntropies(outputs: outputs, labels: labels, classCount: 3)
    #expect(abs(crossEntropy(outputs, labels, 3) - plain.reduce(0, +)) < 4e-7)
  }

  @Test(
    "A NaN output or a label that is not a class makes the cross-entropy NaN", arguments: 0..<70)
  func crossEntropyOfNaN(row: Int) {
    let clean = numbers(3 * 70, range: 5, seed: 2)
    let labels = labels(70, classCount: 3)
    for number in 0..<3 {
      var outputs = clean
      outputs[number * 70 + row] = .nan
      #expect(crossEntropy(outputs, labels, 3).isNaN)
      outputs[number * 70 + row] = .infinity
      #expect(crossEntropy(outputs, labels, 3).isNaN)
    }
    for wrong in [-1, 3, 0.5, Float.nan] {
      var changed = labels
      changed[row] = wrong
      #expect(crossEntropy(clean, changed, 3).isNaN)
    }
  }

  @Test("An output of minus infinity is an impossible class")
  func impossibleClass() {
    #expect(abs(crossEntropy([0, -.infinity, 0], [0], 3) - 0.693_147_18) < 1e-7)
    #expect(crossEntropy([0, -.infinity, 0], [1], 3) == .infinity)
  }

  @Test("Huge outputs give large but finite cross-entropies")
  func hugeOutputs() {
    #expect(crossEntropy([1e30, -1e30], [1], 2) == Double(Float(1e30)) * 2)
    #expect(crossEntropy([1e30, -1e30], [0], 2) == 0)
  }

  @Test("Squared error agrees with the plain version", arguments: [0, 1, 63, 64, 129, 1000])
  func squaredError(count: Int) {
    let outputs = numbers(count, range: 3, seed: 3)
    let targets = numbers(count, range: 3, seed: 4)
    let plain = PlainLoss.squaredError(outputs: outputs, targets: targets)
    let fast = elementwise(outputs, targets) { o, t, g in
      LossKernel.squaredErrorGradient(
        outputs: o, targets: t, count: count, scale: 0.25, gradient: g)
    }
    let sum = elementwise(outputs, targets) { o, t, _ in
      LossKernel.squaredError(outputs: o, targets: t, count: count)
    }.sum
    // The difference is rounded once to single precision: 2⁻²³ of its square.
    #expect(abs(fast.sum - plain) <= plain * 0x1p-22)
    #expect(sum == fast.sum)
    #expect(fast.gradient == zip(outputs, targets).map { 0.5 * ($0 - $1) })
  }

  @Test("Absolute error agrees with the plain version", arguments: [0, 1, 63, 64, 129, 1000])
  func absoluteError(count: Int) {
    let outputs = numbers(count, range: 3, seed: 5)
    var targets = numbers(count, range: 3, seed: 6)
    if count > 0 { targets[count / 2] = outputs[count / 2] }
    let plain = PlainLoss.absoluteError(outputs: outputs, targets: targets)
    let fast = elementwise(outputs, targets) { o, t, g in
      LossKernel.absoluteErrorGradient(
        outputs: o, targets: t, count: count, scale: 0.25, gradient: g)
    }
    let sum = elementwise(outputs, targets) { o, t, _ in
      LossKernel.absoluteError(outputs: o, targets: t, count: count)
    }.sum
    #expect(abs(fast.sum - plain) <= plain * 0x1p-23)
    #expect(sum == fast.sum)
    let slopes = zip(outputs, targets).map { $0 > $1 ? 0.25 : ($0 < $1 ? -0.25 : 0) as Float }
    #expect(fast.gradient == slopes)
  }

  @Test("A NaN output makes squared and absolute error NaN", arguments: [0, 63, 64, 69])
  func elementwiseNaN(place: Int) {
    var outputs = numbers(70, range: 1, seed: 7)
    outputs[place] = .nan
    let targets = numbers(70, range: 1, seed: 8)
    let squared = elementwise(outputs, targets) { o, t, g in
      LossKernel.squaredErrorGradient(outputs: o, targets: t, count: 70, scale: 1, gradient: g)
    }
    let absolute = elementwise(outputs, targets) { o, t, g in
      LossKernel.absoluteErrorGradient(outputs: o, targets: t, count: 70, scale: 1, gradient: g)
    }
    #expect(squared.sum.isNaN && squared.gradient[place].isNaN)
    #expect(absolute.sum.isNaN && absolute.gradient[place].isNaN)
  }

  @Test("Errors are counted as by the plain version", arguments: [1, 2, 10], [1, 64, 129])
  func errorCount(classCount: Int, rowCount: Int) {
    // Halves make ties frequent.
    var outputs = numbers(classCount * rowCount, range: 4, seed: 9).map { $0.rounded() / 2 }
    for place in stride(from: 0, to: outputs.count, by: 7) { outputs[place] = .nan }
    for place in stride(from: 3, to: outputs.count, by: 11) { outputs[place] = -.infinity }
    let labels = labels(rowCount, classCount: classCount)
    let plain = PlainLoss.errorCount(outputs: outputs, labels: labels, classCount: classCount)
    #expect(errorCount(outputs, labels, classCount) == plain)
  }

  @Test("The first largest output wins, NaN never")
  func winners() {
    #expect(errorCount([1, 1, 0], [0], 3) == 0)
    #expect(errorCount([1, 1, 0], [1], 3) == 1)
    #expect(errorCount([.nan, -.infinity], [1], 2) == 0)
    #expect(errorCount([.nan, .nan], [0], 2) == 1)
    #expect(errorCount([0, .nan, 1], [2], 3) == 0)
  }
}
