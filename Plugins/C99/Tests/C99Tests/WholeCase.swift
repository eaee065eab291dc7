import QHostInterfaces

/// A network in integers, as models give it.
struct WholeCase: Sendable, CustomStringConvertible {
  var widths = [9, 6, 5, 4]
  var inputBits = 4
  /// Weights are −largest … largest.
  var largestWeight = 7
  /// Added to the offsets of the first layer.
  var firstOffset = 0
  /// Whether all weights are about as large as can be, those of every third input below 0.
  var isExtreme = false
  var description: String { "\(widths) \(inputBits) bits, weights to \(largestWeight)" }

  private func whole(_ count: Int, _ range: Int, _ seed: UInt64) -> [Int] {
    numbers(count, range: Double(range), seed: seed).map { Int($0.rounded()) }
  }

  /// [inputs × units].
  private func weights(_ layer: Int, _ count: Int) -> [Int] {
    let made = whole(count, largestWeight, UInt64(layer + 1))
    guard isExtreme else { return made }
    return made.indices.map { place in
      let size = max(abs(made[place]), largestWeight - 1)
      return place / widths[layer + 1] % 3 == 2 ? -size : size
    }
  }

  var graph: Graph {
    var builder = GraphBuilder([widths[0]])
    builder.append("Mul", [builder.real(Float(1 << inputBits))])
    builder.append("Floor")
    builder.append("Clip", [builder.real(0), builder.real(Float(1 << inputBits - 1))])
    builder.append("Cast", with: ["to": .integers([2])])
    for layer in 0..<widths.count - 1 {
      let (inputs, units) = (widths[layer], widths[layer + 1])
      let weights = weights(layer, inputs * units)
      builder.append(
        "MatMulInteger", [builder.constant([inputs, units], .int8(weights.map { Int8($0) }))])
      var offsets = whole(units, 40, UInt64(layer + 20)).map { $0 + 128 }
      if layer == 0 { offsets = offsets.map { $0 + firstOffset } }
      builder.append("Add", [builder.constant([units], .int32(offsets.map { Int32($0) }))])
      guard layer + 2 < widths.count else { break }
      builder.append("Max", [builder.constant([], .int32([0]))])
      let divisors = (0..<units).map { Int32(1 << ($0 % 3)) }
      builder.append("Div", [builder.constant([units], .int32(divisors))])
      builder.append("Min", [builder.constant([], .int32([255]))])
      let starts = (0..<units).map { Int32(256 * $0) }
      builder.append("Add", [builder.constant([units], .int32(starts))])
      // Every second unit has the same table.
      let table = (0..<256 * units).map { place -> Int8 in
        let slope = 3 + place / 256 % 2
        return Int8(place % 256 * slope / 64 % 16)
      }
      let tables = builder.constant([256 * units], .int8(table))
      builder.append("Gather", inputs: [tables, builder.value])
      builder.append("Cast", with: ["to": .integers([2])])
    }
    builder.append("Cast", with: ["to": .integers([1])])
    builder.append("Mul", [builder.real(0.125)])
    return builder.finished(widths[widths.count - 1])
  }

  func inputs(_ rowCount: Int) -> [Float] {
    numbers(rowCount * widths[0], range: 0.6, seed: 11).map { $0 + 0.5 }
  }

  /// Sums of the first layer are −20,400 to 40,800; its offsets bring them into 16 bits.
  static let returning = WholeCase(
    widths: [12, 3, 2], inputBits: 8, largestWeight: 20, firstOffset: -9000, isExtreme: true)

  static let all = [
    WholeCase(), WholeCase(widths: [5, 3]), WholeCase(inputBits: 1, largestWeight: 1),
    WholeCase(widths: [9, 6, 4], inputBits: 8, largestWeight: 127),
    WholeCase(widths: [300, 4, 3], inputBits: 8, largestWeight: 127), returning,
  ]
}
