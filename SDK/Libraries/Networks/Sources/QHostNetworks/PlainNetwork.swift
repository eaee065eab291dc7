/// The plain version of the network kernels: a fully connected network in double precision.
///
/// Layer l maps h_{l−1} to z_l = W_l h_{l−1} + b_l and h_l = activation(z_l); the outputs are the last
/// z. Parameters are W row-major, then b, then a hidden layer's knots, layer by layer.
public struct PlainNetwork: Sendable {
  /// Units of each layer, the inputs first.
  public var widths: [Int]
  /// That of all layers but the last.
  public var activation: Activation
  /// Whether layers have biases.
  public var hasBias: Bool
  /// Knots of each hidden layer's table, which follow its biases; 0: none.
  public var knotCount: Int
  /// Where a table's last knot is.
  public var knotRange: Double

  /// Makes a network.
  public init(
    widths: [Int], activation: Activation, hasBias: Bool = true, knotCount: Int = 0,
    knotRange: Double = 1
  ) {
    self.widths = widths
    self.activation = activation
    self.hasBias = hasBias
    self.knotCount = knotCount
    self.knotRange = knotRange
  }

  /// How many parameters it has.
  public var parameterCount: Int {
    zip(widths, widths.dropFirst()).reduce(knotCount * (widths.count - 2)) {
      $0 + ($1.0 + (hasBias ? 1 : 0)) * $1.1
    }
  }

  /// The outputs of a block of rows.
  ///
  /// - Parameters:
  ///   - parameters: [n]; see ``parameterCount``.
  ///   - inputs: [F × B].
  ///   - rowCount: B.
  /// - Returns: [C × B].
  public func outputs(parameters: [Double], inputs: [Float], rowCount: Int) -> [Double] {
    var outputs = [Double](repeating: 0, count: widths[widths.count - 1] * rowCount)
    for row in 0..<rowCount {
      let z = layers(parameters, inputs, row, rowCount).last?.z ?? []
      for (output, value) in z.enumerated() { outputs[output * rowCount + row] = value }
    }
    return outputs
  }

  /// The gradient of Σ outputGradients · outputs.
  ///
  /// - Parameters:
  ///   - parameters: [n].
  ///   - inputs: [F × B].
  ///   - rowCount: B.
  ///   - outputGradients: ∂L/∂output, [C × B].
  /// - Returns: ∂L/∂parameter, [n].
  public func gradient(
    parameters: [Double], inputs: [Float], rowCount: Int, outputGradients: [Double]
  ) -> [Double] {
    var gradient = [Double](repeating: 0, count: parameters.count)
    for row in 0..<rowCount {
      let kept = layers(parameters, inputs, row, rowCount)
      var slopes = (0..<widths[widths.count - 1]).map { outputGradients[$0 * rowCount + row] }
      for (layer, values) in kept.enumerated().reversed() {
        if layer + 1 < kept.count {
          let first = values.offset + slopes.count * (values.x.count + (hasBias ? 1 : 0))
          for knot in 0..<knotCount {
            for unit in slopes.indices {
              gradient[first + knot] +=
                slopes[unit] * (values.table?.share(of: knot, values.z[unit]) ?? 0)
            }
          }
          for unit in slopes.indices {
            slopes[unit] *= activation.slope(values.z[unit], table: values.table)
          }
        }
        var inputSlopes = [Double](repeating: 0, count: values.x.count)
        for unit in slopes.indices {
          for (input, x) in values.x.enumerated() {
            let place = values.offset + unit * values.x.count + input
            gradient[place] += slopes[unit] * x
            inputSlopes[input] += slopes[unit] * parameters[place]
          }
          if hasBias {
            gradient[values.offset + slopes.count * values.x.count + unit] += slopes[unit]
          }
        }
        slopes = inputSlopes
      }
    }
    return gradient
  }

  private struct Layer {
    var offset: Int
    var x: [Double]
    var z: [Double]
    var table: PlainTable?
  }

  private func layers(
    _ parameters: [Double], _ inputs: [Float], _ row: Int, _ rowCount: Int
  ) -> [Layer] {
    var x = (0..<widths[0]).map { Double(inputs[$0 * rowCount + row]) }
    var layers: [Layer] = []
    var offset = 0
    for width in widths.dropFirst() {
      let z = (0..<width).map { unit in
        let bias = hasBias ? parameters[offset + width * x.count + unit] : 0
        return x.enumerated().reduce(bias) {
          $0 + parameters[offset + unit * x.count + $1.offset] * $1.element
        }
      }
      let end = offset + width * (x.count + (hasBias ? 1 : 0))
      let hasTable = knotCount > 0 && layers.count < widths.count - 2
      let table =
        hasTable
        ? PlainTable(knots: Array(parameters[end..<end + knotCount]), range: knotRange) : nil
      layers.append(Layer(offset: offset, x: x, z: z, table: table))
      offset = end + (hasTable ? knotCount : 0)
      x = z.map { activation.value($0, table: table) }
    }
    return layers
  }
}
