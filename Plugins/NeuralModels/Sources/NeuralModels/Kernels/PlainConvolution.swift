public import QHostNetworks

/// The plain version of the convolution kernels: a network in double precision, one row at a time.
///
/// Layer l computes u = W ∗ h_{l−1} + b, z = pool(u), h_l = activation(z); the outputs are the last z.
/// Parameters are W [filters × channels × kernel × kernel], then b, then the knots of a learned
/// activation, layer by layer.
public struct PlainConvolution: Sendable {
  /// The layers, each taking the output of the one before it.
  public var layers: [ConvolutionLayer]
  /// That of all layers but the last.
  public var activation: Activation
  /// Zeros around the planes of the inputs.
  public var margin: Int
  /// Knots of each table; 0: none.
  public var knotCount: Int
  /// Where a table's last knot is.
  public var knotRange: Double

  /// Makes a network.
  public init(
    layers: [ConvolutionLayer], activation: Activation, margin: Int = 0, knotCount: Int = 0,
    knotRange: Double = 1
  ) {
    self.layers = layers
    self.activation = activation
    self.margin = margin
    self.knotCount = knotCount
    self.knotRange = knotRange
  }

  /// How many parameters it has.
  public var parameterCount: Int {
    layers.reduce(knotCount * (layers.count - 1)) { $0 + $1.weightCount + $1.filters }
  }

  /// The outputs [C × B] of inputs [F × B].
  public func outputs(parameters: [Double], inputs: [Float], rowCount: Int) -> [Double] {
    var outputs = [Double](repeating: 0, count: layers[layers.count - 1].filters * rowCount)
    for row in 0..<rowCount {
      let z = pass(parameters, inputs, row, rowCount).last?.z ?? []
      for (output, value) in z.enumerated() { outputs[output * rowCount + row] = value }
    }
    return outputs
  }

  /// The gradient [n] of Σ outputGradients · outputs, both [C × B].
  public func gradient(
    parameters: [Double], inputs: [Float], rowCount: Int, outputGradients: [Double]
  ) -> [Double] {
    var gradient = [Double](repeating: 0, count: parameters.count)
    for row in 0..<rowCount {
      let kept = pass(parameters, inputs, row, rowCount)
      var slopes = (0..<layers[layers.count - 1].filters).map {
        outputGradients[$0 * rowCount + row]
      }
      for (index, values) in kept.enumerated().reversed() {
        slopes = addGradient(index, values, slopes, parameters, &gradient)
      }
    }
    return gradient
  }

  /// What a row has at a layer.
  private struct Values {
    var offset: Int
    var x: [Double]
    var z: [Double]
    /// The places of u that a place of z is made of, and how much of each.
    var sources: [[(place: Int, share: Double)]]
    var table: PlainTable?
  }

  private func pass(
    _ parameters: [Double], _ inputs: [Float], _ row: Int, _ rowCount: Int
  ) -> [Values] {
    let first = layers[0]
    let size = first.channels * (first.height - 2 * margin) * (first.width - 2 * margin)
    var h = (0..<size).map { Double(inputs[$0 * rowCount + row]) }
    var margin = margin
    var offset = 0
    return layers.enumerated().map { index, layer in
      let x = bordered(h, layer, margin)
      let u = sums(layer, x, parameters, offset)
      let sources = pooled(layer, u)
      let z = sources.map { $0.reduce(0) { $0 + $1.share * u[$1.place] } }
      let end = offset + layer.weightCount + layer.filters
      let hasTable = knotCount > 0 && index + 1 < layers.count
      let table =
        hasTable
        ? PlainTable(knots: Array(parameters[end..<end + knotCount]), range: knotRange) : nil
      let values = Values(offset: offset, x: x, z: z, sources: sources, table: table)
      h = z.map { activation.value($0, table: table) }
      offset = end + (hasTable ? knotCount : 0)
      margin = layer.margin
      return values
    }
  }

