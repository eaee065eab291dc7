internal import CQHostKernels

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
  let activation: Activation
  let rowCount: Int
  let stages: UnsafeMutableBufferPointer<qhost_kernel_stage>
  let inputs: KernelMemory
  private(set) var memory: [KernelMemory] = []
  private(set) lazy var cutScratch = makeCutScratch()
  private(set) lazy var slopes = makeSlopes()

  /// Makes room for layers on a block of rows.
  ///
  /// - Parameters:
  ///   - layers: each taking the output of the one before it.
  ///   - activation: that of all layers but the last.
  ///   - parameters: of each layer; must outlive the kernel.
  ///   - rowCount: B ≥ 1.
  public init(
    layers: [ConvolutionLayer], activation: Activation, parameters: [Parameters], rowCount: Int
  ) {
    precondition(!layers.isEmpty && parameters.count == layers.count, "no layers")
    precondition(rowCount >= 1, "row count \(rowCount) is below 1")
    self.layers = layers
    self.activation = activation
    self.rowCount = rowCount
    let strips = (rowCount + Self.lanes - 1) / Self.lanes
    inputs = KernelMemory(count: layers[0].inputCount * strips * Self.lanes)
    stages = .allocate(capacity: layers.count)
    for (index, layer) in layers.enumerated() {
      let u = KernelMemory(count: layer.sumCount * strips * Self.lanes)
      let z =
        layer.pooling == .none ? u : KernelMemory(count: layer.pooledCount * strips * Self.lanes)
      let h = KernelMemory(count: layer.outputCount * strips * Self.lanes)
      memory += [u, z, h]
      stages.initializeElement(
        at: index,
        to: qhost_kernel_stage(
          channels: layer.channels, height: layer.height, width: layer.width,
          filters: layer.filters, kernel: layer.kernel, pooling: layer.pooling.rawValue,
          activation: activation.rawValue, margin: layer.margin,
          weights: parameters[index].weights, bias: parameters[index].bias,
          table: parameters[index].table?.table ?? ActivationTable.none, u: u.start, z: z.start,
          h: h.start, u_step: layer.sumCount * Self.lanes, z_step: layer.pooledCount * Self.lanes,
          h_step: layer.outputCount * Self.lanes))
    }
  }

  deinit { stages.deallocate() }

  /// Takes inputs [channels × height × width × B], without the first layer's margin.
  ///
  /// - Parameters:
  ///   - values: rows contiguous.
  ///   - margin: zeros to put around each plane.
  public func takeInputs(_ values: UnsafePointer<Float>, margin: Int) {
    let layer = layers[0]
    let (height, width) = (layer.height - 2 * margin, layer.width - 2 * margin)
    for place in 0..<layer.channels * height * width {
      let (line, column) = (place / width, place % width)
      let target =
        (line / height * layer.height + line % height + margin) * layer.width + column + margin
      for row in 0..<rowCount {
        let (strip, lane) = (row / Self.lanes, row % Self.lanes)
        inputs.start[(strip * layer.inputCount + target) * Self.lanes + lane] =
          values[place * rowCount + row]
      }
    }
  }

  /// Computes and keeps all layers; outputs [C × B].
  public func forward(outputs: UnsafeMutablePointer<Float>) {
    qhost_kernel_convolution_forward(
      stages.baseAddress, layers.count, inputs.start, layers[0].inputCount * Self.lanes, rowCount,
      outputs)
  }
}
