internal import CNeuralModels
internal import QHostMemory
public import QHostNetworks

/// Changes of single weights of a network, carried through the layers after them.
///
/// It keeps z and h of every layer for a block of rows at a base point, so that a change of one unit
/// costs only what comes after the unit; see ``PlainNetwork``. One thread at a time.
public final class CutKernel {
  /// From unit to unit of z and h: the rows, rounded up to a multiple of 16.
  public let stride: Int
  let rowCount: Int
  let activation: Activation
  let outputCount: Int
  let layers: UnsafeMutableBufferPointer<qhost_kernel_layer>
  private let kept: UnsafeMutableBufferPointer<Float>
  private let scratch: UnsafeMutableBufferPointer<Float>
  var scratchStart: UnsafeMutablePointer<Float>? { scratch.baseAddress }
  private(set) lazy var changeMemory = ChangeMemory(layers: layers, stride: stride)
  /// Where z and h of the layers after the first are those at the base point.
  var newest = Place.planes

  /// Where numbers of layers after the first are.
  enum Place {
    /// The layers' own, [units × rows].
    case planes
    /// Lines, with a row's numbers side by side; see ``ChangeMemory``.
    case lines
    /// Both.
    case both
  }

  /// Makes room for a network with `widths` units, the inputs first, on a block of rows.
  ///
  /// - Parameters:
  ///   - widths: at least the inputs and the outputs.
  ///   - activation: that of all layers but the last.
  ///   - rowCount: B ≥ 1.
  ///   - weights: of each layer, [M × N]; must outlive the kernel, and may change between calls.
  ///   - tables: of each layer but the last, if the activation is learned.
  public init(
    widths: [Int], activation: Activation, rowCount: Int, weights: [UnsafePointer<Float>],
    tables: [ActivationTable] = []
  ) {
    precondition(widths.count >= 2 && weights.count == widths.count - 1, "no layers: \(widths)")
    precondition(rowCount >= 1, "row count \(rowCount) is below 1")
    let stride = ActivationKernel.paddedRowCount(rowCount)
    self.stride = stride
    self.rowCount = rowCount
    self.activation = activation
    outputCount = widths[widths.count - 1]
    let units = widths.dropFirst().reduce(0, +)
    kept = AlignedMemory.zeros(2 * units * stride)
    let widest = widths.dropFirst().max() ?? 1
    scratch = AlignedMemory.zeros((2 * widest + 2) * Int(QHOST_KERNEL_STRIP))
    layers = .allocate(capacity: weights.count)
    var place = 0
    for layer in weights.indices {
      let size = widths[layer + 1] * stride
      layers.initializeElement(
        at: layer,
        to: qhost_kernel_layer(
          input_count: widths[layer], output_count: widths[layer + 1], weights: weights[layer],
          z: kept.baseAddress.map { $0 + place }, h: kept.baseAddress.map { $0 + place + size },
          table: layer < tables.count ? tables[layer].table : ActivationTable.none))
      place += 2 * size
    }
  }

  deinit {
    layers.deallocate()
    kept.deallocate()
    scratch.deallocate()
  }

  /// z of a layer, [M × stride], to be written with the base point's values.
  public func z(_ layer: Int) -> UnsafeMutablePointer<Float> {
    takeForWriting()
    return layers[layer].z
  }

  /// h of a layer, [M × stride], to be written likewise; the last layer's is not used.
  public func h(_ layer: Int) -> UnsafeMutablePointer<Float> {
    takeForWriting()
    return layers[layer].h
  }

  /// z of a layer, to be read.
  func keptZ(_ layer: Int) -> UnsafePointer<Float> {
    bringPlanes()
    return UnsafePointer(layers[layer].z)
  }

  /// h of a layer, to be read.
  func keptH(_ layer: Int) -> UnsafePointer<Float> {
    // The first layer's are never in lines.
    if layer > 0 { bringPlanes() }
    return UnsafePointer(layers[layer].h)
  }

  private func takeForWriting() {
    bringPlanes()
    newest = .planes
  }

  /// Writes the outputs [K × C × B] where z of a unit changes by offsets[k] · x.
  ///
  /// - Parameters:
  ///   - layer: the unit's layer.
  ///   - unit: its place there.
  ///   - x: the unit's input that the weight belongs to, [B]; `nil`: 1, for its bias.
  ///   - offsets: [K].
  ///   - outputs: written.
  public func cut(
    layer: Int, unit: Int, x: UnsafePointer<Float>?, offsets: UnsafeBufferPointer<Float>,
    outputs: UnsafeMutableBufferPointer<Float>
  ) {
    precondition(
      outputs.count >= offsets.count * outputCount * rowCount,
      "\(outputs.count) outputs are too few")
    guard let first = layers.baseAddress, let offset = offsets.baseAddress,
      let out = outputs.baseAddress
    else { return }
    bringPlanes()
    qhost_kernel_network_cut(
      first + layer, layers.count - layer, activation.rawValue, unit, x, offset, offsets.count,
      rowCount, stride, scratch.baseAddress, out)
  }

  /// Makes such a change to all z and h; the weight itself is the caller's.
  public func move(layer: Int, unit: Int, x: UnsafePointer<Float>?, offset: Float) {
    guard let first = layers.baseAddress else { return }
    takeForWriting()
    qhost_kernel_network_move(
      first + layer, layers.count - layer, activation.rawValue, unit, x, offset, rowCount, stride,
      scratch.baseAddress)
  }

  /// Writes the outputs [K × C × B] where a knot of a layer's table changes by offsets[k].
  public func cut(
    layer: Int, knot: Int, offsets: UnsafeBufferPointer<Float>,
    outputs: UnsafeMutableBufferPointer<Float>
  ) {
    precondition(
      outputs.count >= offsets.count * outputCount * rowCount,
      "\(outputs.count) outputs are too few")
    guard let first = layers.baseAddress, let offset = offsets.baseAddress,
      let out = outputs.baseAddress
    else { return }
    bringPlanes()
    qhost_kernel_network_knot_cut(
      first + layer, layers.count - layer, knot, offset, offsets.count, rowCount, stride,
      scratch.baseAddress, out)
  }

  /// Makes such a change to all z and h; the knot itself is the caller's.
  public func move(layer: Int, knot: Int, offset: Float) {
    guard let first = layers.baseAddress else { return }
    takeForWriting()
    qhost_kernel_network_knot_move(
      first + layer, layers.count - layer, knot, offset, rowCount, stride, scratch.baseAddress)
  }
}