  private func bordered(_ h: [Double], _ layer: ConvolutionLayer, _ margin: Int) -> [Double] {
    guard margin > 0 else { return h }
    let (height, width) = (layer.height - 2 * margin, layer.width - 2 * margin)
    var x = [Double](repeating: 0, count: layer.inputCount)
    for (place, value) in h.enumerated() {
      let (line, column) = (place / width, place % width)
      x[(line / height * layer.height + line % height + margin) * layer.width + column + margin] =
        value
    }
    return x
  }

  /// The weight and the input of each product of a place of u.
  private func products(
    _ layer: ConvolutionLayer, _ place: Int, _ body: (_ weight: Int, _ input: Int) -> Void
  ) {
    let (line, column) = (place / layer.sumWidth, place % layer.sumWidth)
    let (filter, row) = (line / layer.sumHeight, line % layer.sumHeight)
    for channel in 0..<layer.channels {
      for tap in 0..<layer.kernel * layer.kernel {
        body(
          (filter * layer.channels + channel) * layer.kernel * layer.kernel + tap,
          (channel * layer.height + row + tap / layer.kernel) * layer.width + column + tap
            % layer.kernel)
      }
    }
  }

  private func sums(
    _ layer: ConvolutionLayer, _ x: [Double], _ parameters: [Double], _ offset: Int
  ) -> [Double] {
    (0..<layer.sumCount).map { place in
      let filter = place / (layer.sumHeight * layer.sumWidth)
      var sum = parameters[offset + layer.weightCount + filter]
      products(layer, place) { sum += parameters[offset + $0] * x[$1] }
      return sum
    }
  }

  private func pooled(
    _ layer: ConvolutionLayer, _ u: [Double]
  ) -> [[(place: Int, share: Double)]] {
    (0..<layer.pooledCount).map { place in
      guard layer.pooling != .none else { return [(place, 1)] }
      let (line, column) = (place / layer.pooledWidth, place % layer.pooledWidth)
      let (filter, row) = (line / layer.pooledHeight, line % layer.pooledHeight)
      let first = (filter * layer.sumHeight + 2 * row) * layer.sumWidth + 2 * column
      let places = [first, first + 1, first + layer.sumWidth, first + layer.sumWidth + 1]
      guard layer.pooling == .max else { return places.map { ($0, 0.25) } }
      return [(places.max { u[$0] < u[$1] } ?? first, 1)]
    }
  }

  /// Adds one layer's gradient; returns the slopes of the z, without margins, of the layer below.
  private func addGradient(
    _ index: Int, _ values: Values, _ slopes: [Double], _ parameters: [Double],
    _ gradient: inout [Double]
  ) -> [Double] {
    let layer = layers[index]
    var slopes = slopes
    if index + 1 < layers.count {
      let knots = values.offset + layer.weightCount + layer.filters
      for (place, z) in values.z.enumerated() {
        for knot in 0..<knotCount {
          gradient[knots + knot] += slopes[place] * (values.table?.share(of: knot, z) ?? 0)
        }
        slopes[place] *= activation.slope(z, table: values.table)
      }
    }
    var inputSlopes = [Double](repeating: 0, count: values.x.count)
    for (place, sources) in values.sources.enumerated() {
      for source in sources {
        let slope = slopes[place] * source.share
        let filter = source.place / (layer.sumHeight * layer.sumWidth)
        gradient[values.offset + layer.weightCount + filter] += slope
        products(layer, source.place) { weight, input in
          gradient[values.offset + weight] += slope * values.x[input]
          inputSlopes[input] += slope * parameters[values.offset + weight]
        }
      }
    }
    return index > 0 ? inside(inputSlopes, layer, layers[index - 1].margin) : []
  }

  private func inside(_ x: [Double], _ layer: ConvolutionLayer, _ margin: Int) -> [Double] {
    guard margin > 0 else { return x }
    return x.indices.filter { place in
      let row = place / layer.width % layer.height
      let column = place % layer.width
      return (margin..<layer.height - margin).contains(row)
        && (margin..<layer.width - margin).contains(column)
    }.map { x[$0] }
  }
}
