import QHostNetworks
import Testing

@Suite("Tables of integer units")
struct IntegerTableTests {
  static let activations: [Activation] = [.tanh, .relu, .sigmoid, .sine, .step, .sign]

  @Test("A level is the activation's value at the mean of its sums", arguments: activations)
  func values(activation: Activation) {
    for (gain, bits) in [(-30, 4), (-17, 4), (-8, 2), (0, 7), (5, 1)] {
      let table = IntegerTable(activation, gain: gain, bits: bits)
      let highest = Double((1 << bits) - 1)
      let unit = power(gain)
      let low = [.tanh, .sine, .sign].contains(activation) ? -1.0 : 0
      for sum in stride(from: -700, through: 700, by: 7) {
        let place = min(max((sum + table.center) >> table.shift, 0), 255)
        let mean = (Double(place << table.shift) + Double((1 << table.shift) - 1) / 2)
        let value = activation.value(unit * (mean - Double(table.center)))
        let exact = min(max((value - low) / (1 - low), 0), 1) * highest
        #expect(abs(Double(table.level(sum + table.center)) - exact) <= 0.5 + 1e-9)
      }
    }
  }

  /// 2^(gain/4) without a library's function.
  private func power(_ gain: Int) -> Double {
    let root = 2.0.squareRoot().squareRoot()
    return (0..<abs(gain)).reduce(1) { value, _ in gain < 0 ? value / root : value * root }
  }

  @Test("A table reaches the highest and the lowest level", arguments: activations, -44...8)
  func ends(activation: Activation, gain: Int) {
    for bits in [1, 4, 7] {
      let table = IntegerTable(activation, gain: gain, bits: bits)
      #expect(table.values.max() == UInt8((1 << bits) - 1))
      #expect(table.values.min() == 0)
      #expect(table.shift <= 7)
    }
  }

  @Test("Sums wrap around at 16 bits")
  func wrapping() {
    let network = PlainIntegerNetwork(
      layers: [.init(weights: [[127, 127]], offsets: [200], tables: [])], inputBits: 8)
    #expect(network.outputs([1, 1]) == [2 * 255 * 127 + 200 - 65_536])
  }
}
