/// The layout of a network: its encoder, its layers, its read-out, and where parameters are.
///
/// There are *all* parameters, [A], and those that are trained, [n], which are pieces of them.
package struct SpikingNetwork: Sendable {
  /// A run of parameters that are trained.
  package struct Piece: Sendable, Equatable {
    package var part: SpikingPart
    /// Of the layer; the number of layers for the read-out.
    package var layer: Int
    package var name: String
    package var shape: [Int]
    /// Where it begins among all parameters.
    package var place: Int
    /// Where it begins among those that are trained; `nil`: it is not.
    package var offset: Int?

    package var count: Int { shape.reduce(1, *) }
  }

  package let neurons: NeuronSettings
  package let encoder: Encoder
  package let readOut: ReadOut
  /// What outputs are multiplied by.
  package let outputGain: Float
  /// C, the numbers in one output.
  package let outputCount: Int
  /// Whether outputs take the place of a stream's values that are withheld.
  package let isFedBack: Bool
  package private(set) var layers: [SpikingLayer] = []
  package private(set) var pieces: [Piece] = []
  /// A, the number of all parameters.
  package private(set) var allCount = 0
  /// n, the number of parameters that are trained.
  package private(set) var parameterCount = 0
  /// Where weights [H × C] and bias [C] of `trace` are.
  package private(set) var readWeights = 0
  package private(set) var readBias = 0

  package init(
    neurons: NeuronSettings, encoder: Encoder, hidden: [Int], isRecurrent: Bool, maxDelay: Int,
    hasBias: Bool, readOut: ReadOut, outputGain: Double, outputCount: Int,
    isFedBack: Bool = false, trained: Set<SpikingPart.Kind>
  ) {
    self.neurons = neurons
    self.encoder = encoder
    self.readOut = readOut
    self.outputGain = Float(outputGain)
    self.outputCount = outputCount
    self.isFedBack = isFedBack
    var inputs = encoder.outputCount
    let widths = hidden + (readOut == .trace ? [] : [outputCount])
    for (index, units) in widths.enumerated() {
      let isLast = index + 1 == widths.count
      var layer = SpikingLayer(
        inputCount: inputs, unitCount: units, portCount: neurons.portCount, maxDelay: maxDelay,
        isSilent: isLast && readOut == .membrane, isTraced: isLast && readOut == .trace,
        isCounted: isLast && readOut == .count)
      let isHidden = index < hidden.count
      func take(_ part: SpikingPart, _ name: String, _ shape: [Int]) -> Int {
        self.take(part, index, "layers.\(index).\(name)", shape, trained)
      }
      layer.weights = take(.weight, "weight", [inputs, units])
      if hasBias { layer.bias = take(.bias, "bias", [units]) }
      if isRecurrent, isHidden { layer.recurrent = take(.recurrent, "recurrent", [units, units]) }
      if !neurons.isQuadratic {
        layer.timeConstants = take(.timeConstant, "log_time_constant", [units])
      }
      if neurons.hasSynapseTime {
        layer.synapseTimes = take(.synapseTime, "log_synapse_time", [units])
      }
      if !neurons.isQuadratic, !layer.isSilent {
        layer.thresholds = take(.threshold, "threshold", [units])
      }
      if maxDelay > 0 { layer.delays = take(.delay, "delay", [inputs, units]) }
      layers.append(layer)
      inputs = units
    }
    guard readOut == .trace else { return }
    readWeights = take(
      .readWeight, layers.count, "readout.weight", [inputs, outputCount], trained)
    readBias = take(.readBias, layers.count, "readout.bias", [outputCount], trained)
  }

  private mutating func take(
    _ part: SpikingPart, _ layer: Int, _ name: String, _ shape: [Int],
    _ trained: Set<SpikingPart.Kind>
  ) -> Int {
    let isTrained = part.kind == .readOut || trained.contains(part.kind)
    let piece = Piece(
      part: part, layer: layer, name: name, shape: shape, place: allCount,
      offset: isTrained ? parameterCount : nil)
    pieces.append(piece)
    allCount += piece.count
    if isTrained { parameterCount += piece.count }
    return piece.place
  }

  /// Inputs of the read-out `trace`: the spikes of the last layer, or of the encoder.
  package var readCount: Int { layers.last?.unitCount ?? encoder.outputCount }

  /// Where a parameter that is trained is.
  package func place(of index: Int) -> (piece: Piece, within: Int) {
    guard
      let piece = pieces.last(where: { piece in piece.offset.map { $0 <= index } ?? false }),
      let offset = piece.offset
    else { preconditionFailure("index \(index) is not below \(parameterCount)") }
    return (piece, index - offset)
  }

  /// Those that are trained among all, [A] -> [n].
  package func trained(_ all: [Double]) -> [Double] {
    pieces.flatMap { $0.offset == nil ? [] : Array(all[$0.place..<$0.place + $0.count]) }
  }

  /// Writes those that are trained, [n], to where they are among all, [A].
  package func put(_ parameters: UnsafePointer<Double>, into all: UnsafeMutablePointer<Double>) {
    for piece in pieces {
      if let offset = piece.offset {
        (all + piece.place).update(from: parameters + offset, count: piece.count)
      }
    }
  }
}
