/// What a layer's code knows of its place: where things lie, and the layer itself.
struct LayerContext {
  let layer: IntegerNetwork.Layer
  let index: Int
  let inputs: LayerInputs
  /// [powers], where hidden units are stored, and their multiples; [low bytes, high bytes] of outputs.
  let results: [Location]
  /// Two bytes that the code may use.
  let low: Location
  /// [units], the names of the tables of hidden units.
  let tables: [String]
  /// The highest power that weights need.
  let highest: Int
  /// The largest and smallest weighted sum of each unit, offset included.
  let ranges: [ClosedRange<Int>]

  init(
    layer: IntegerNetwork.Layer, index: Int, inputs: LayerInputs, results: [Location],
    low: Location, tables: [String], ranges: [ClosedRange<Int>]
  ) {
    (self.layer, self.index, self.inputs) = (layer, index, inputs)
    (self.results, self.low, self.tables) = (results, low, tables)
    highest = LayerInputs.highestPower(of: layer)
    self.ranges = ranges
  }

  var isOutput: Bool { layer.activations.isEmpty }

  /// The code behind an output's sum.
  var output: OutputCode {
    OutputCode(
      lows: results[0], highs: results[1], outputCount: layer.unitCount, low: low)
  }

  func label(_ unit: Int) -> String { "layer\(index)_unit\(unit)" }

  /// The code of a sum of some inputs, in as many powers as is best.
  func sum(
    unit: Int, indices: [Int], offset: Int, firstPage: Int = 0
  ) -> SumCode {
    let weights = layer.weights[unit]
    var best: SumCode?
    for limit in stride(from: highest, through: max(0, highest - 1), by: -1) {
      guard let planes = inputs.planes(weights: weights, indices: indices, highest: limit) else {
        continue
      }
      let sum = SumCode(
        planes: planes, offset: offset, low: low, prefix: label(unit), firstPage: firstPage)
      if best.map({ sum.code.cycles < $0.code.cycles }) ?? true { best = sum }
    }
    guard let best else { preconditionFailure("weights of \(layer.name) have no digits") }
    return best
  }

  /// The code behind a hidden unit's sum.
  func activation(_ unit: Int) -> ActivationCode {
    ActivationCode(
      activation: layer.activations[unit], table: tables[unit],
      stores: results.map { $0[unit] }, low: low)
  }
}
