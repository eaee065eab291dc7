import QHostNetworks
import QHostRandomness
import Testing

@Suite("Cross-entropies of rows that change")
struct CrossEntropyChangeTests {
  private static let rowCount = 200
  private static let classCount = 10

  private func numbers(_ count: Int, seed: UInt64) -> [Float] {
    var values = [Double](repeating: 0, count: count)
    values.withUnsafeMutableBufferPointer {
      RandomFill.uniform(key: seed, step: 0, index: 0, $0)
    }
    return values.map { (2 * Float($0) - 1) * 20 }
  }

  /// Outputs, labels and losses of all rows.
  private struct Rows {
    var labels: [Float]
    var losses: [Float]
    var changed: [UInt32]?
    var outputs: [Float]
    let count: Int
    let stride: Int
  }

  private func rows(_ count: Int, isListed: Bool) -> Rows {
    let labels = (0..<Self.rowCount).map { Float(($0 * 7) % Self.classCount) }
    let places = (0..<count).map { UInt32($0 * Self.rowCount / max(count, 1)) }
    let stride = (count + 15) & ~15
    return Rows(
      labels: labels + [Float](repeating: 0, count: 16),
      losses: numbers(Self.rowCount, seed: 3).map(abs) + [Float](repeating: .nan, count: 16),
      changed: isListed ? places : nil, outputs: numbers(Self.classCount * stride + 16, seed: 4),
      count: count, stride: stride)
  }

  private func change(_ rows: inout Rows, keeps: Bool) -> Double {
    let (count, stride) = (rows.count, rows.stride)
    return rows.losses.withUnsafeMutableBufferPointer { losses in
      guard let losses = losses.baseAddress else { return .nan }
      return LossKernel.crossEntropyChange(
        outputs: rows.outputs, stride: stride, classCount: Self.classCount, labels: rows.labels,
        rows: rows.changed, count: count, keeps: keeps, losses: losses)
    }
  }

  /// The losses of the rows that change, by the plain version.
  private func plain(_ rows: Rows) -> [Double] {
    let places = rows.changed.map { $0.map { Int($0) } } ?? Array(0..<rows.count)
    let packed = (0..<Self.classCount).flatMap { unit in
      (0..<rows.count).map { rows.outputs[unit * rows.stride + $0] }
    }
    return PlainLoss.crossEntropies(
      outputs: packed, labels: places.map { rows.labels[$0] }, classCount: Self.classCount)
  }

  @Test(
    "The change is the plain one, and the losses are kept when asked for",
    arguments: [1, 15, 16, 17, 63, 64, 65, 128, 150, 200], [true, false])
  func agreement(count: Int, isListed: Bool) {
    var rows = rows(count, isListed: isListed)
    let before = rows.losses
    let expected = plain(rows)
    let places = rows.changed.map { $0.map { Int($0) } } ?? Array(0..<count)
    let old = places.reduce(0.0) { $0 + Double(before[$1]) }
    let sum = change(&rows, keeps: false)
    // Each row within 3e-7 of 1 and its logits' spread, 40.
    #expect(abs(sum - (expected.reduce(0, +) - old)) < 1.3e-5 * Double(count))
    #expect(zip(rows.losses, before).prefix(Self.rowCount).allSatisfy { $0 == $1 })
    let kept = change(&rows, keeps: true)
    #expect(kept == sum)
    for (place, loss) in zip(places, expected) {
      #expect(abs(Double(rows.losses[place]) - loss) < 1.3e-5)
    }
    let listed = Set(places)
    for row in 0..<Self.rowCount where !listed.contains(row) {
      #expect(rows.losses[row] == before[row])
    }
    let rest = rows.losses.suffix(16).count { !$0.isNaN }
    #expect(rest == 0)
    let again = change(&rows, keeps: false)
    #expect(again == 0)
  }

  @Test("A NaN output or a label that is not a class makes the change NaN", arguments: [3, 63, 70])
  func undefined(place: Int) {
    var broken = rows(71, isListed: true)
    broken.outputs[2 * broken.stride + place] = .nan
    let broke = change(&broken, keeps: false)
    #expect(broke.isNaN)
    var unlabelled = rows(71, isListed: true)
    unlabelled.labels[Int(unlabelled.changed?[place] ?? 0)] = 10
    let without = change(&unlabelled, keeps: false)
    #expect(without.isNaN)
  }
}
