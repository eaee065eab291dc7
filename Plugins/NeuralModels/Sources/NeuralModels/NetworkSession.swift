internal import QHostInterfaces
internal import QHostMemory
internal import QHostNetworks

/// A block of rows on which a network is evaluated.
///
/// Hidden layers are kept as [units × stride], the stride a multiple of 16, so that loops over them
/// need no remainder.
final class NetworkSession: ModelSession {
  let network: Network
  /// What its calls cost.
  let work: NetworkWork
  /// The parameters in single precision, [n].
  let weights: AlignedBuffer<Float>
  private(set) var inputs: UnsafePointer<Float>?
  private(set) var rowCount = 0
  private(set) var stride = 0
  /// What cuts keep; see ``openCuts(parameters:)``.
  var cuts: NetworkCuts?
  /// The unit whose losses are summed along its weights; see ``openPotential(_:)``.
  var potential: OpenPotential?
  /// What is added to the sums of units with two outputs, [U × B]; the host's.
  var noise: UnsafePointer<Float>?
  private var hidden: [AlignedBuffer<Float>] = []
  /// z of hidden layers, where slopes need them; else h takes their place.
  private var sums: [AlignedBuffer<Float>] = []
  private var slopes: [AlignedBuffer<Float>] = []
  private let weightGradient: AlignedBuffer<Float>
  private let inputLists: InputLists
  private var hasInputLists = false
  /// Whether a call since cuts were opened was charged for the lists.
  private var areListsCharged = false
  /// Room for the rows of one column, and its values.
  private(set) lazy var columnRows = AlignedBuffer<UInt32>(count: rowCount + 1)
  private(set) lazy var columnValues = AlignedBuffer<Float>(count: rowCount + 1)

  init(network: Network) {
    self.network = network
    work = NetworkWork(network)
    inputLists = InputLists(inputCount: network.widths[0])
    weights = AlignedBuffer<Float>(count: network.parameterCount)
    weightGradient = AlignedBuffer<Float>(count: network.parameterCount)
  }

  func bind(inputs: UnsafeBufferPointer<Float>, rowCount: Int) throws(ComponentError) {
    precondition(
      inputs.count >= network.widths[0] * rowCount, "\(inputs.count) inputs are too few")
    self.inputs = inputs.baseAddress
    cuts?.close()
    noise = nil
    hasInputLists = false
    potential?.reach?.forgetInputs()
    guard rowCount != self.rowCount else { return }
    self.rowCount = rowCount
    columnRows = AlignedBuffer<UInt32>(count: rowCount + 1)
    columnValues = AlignedBuffer<Float>(count: rowCount + 1)
    stride = ActivationKernel.paddedRowCount(rowCount)
    let widths = network.widths[1..<network.layerCount]
    hidden = widths.map { AlignedBuffer<Float>(count: $0 * stride) }
    sums =
      network.activation.slopeNeedsSum
      ? widths.map { AlignedBuffer<Float>(count: $0 * stride) } : []
    slopes = []
    cuts = nil
    potential = nil
  }

  func forward(
    parameters: UnsafeBufferPointer<Double>, pointCount: Int,
    outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    let size = network.outputCount * rowCount
    precondition(outputs.count >= pointCount * size, "\(outputs.count) outputs are too few")
    cuts?.close()
    guard rowCount > 0, let out = outputs.baseAddress else { return }
    for point in 0..<pointCount {
      takeWeights(parameters, from: point * network.parameterCount)
      for layer in 0..<network.layerCount {
        guard layer + 1 < network.layerCount else {
          product(layer, x: self.hidden(layer - 1), z: out + point * size, zStride: rowCount)
          break
        }
        let h = hidden[layer].start
        let z = sums.isEmpty ? h : sums[layer].start
        product(layer, x: self.hidden(layer - 1), z: z, zStride: stride, activated: h)
      }
    }
  }

  /// The rows where each input is not 0.
  func lists() -> InputLists? {
    guard let inputs else { return nil }
    if !hasInputLists {
      inputLists.take(inputs, rowCount: rowCount)
      hasInputLists = true
    }
    return inputLists
  }

  /// The work of the lists that a weight of the first layer needs.
  ///
  /// The first such call after each opening is charged, whether the lists are there already or not: a run
  /// that is resumed makes them again.
  func listWork(layer: Int, input: Int?) -> Double {
    guard layer == 0, input != nil, !areListsCharged else { return 0 }
    areListsCharged = true
    return work.lists(rowCount: rowCount)
  }

  /// Has the next call charged for the lists.
  func chargeLists() { areListsCharged = false }

