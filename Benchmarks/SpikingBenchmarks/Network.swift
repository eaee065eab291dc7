import QHostInterfaces
import QHostMemory
import QHostTesting
import SpikingNeurons

/// A network of one hidden layer with rows that are spikes, through a session, as the host works with it.
final class Network {
  static let steps = 100

  let model: Spiking
  let session: any ModelSession
  let parameters: [Double]
  let rowCount: Int
  let outputCount: Int
  private let inputs: AlignedBuffer<Float>
  private let outputs: AlignedBuffer<Float>
  /// ∂L/∂output, [C × B], and what it is for parameters, [n].
  private let slopes: [Float]
  private var gradients: [Double]
  private static let mostOffsets = 16

  /// Makes a network inputs-hidden-20, whose inputs spike at a rate a step; the hidden rate follows from `scale`, which initial
  /// weights are multiplied by.
  init(
    inputs channels: Int, hidden: Int, readout: String, scale: Double, rate: Double, rowCount: Int
  ) throws {
    let changes: [String: ParameterValue] = [
      "hidden": .integers([hidden]), "scale": .real(scale), "time_constant": .real(10),
      "readout": .choice(
        readout, index: ["trace", "membrane", "count"].firstIndex(of: readout) ?? 0),
    ]
    let host = TestHost(seed: 1)
    let mapping = Mapping(
      task: .classification, input: Shape([Self.steps, channels]), output: Shape([20]))
    self.rowCount = rowCount
    outputCount = 20
    inputs = AlignedBuffer(count: channels * Self.steps * rowCount)
    outputs = AlignedBuffer(count: Self.mostOffsets * outputCount * rowCount)
    let chances = host.uniforms(step: 0, index: 7, count: inputs.count)
    for place in 0..<inputs.count { inputs.start[place] = chances[place] < rate ? 1 : 0 }
    // What initial weights are made for: rows [B × F], as the host gives them.
    let (count, size, source) = (min(rowCount, 8), channels * Self.steps, inputs.start)
    var asked = request(for: Spiking.descriptor, changes, host: host)
    asked.calibrationSource = { () throws(ComponentError) -> Calibration in
      Calibration(
        rowCount: count,
        inputs: (0..<count * size).map { source[$0 % size * rowCount + $0 / size] })
    }
    model = try Spiking(request: asked, mapping: mapping)
    parameters = try model.initialParameters(start: 0)
    slopes = [Float](repeating: 0.1, count: outputCount * rowCount)
    gradients = [Double](repeating: 0, count: parameters.count)
    session = try model.makeSession()
    try session.bind(
      inputs: UnsafeBufferPointer(start: inputs.start, count: inputs.count), rowCount: rowCount)
  }

  private var room: UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(start: outputs.start, count: outputs.count)
  }

  /// The fraction of hidden neurons that fire in a step, in the first rows.
  func hiddenRate() throws -> Double {
    let size = inputs.count / rowCount
    var (spikes, all) = (0, 0)
    for row in 0..<min(4, rowCount) {
      let input = (0..<size).map { inputs.start[$0 * rowCount + row] }
      guard let layer = try model.activity(of: input, parameters: parameters).first else {
        continue
      }
      for step in layer.spikes {
        spikes += step.count { $0 }
        all += step.count
      }
    }
    return Double(spikes) / Double(max(all, 1))
  }

  /// A simulation of all rows.
  func simulate() throws {
    try parameters.withUnsafeBufferPointer {
      try session.forward(
        parameters: $0, pointCount: 1, outputs: room)
    }
  }

  /// A simulation of all rows and its gradient.
  func gradient() throws {
    try simulate()
    try slopes.withUnsafeBufferPointer { slopes in
      try gradients.withUnsafeMutableBufferPointer {
        try session.backward(outputGradients: slopes, gradient: $0)
      }
    }
  }

  func openCuts() throws {
    try parameters.withUnsafeBufferPointer { try session.openCuts(parameters: $0) }
  }

  /// Outputs [K × C × B] at some offsets of a parameter.
  func cut(_ index: Int, _ offsets: [Double]) throws {
    try offsets.withUnsafeBufferPointer {
      try session.cut(
        index: index, offsets: $0, outputs: room)
    }
  }

  /// Input weights that lie evenly among all, as many as asked for.
  func inputWeights(_ count: Int) -> [Int] {
    let block = model.modelDescription.blocks.first { $0.name == "layers.0.weight" }
    guard let block else { return [] }
    // A step that has no factor in common with rows of weights visits all neurons and inputs.
    return (0..<count).map { block.offset + $0 * 7919 % block.shape.count }
  }
}
