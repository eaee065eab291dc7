internal import Glibc

/// What quantisation measures on the calibration rows.
extension Quantisation {
  static func log2(_ value: Double) -> Double { Glibc.log2(value) }
  static func exp2(_ value: Double) -> Double { Glibc.exp2(value) }

  static func range(_ rows: [[Double]]) -> ClosedRange<Double> {
    var (low, high) = (Double.infinity, -Double.infinity)
    for row in rows {
      for value in row {
        low = min(low, value)
        high = max(high, value)
      }
    }
    return low <= high ? low...high : 0...0
  }

  static func sums(_ layer: FloatNetwork.Layer, _ values: [Double]) -> [Double] {
    zip(layer.weights, layer.biases).map { weights, bias in
      var sum = bias
      for (weight, value) in zip(weights, values) { sum += weight * value }
      return sum
    }
  }

  /// E[level²] of each input.
  static func meanSquares(_ levels: [[Int]]) -> [Double] {
    var squares = [Double](repeating: 1e-9, count: levels[0].count)
    for row in levels {
      for (index, level) in row.enumerated() {
        squares[index] += Double(level * level) / Double(levels.count)
      }
    }
    return squares
  }

  /// The mean of a unit's real sums less `size` times its whole sums.
  static func meanDifference(
    _ levels: [[Int]], _ weights: [Int], _ sums: [[Double]], _ unit: Int, _ size: Double
  ) -> Double {
    var total = 0.0
    for (row, sum) in zip(levels, sums) {
      var whole = 0
      for (weight, level) in zip(weights, row) { whole += weight * level }
      total += sum[unit] - size * Double(whole)
    }
    return total / Double(levels.count)
  }

  static func levels(_ layer: IntegerNetwork.Layer, _ inputs: [Int]) -> [Int] {
    layer.weights.indices.map { unit in
      var sum = layer.offsets[unit]
      for (weight, level) in zip(layer.weights[unit], inputs) { sum += weight * level }
      let activation = layer.activations[unit]
      return Int(activation.table[min(max(sum >> activation.shift, 0), 255)])
    }
  }

  /// The part of a range outside of which a function's level does not change, extended to 0.
  static func activeRange(
    _ range: ClosedRange<Double>, _ function: ElementwiseFunction, _ level: (Double) -> Int
  ) -> ClosedRange<Double> {
    let count = 1024
    let step = max(range.upperBound - range.lowerBound, 1e-6) / Double(count)
    let levels = (0...count).map { level(function(range.lowerBound + step * Double($0))) }
    let first = levels.firstIndex { $0 != levels[0] } ?? 1
    let last = levels.lastIndex { $0 != levels[count] } ?? count - 1
    guard first <= last + 1 else { return min(range.lowerBound, 0)...max(range.upperBound, 1e-6) }
    let margin = 2
    let low = range.lowerBound + step * Double(max(first - margin, 0))
    let high = range.lowerBound + step * Double(min(last + margin, count))
    return min(low, 0)...max(high, 1e-6)
  }
}
