import MOS6502
import QHostInterfaces
import QHostTesting

/// Networks of random weights, and inputs that try their limits.
struct NetworkCase: Sendable, CustomStringConvertible {
  var widths: [Int]
  var inputMaximum = 15
  var largestWeight = 7
  var largestShift = 2
  var highestLevel = 15
  var seed: UInt64 = 1

  var description: String {
    "\(widths), inputs to \(inputMaximum), weights to \(largestWeight), levels to \(highestLevel)"
  }

  /// Words from one stream.
  private func words(_ index: UInt64, _ count: Int) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: count)
    words.withUnsafeMutableBufferPointer {
      TestHost(seed: seed).fillBits(step: 0, index: index, $0)
    }
    return words
  }

  private func numbers(_ index: UInt64, _ count: Int, _ range: ClosedRange<Int>) -> [Int] {
    words(index, count).map { range.lowerBound + Int($0 % UInt64(range.count)) }
  }

  /// Of one unit: a fifth is 0, or all.
  private func weights(_ index: UInt64, _ count: Int, isEmpty: Bool) -> [Int] {
    let values = numbers(index + 10, count, -largestWeight...largestWeight)
    let dropped = words(index + 500, count).map { $0 % 5 == 0 || isEmpty }
    return zip(values, dropped).map { $1 ? 0 : $0 }
  }

  var network: IntegerNetwork {
    var layers: [IntegerNetwork.Layer] = []
    for (place, (inputs, units)) in zip(widths, widths.dropFirst()).enumerated() {
      let stream = UInt64(place) * 1000
      let weights = (0..<units).map { self.weights(stream + UInt64($0), inputs, isEmpty: $0 == 3) }
      var layer = IntegerNetwork.Layer(
        name: "layers.\(place)", weights: weights,
        offsets: numbers(stream + 1, units, -300...600))
      if place < widths.count - 2 {
        layer.activations = numbers(stream + 2, units, 0...largestShift).map { shift in
          IntegerNetwork.Activation(
            shift: shift,
            table: numbers(stream + 3 + UInt64(shift % 2), 256, 0...highestLevel).map { UInt8($0) })
        }
      }
      layers.append(layer)
    }
    return IntegerNetwork(inputMaximum: inputMaximum, layers: layers)
  }

  /// Random rows, many of whose inputs are 0; all 0; all at the top; and for each unit of the first layer
  /// those that make its sum largest and smallest.
  func rows(_ count: Int) -> [[UInt8]] {
    let network = network
    let top = UInt8(inputMaximum)
    var rows = (0..<count).map { row -> [UInt8] in
      let isZero = words(UInt64(90_000 + row), network.inputCount).map { $0 % 4 < UInt64(row % 4) }
      let values = numbers(UInt64(80_000 + row), network.inputCount, 0...inputMaximum)
      return zip(values, isZero).map { $1 ? 0 : UInt8($0) }
    }
    rows.append(Array(repeating: 0, count: network.inputCount))
    rows.append(Array(repeating: top, count: network.inputCount))
    for weights in network.layers[0].weights {
      rows.append(weights.map { $0 > 0 ? top : 0 })
      rows.append(weights.map { $0 < 0 ? top : 0 })
    }
    return rows
  }
}
