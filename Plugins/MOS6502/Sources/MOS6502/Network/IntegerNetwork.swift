/// A network of integers, as the processor computes it.
///
/// Inputs are 0 to `inputMaximum`. A hidden unit j of a layer is
///
///     h_j = table_j[clamp((Σ_i w_ji x_i + offset_j) >> shift_j, 0, 255)]
///
/// with the shift rounding down; an output is Σ_i w_ji h_i + offset_j. The class is the largest
/// output, the lowest index among equals.
public struct IntegerNetwork: Sendable, Equatable {
  /// What a hidden unit does to its sum.
  public struct Activation: Sendable, Equatable {
    /// Bits that the sum is shifted to the right.
    public var shift: Int
    /// [256], what the unit gives.
    public var table: [UInt8]

    /// Makes an activation.
    public init(shift: Int, table: [UInt8]) { (self.shift, self.table) = (shift, table) }
  }

  /// A layer.
  public struct Layer: Sendable, Equatable {
    /// What messages and listings call it.
    public var name: String
    /// The weights [units][inputs], from -128 to 127.
    public var weights: [[Int]]
    /// [units], what is added to the sums.
    public var offsets: [Int]
    /// [units]; none: the layer's sums are the network's outputs.
    public var activations: [Activation]

    /// Makes a layer.
    public init(
      name: String, weights: [[Int]], offsets: [Int], activations: [Activation] = []
    ) {
      (self.name, self.weights, self.offsets) = (name, weights, offsets)
      self.activations = activations
    }

    /// Its number of units.
    public var unitCount: Int { weights.count }
    /// Its number of inputs.
    public var inputCount: Int { weights.first?.count ?? 0 }
    /// The largest value of any of its units.
    public var maximum: Int {
      activations.reduce(0) { max($0, $1.table.reduce(0) { max($0, Int($1)) }) }
    }
  }

  /// The largest value of an input.
  public var inputMaximum: Int
  /// At least one; the last one has no activations.
  public var layers: [Layer]

  /// Makes a network.
  public init(inputMaximum: Int, layers: [Layer]) {
    (self.inputMaximum, self.layers) = (inputMaximum, layers)
  }

  /// The number of inputs.
  public var inputCount: Int { layers[0].inputCount }
  /// The number of outputs.
  public var outputCount: Int { layers[layers.count - 1].unitCount }

  /// The largest value of an input of a layer.
  func inputMaximum(of layer: Int) -> Int { layer == 0 ? inputMaximum : layers[layer - 1].maximum }

  /// The least and the largest sum of each unit of a layer, offset included, over all inputs.
  func sumRanges(of layer: Int) -> [ClosedRange<Int>] {
    let maximum = inputMaximum(of: layer)
    return zip(layers[layer].weights, layers[layer].offsets).map { weights, offset in
      let rise = weights.reduce(0) { $0 + max($1, 0) } * maximum
      let fall = weights.reduce(0) { $0 + min($1, 0) } * maximum
      return offset + fall...offset + rise
    }
  }

  /// The outputs [C] for one row of inputs [F].
  public func outputs(_ inputs: [UInt8]) -> [Int] {
    var values = inputs.map(Int.init)
    for layer in layers {
      let sums = zip(layer.weights, layer.offsets).map { weights, offset in
        zip(weights, values).reduce(offset) { $0 + $1.0 * $1.1 }
      }
      guard !layer.activations.isEmpty else { return sums }
      values = zip(sums, layer.activations).map { sum, activation in
        Int(activation.table[min(max(sum >> activation.shift, 0), 255)])
      }
    }
    return values
  }

  /// The index of the largest output, the lowest among equals.
  public static func bestClass(_ outputs: [Int]) -> Int {
    outputs.indices.reduce(0) { outputs[$1] > outputs[$0] ? $1 : $0 }
  }
}
