public import QHostInterfaces

/// A network whose weights are integers of few bits, with a scale for each unit.
///
/// w_ij = s_i k_ij with k_ij = round(θ_ij / s_i), |k_ij| ≤ 2^(b−1) − 1 and s_i = max_j |θ_ij| / (2^(b−1) − 1). Trained are the θ, as many
/// as there are weights; gradients pass the rounding as if it were not there. Biases, and all else that is a list, stay
/// real. Around a trained network it is that network rounded, and its training refines what was rounded.
///
/// Sources: Jacob et al., *Quantization and training of neural networks for efficient integer-arithmetic-only inference*,
/// CVPR 2018; Bengio, Léonard, Courville, *Estimating or propagating gradients through stochastic neurons*, arXiv 1308.3432,
/// for the gradient.
///
/// *Deviations*: integers are symmetric about 0, without a zero point; scales are of single units; activations stay real.
public final class Quantised: Compressor {
  /// Its name, and what users can set.
  public static let descriptor = ComponentDescriptor(
    name: "quantised",
    summary: "A network whose weights are integers of few bits, with a scale for each unit.",
    source:
      "Jacob et al., Quantization and training of neural networks for efficient integer-arithmetic-only "
      + "inference, CVPR 2018",
    parameters: [
      .integers(
        "bits", default: [8], in: 2...16, tunable: true,
        "Bits of a weight, the sign included: of all matrices, or of each in their order.")
    ], dependencies: [InnerNetwork.dependency])

  /// What it is, for the inner model it was made around.
  public let modelDescription: ModelDescription
  let inner: InnerNetwork
  let generator: any ParameterGenerator
  let rounding: WeightRounding

  /// Finds the matrices of the inner model.
  ///
  /// - Throws: kind `parameter` for an inner model without matrices or whose weights cannot be rounded, and for numbers of bits
  ///   that are not one for each of them.
  public init(request: ComponentRequest, mapping: Mapping) throws(ComponentError) {
    let inner = try InnerNetwork(request, mapping: mapping)
    let matrices = inner.blocks.filter { $0.shape.extents.count > 1 && $0.shape.count > 0 }
    guard !matrices.isEmpty else {
      throw .parameter(
        "quantised rounds matrices of weights, and inner has none; set inner to a model with layers, such as mlp"
      )
    }
    let bits = request.configuration.integers("bits")
    guard bits.count == 1 || bits.count == matrices.count else {
      let names = matrices.map(\.name).joined(separator: ", ")
      throw .parameter(
        "bits has \(bits.count) numbers for \(matrices.count) matrices (\(names)); give one for all, or one for each"
      )
    }
    rounding = WeightRounding(
      matrices: matrices.enumerated().map {
        RoundedMatrix(block: $1, bits: bits[bits.count == 1 ? 0 : $0])
      })
    generator = rounding
    let work = WeightRounding.work(inner.count)
    var description = inner.outerDescription(
      parameterCount: inner.count, generating: work.generating, pullingBack: work.pullingBack)
    description.scales = inner.scales
    description.blocks = inner.blocks
    modelDescription = description
    self.inner = inner
  }

  /// Where the inner model starts, or the trained file; later ones are further starts of the inner model.
  public func initialParameters(start: UInt64) throws(ComponentError) -> [Double] {
    start == 0 ? inner.start : try inner.model.initialParameters(start: start)
  }

  /// Bits of everything that is stored: integers, their scales, and what stays real, in single precision.
  package var storedBits: Int {
    let rounded = rounding.matrices.reduce(0) { $0 + $1.block.shape.count }
    return rounding.matrices.reduce(0) { $0 + $1.storedBits }
      + (inner.count - rounded) * Float.bitCount
  }

  /// How large it is.
  public var metricDescriptions: [MetricDescription] {
    [
      MetricDescription("inner_weights", .neutral, "Weights of the inner model."),
      MetricDescription(
        "stored_bits", unit: "bit", .lower,
        "Bits of its integers and, in single precision, of scales, biases and what else stays real."
      ),
      MetricDescription(
        "compression_ratio", .higher, "Bits of the inner model in single precision over that."),
    ]
  }

  /// Counts; the rows do not matter.
  public func measure(_ sample: MetricSample) throws(ComponentError) -> [MetricValue] {
    let (weights, bits) = (Double(inner.count), Double(storedBits))
    return [
      MetricValue(weights), MetricValue(bits), MetricValue(weights * Double(Float.bitCount) / bits),
    ]
  }
}
