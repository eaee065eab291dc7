/// The plain version of the integer kernels: a fully connected network in integers.
///
/// Hidden layers: h_j = T_j[clamp((Σ_i w_ji h_i + offset_j) >> shift_j, 0, 255)]; outputs: Σ_i w_ji h_i
/// + offset_j. Sums are 16 bits wide and wrap around.
public struct PlainIntegerNetwork: Sendable {
  /// A layer.
  public struct Layer: Sendable {
    /// [units][inputs].
    public var weights: [[Int]]
    /// [units].
    public var offsets: [Int]
    /// [units]; empty: the last layer.
    public var tables: [IntegerTable]

    /// Makes a layer.
    public init(weights: [[Int]], offsets: [Int], tables: [IntegerTable]) {
      self.weights = weights
      self.offsets = offsets
      self.tables = tables
    }
  }

  /// From the inputs on.
  public var layers: [Layer]
  /// Bits of an input.
  public var inputBits: Int

  /// Makes a network.
  public init(layers: [Layer], inputBits: Int) {
    self.layers = layers
    self.inputBits = inputBits
  }

  /// The level of an input of 0 to 1: its first bits.
  public static func level(_ input: Float, bits: Int) -> Int {
    let highest = Float((1 << bits) - 1)
    return Int(min(max((input * Float(1 << bits)).rounded(.down), 0), highest))
  }

  /// The outputs [C] of one row of inputs [F].
  public func outputs(_ inputs: [Float]) -> [Int] {
    var h = inputs.map { Self.level($0, bits: inputBits) }
    for layer in layers {
      h = layer.weights.indices.map { unit in
        let sum = zip(layer.weights[unit], h).reduce(layer.offsets[unit]) { $0 + $1.0 * $1.1 }
        let wrapped = Int(Int16(truncatingIfNeeded: sum))
        return layer.tables.isEmpty ? wrapped : layer.tables[unit].level(wrapped)
      }
    }
    return h
  }
}
