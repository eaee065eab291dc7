internal import QHostMemory
internal import CNeuralModels
public import QHostNetworks

/// Convolutional layers on a block of rows, with what is kept of them; see ``PlainConvolution``.
///
/// Rows are worked on in strips of 16, whose planes are [height × width × 16]. One thread at a time.
public final class ConvolutionKernel {
  /// Rows of a strip.
  public static let lanes = 16

  /// Where the kernel finds a layer's parameters, which may change between calls.
  public struct Parameters {
    var weights: UnsafePointer<Float>
    var bias: UnsafePointer<Float>
    var table: ActivationTable?

    /// Points at weights [filters × channels × kernel × kernel], biases [filters] and a table.
    public init(
      weights: UnsafePointer<Float>, bias: UnsafePointer<Float>, table: ActivationTable? = nil
    ) {
      self.weights = weights
      self.bias = bias
      self.table = table
    }
  }

  /// A parameter of a layer.
  public enum Place: Sendable, Equatable {
    /// Tap row · kernel + column of a filter and channel.
    case weight(filter: Int, channel: Int, tap: Int)
    /// The bias of a filter.
    case bias(filter: Int)
    /// A knot of the layer's table.
    case knot(Int)
  }

  let layers: [ConvolutionLayer]
  let rowCount: Int
  let stages: UnsafeMutableBufferPointer<qhost_kernel_stage>
  private let margin: Int
  private(set) var memory: [AlignedBuffer<Float>] = []
  private(set) var inputs = AlignedBuffer<Float>(count: 0)
  /// From strip to strip of the inputs, in floats; 0 where one strip is kept.
  private(set) var inputStep = 0
  private(set) lazy var cutScratch = makeCutScratch()
  private(set) lazy var slopes = makeSlopes()

  /// Whether passes keep all strips, which gradients and cuts need; at first they keep the last one.
  public private(set) var keepsRows = false

  /// Makes room for one strip of a block of rows.
  ///
  /// - Parameters:
  ///   - layers: each taking the output of the one before it.
  ///   - margin: zeros around the planes of the inputs.
  ///   - activation: that of all layers but the last.
  ///   - parameters: of each layer; must outlive the kernel.
  ///   - rowCount: B ≥ 1.
  public init(
    layers: [ConvolutionLayer], margin: Int, activation: Activation, parameters: [Parameters],
    rowCount: Int
  ) {
    precondition(!layers.isEmpty && parameters.count == layers.count, "no layers")
    precondition(rowCount >= 1, "row count \(rowCount) is below 1")
    self.layers = layers
    self.margin = margin
    self.rowCount = rowCount
    stages = .allocate(capacity: layers.count)
    for (index, layer) in layers.enumerated() {
      stages.initializeElement(
        at: index,
        to: qhost_kernel_stage(
          channels: layer.channels, height: layer.height, width: layer.width,
          filters: layer.filters, kernel: layer.kernel, pooling: layer.pooling.rawValue,
          activation: activation.rawValue, margin: layer.margin,
          weights: parameters[index].weights, bias: parameters[index].bias,
          table: parameters[index].table?.table ?? ActivationTable.none, u: nil, z: nil, h: nil,
          u_step: 0, z_step: 0, h_step: 0))
    }
    makeRoom(strips: 1)
  }

  deinit { stages.deallocate() }

  /// Makes room for all strips; the next pass fills it.
  public func keepRows() {
    guard !keepsRows else { return }
    keepsRows = true
    makeRoom(strips: (rowCount + Self.lanes - 1) / Self.lanes)
  }

  private func makeRoom(strips: Int) {
    let isOne = !keepsRows
    inputs = AlignedBuffer<Float>(count: layers[0].inputCount * strips * Self.lanes)
    inputStep = isOne ? 0 : layers[0].inputCount * Self.lanes
    memory = []
    for (index, layer) in layers.enumerated() {
      let isPooled = layer.pooling != .none
      let u = AlignedBuffer<Float>(count: layer.sumCount * strips * Self.lanes)
      let z = isPooled ? AlignedBuffer<Float>(count: layer.pooledCount * strips * Self.lanes) : u
      let h = AlignedBuffer<Float>(count: layer.outputCount * strips * Self.lanes)
      memory += [u, z, h]
      stages[index].u = u.start
      stages[index].z = z.start
      stages[index].h = h.start
      stages[index].u_step = isOne ? 0 : layer.sumCount * Self.lanes
      stages[index].z_step = isOne ? 0 : layer.pooledCount * Self.lanes
      stages[index].h_step = isOne ? 0 : layer.outputCount * Self.lanes
    }
  }

  /// Computes all layers; outputs [C × B].
  ///
  /// - Parameters:
  ///   - values: [channels × height × width × B], without margins, rows contiguous.
  ///   - outputs: written.
  public func forward(
    inputs values: UnsafePointer<Float>, outputs: UnsafeMutablePointer<Float>
  ) {
    qhost_kernel_convolution_forward(
      stages.baseAddress, layers.count, values, margin, inputs.start, inputStep, rowCount, outputs)
  }
}