  func takeWeights(_ parameters: UnsafeBufferPointer<Double>, from place: Int) {
    precondition(
      parameters.count >= place + network.parameterCount,
      "\(parameters.count) parameters are too few")
    for index in 0..<network.parameterCount {
      weights.start[index] = Float(parameters[place + index])
    }
  }

  /// h of a hidden layer; `nil`: the session's own inputs.
  private func hidden(_ layer: Int) -> UnsafePointer<Float>? {
    layer >= 0 ? UnsafePointer(hidden[layer].start) : nil
  }

  /// The table of a hidden layer's activation, if it is learned.
  func table(_ layer: Int) -> ActivationTable? {
    network.hidden.table(weights.start + network.knotOffset(layer))
  }

  /// z of one layer from x (`nil`: the session's inputs), and h = activation(z) if there is room.
  func product(
    _ layer: Int, x: UnsafePointer<Float>?, z: UnsafeMutablePointer<Float>, zStride: Int,
    activated h: UnsafeMutablePointer<Float>? = nil
  ) {
    guard let source = x ?? inputs else { return }
    let units = network.widths[layer + 1]
    let bias = network.hasBias ? UnsafePointer(weights.start + network.biasOffset(layer)) : nil
    // Padded rows are worked on whole; the inputs and the outputs end with the last row.
    let count = x == nil || zStride == rowCount ? rowCount : stride
    let hasBias = MatrixProduct.forward(
      weights.start + network.offsets[layer], bias: bias, x: source,
      xStride: x == nil ? rowCount : stride, inputCount: network.widths[layer],
      outputCount: units, rowCount: count, z: z, zStride: zStride)
    if let bias, !hasBias {
      ActivationKernel.addBias(bias, unitCount: units, rowCount: count, stride: zStride, z: z)
    }
    guard let h else { return }
    ActivationKernel.apply(
      network.activation, table: table(layer), bias: nil, z: z, unitCount: units, stride: stride,
      h: h)
  }

  func backward(
    outputGradients: UnsafeBufferPointer<Float>, gradient: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    guard network.activation.hasGradient || network.layerCount == 1 else {
      throw .unsupported(
        "activation '\(network.activation)' has no gradient; choose another, such as tanh")
    }
    precondition(
      outputGradients.count >= network.outputCount * rowCount
        && gradient.count >= network.parameterCount, "the gradients' buffers are too small")
    guard rowCount > 0, var g = outputGradients.baseAddress else { return }
    if slopes.isEmpty {
      slopes = hidden.map { AlignedBuffer<Float>(count: $0.count) }
    }
    var gStride = rowCount
    for layer in (0..<network.layerCount).reversed() {
      parameterGradient(layer, g: g, gStride: gStride)
      guard layer > 0 else { break }
      let below = slopes[layer - 1].start
      inputGradient(layer, g: g, gStride: gStride, below)
      g = UnsafePointer(below)
      gStride = stride
    }
    for index in 0..<network.parameterCount {
      gradient[index] = Double(weightGradient.start[index])
    }
  }

  private func parameterGradient(_ layer: Int, g: UnsafePointer<Float>, gStride: Int) {
    let x = hidden(layer - 1)
    guard let source = x ?? inputs else { return }
    let units = network.widths[layer + 1]
    MatrixProduct.weightGradient(
      g: g, gStride: gStride, x: source, xStride: x == nil ? rowCount : stride,
      inputCount: network.widths[layer], outputCount: units, rowCount: rowCount,
      gradient: weightGradient.start + network.offsets[layer])
    guard network.hasBias else { return }
    DenseKernel.biasGradient(
      g: g, gStride: gStride, outputCount: units, rowCount: rowCount,
      gradient: weightGradient.start + network.biasOffset(layer))
  }

  private func inputGradient(
    _ layer: Int, g: UnsafePointer<Float>, gStride: Int, _ below: UnsafeMutablePointer<Float>
  ) {
    MatrixProduct.inputGradient(
      weights.start + network.offsets[layer], g: g, gStride: gStride,
      inputCount: network.widths[layer], outputCount: network.widths[layer + 1],
      rowCount: rowCount, x: below, xStride: stride)
    let values = sums.isEmpty ? hidden[layer - 1] : sums[layer - 1]
    let table = table(layer - 1)
    if let table {
      let gradient = weightGradient.start + network.knotOffset(layer - 1)
      gradient.update(repeating: 0, count: network.hidden.knotCount)
      table.addGradient(
        z: values.start, g: below, unitCount: network.widths[layer], stride: stride,
        rowCount: rowCount, gradient: gradient)
    }
    ActivationKernel.applySlope(
      network.activation, table: table, h: values.start, unitCount: network.widths[layer],
      stride: stride, g: below)
  }
}
