/// How real numbers become levels and whole weights.
struct QuantisationSettings: Sendable {
  /// Bits of an input's level.
  var inputBits: Int
  /// Bits of a weight, its sign included; 2 bits are -1, 0 and 1.
  var weightBits: Int
  /// Bits of a hidden unit's level.
  var activationBits: Int
}

/// Makes a network of whole numbers from one of real numbers and typical inputs, layer by layer.
///
/// Inputs and hidden values are rounded to equally spaced levels over the range that they have in the
/// calibration rows. A unit's weights become a · q with q whole: a, a power of 2^(1/4), has the least
/// error in the unit's sum, Σ_i E[level_i²] (w_i - a q_i)². Offsets take up the mean of what is left,
/// measured with the levels that the layers before really give.
///
/// The grid of a makes tables equal: units of a layer share at most a few.
struct Quantisation {
  let settings: QuantisationSettings
  let float: FloatNetwork

  /// The levels that values of a layer stand for: lowest + step · level.
  private struct Scale {
    var lowest: Double
    var step: Double
    var maximum: Int

    init(_ range: ClosedRange<Double>, bits: Int) {
      maximum = 1 << bits - 1
      lowest = range.lowerBound
      let width = range.upperBound - range.lowerBound
      step = width > 0 ? width / Double(maximum) : 1
    }

    func level(_ value: Double) -> Int {
      min(max(Int(((value - lowest) / step).rounded()), 0), maximum)
    }
  }

  /// The network for inputs [B × F].
  func model(_ inputs: [Float]) -> DeployedModel {
    let width = float.layers[0].weights[0].count
    var values = stride(from: 0, to: inputs.count, by: width).map { start in
      inputs[start..<start + width].map { Double($0) }
    }
    let inputScale = Scale(Self.range(values), bits: settings.inputBits)
    var (scale, levels) = (inputScale, values.map { $0.map { inputScale.level($0) } })
    var layers: [IntegerNetwork.Layer] = []
    var outputScale = 1.0
    for layer in float.layers {
      let sums = values.map { Self.sums(layer, $0) }
      let squares = Self.meanSquares(levels)
      if let function = layer.function {
        values = sums.map { $0.map { function($0) } }
        let next = Scale(Self.range(values), bits: settings.activationBits)
        layers.append(hidden(layer, function, scale, next, levels, sums, squares))
        levels = levels.map { Self.levels(layers[layers.count - 1], $0) }
        scale = next
      } else {
        let (made, size) = output(layer, scale, levels, sums, squares)
        layers.append(made)
        outputScale = size
      }
    }
    return DeployedModel(
      network: IntegerNetwork(inputMaximum: inputScale.maximum, layers: layers),
      inputShift: Float(-inputScale.lowest), inputFactor: Float(1 / inputScale.step),
      inputRounding: 0.5, outputScale: Float(outputScale))
  }

  private func hidden(
    _ layer: FloatNetwork.Layer, _ function: ElementwiseFunction, _ scale: Scale, _ next: Scale,
    _ levels: [[Int]], _ sums: [[Double]], _ squares: [Double]
  ) -> IntegerNetwork.Layer {
    var made = IntegerNetwork.Layer(name: layer.name, weights: [], offsets: [])
    let range = Self.activeRange(Self.range(sums), function) { next.level($0) }
    let middle = Int(
      (-255 * range.lowerBound / (range.upperBound - range.lowerBound)).rounded())
    for unit in layer.weights.indices {
      let scaled = layer.weights[unit].map { $0 * scale.step }
      let size = bestSize([scaled], squares, scale.maximum)
      let weights = rounded(scaled, size)
      // One step of the table is a power of two of the sum's, and the table spans the range.
      var shift = 0
      while size * Double(255 << shift) < range.upperBound - range.lowerBound, shift < 15 {
        shift += 1
      }
      let step = size * Double(1 << shift)
      let offset = Self.meanDifference(levels, weights, sums, unit, size) / size
      made.weights.append(weights)
      made.offsets.append(Int(offset.rounded()) + middle << shift)
      let within = Double(1 << shift - 1) / Double(2 << shift)
      made.activations.append(
        IntegerNetwork.Activation(
          shift: shift,
          table: (0..<256).map { place in
            UInt8(next.level(function((Double(place - middle) + within) * step)))
          }))
    }
    return made
  }

  private func output(
    _ layer: FloatNetwork.Layer, _ scale: Scale, _ levels: [[Int]], _ sums: [[Double]],
    _ squares: [Double]
  ) -> (IntegerNetwork.Layer, Double) {
    let scaled = layer.weights.map { $0.map { $0 * scale.step } }
    let size = bestSize(scaled, squares, scale.maximum)
    var made = IntegerNetwork.Layer(name: layer.name, weights: [], offsets: [])
    for unit in scaled.indices {
      let weights = rounded(scaled[unit], size)
      let offset = Self.meanDifference(levels, weights, sums, unit, size) / size
      made.weights.append(weights)
      made.offsets.append(Int(offset.rounded()))
    }
    return (made, size)
  }

  private var largestWeight: Int { 1 << (settings.weightBits - 1) - 1 }

  private func rounded(_ weights: [Double], _ size: Double) -> [Int] {
    weights.map { weight in
      let limit = Double(largestWeight)
      return Int(min(max((weight / size).rounded(), -limit), limit))
    }
  }

  /// What the sums of |weight| times the largest level may reach, so that sums have 16 bits.
  private static let largestSum = 40_000

  /// The a on the grid that has the least error in the units' sums, of those that fit in 16 bits.
  private func bestSize(_ units: [[Double]], _ squares: [Double], _ maximum: Int) -> Double {
    let largest = units.joined().reduce(0) { max($0, abs($1)) }
    guard largest > 0 else { return 1 }
    let top = Int((4 * Self.log2(largest / Double(largestWeight))).rounded(.up))
    var best = (error: Double.infinity, size: 1.0)
    for exponent in (top - 12)...(top + 40) where exponent <= top + 4 || best.error == .infinity {
      let size = Self.exp2(Double(exponent) / 4)
      let error = error(units, squares, size, maximum)
      if error < best.error { best = (error, size) }
    }
    return best.size
  }

  private func error(
    _ units: [[Double]], _ squares: [Double], _ size: Double, _ maximum: Int
  ) -> Double {
    var total = 0.0
    for weights in units {
      let whole = rounded(weights, size)
      guard whole.reduce(0, { $0 + abs($1) }) * maximum <= Self.largestSum else { return .infinity }
      for ((weight, rounded), square) in zip(zip(weights, whole), squares) {
        let difference = weight - size * Double(rounded)
        total += square * difference * difference
      }
    }
    return total
  }
}
