public import QHostInterfaces

/// A network in a random subspace: its weights are a frozen start plus a frozen random projection of few numbers.
///
/// p = p0 + S R θ with θ [k] trained, p0 [n] the inner model's start or a trained file, S the spreads of its weights,
/// and R [n × k] random: dense with columns of length 1, or with one ±1 in each row.
///
/// Sources: Li, Farkhoor, Liu, Yosinski, *Measuring the intrinsic dimension of objective landscapes*, ICLR 2018;
/// Chen, Wilson, Tyree, Weinberger, Chen, *Compressing neural networks with the hashing trick*, ICML 2015.
public final class Subspace: Compressor {
  /// Its name, and what users can set.
  public static let descriptor = ComponentDescriptor(
    name: "subspace",
    summary:
      "A network whose weights are a frozen start plus a random projection of trained numbers.",
    source:
      "Li, Farkhoor, Liu, Yosinski, Measuring the intrinsic dimension of objective landscapes, ICLR 2018; "
      + "Chen et al., Compressing neural networks with the hashing trick, ICML 2015",
    parameters: [
      .integer(
        "numbers", default: 32, in: 1...1_000_000_000, tunable: true,
        "Trained numbers, at most as many as the inner model has weights."),
      .choice(
        "projection", default: "hashed",
        of: [
          .init("hashed", "Each weight has one trained number, with a random sign."),
          .init("dense", "Each weight is a random combination of all trained numbers."),
        ], tunable: true, "How trained numbers become weights."),
    ], dependencies: [InnerNetwork.dependency])

  /// The stream of the host's random numbers that projections are drawn from, and that of starting points.
  static let projectionStream: UInt64 = 1 << 31
  private static let startStream: UInt64 = projectionStream + 1

  /// What it is, for the inner model it was made around.
  public let modelDescription: ModelDescription
  let inner: InnerNetwork
  let generator: any ParameterGenerator
  private let host: any HostServices

  /// Draws the projection.
  ///
  /// - Throws: kind `parameter` for more numbers than weights, and an inner model whose weights cannot be generated.
  public init(request: ComponentRequest, mapping: Mapping) throws(ComponentError) {
    let inner = try InnerNetwork(request, mapping: mapping)
    let numbers = request.configuration.integer("numbers")
    try inner.check(numbers, "numbers = \(numbers)")
    let isDense = request.configuration.choice("projection") == "dense"
    let work: (generating: Double, pullingBack: Double)
    // The spread of θ that moves weights by about their own.
    var spread = 1.0
    if isDense {
      let projection = DenseProjection(inner, numberCount: numbers, host: request.host)
      work = DenseProjection.work(inner.count, numbers, isKept: projection.isKept)
      generator = projection
      spread = (Double(inner.count) / Double(numbers)).squareRoot()
    } else {
      generator = HashedProjection(inner, numberCount: numbers, host: request.host)
      work = HashedProjection.work(inner.count)
    }
    var description = inner.outerDescription(
      parameterCount: numbers, generating: work.generating, pullingBack: work.pullingBack)
    description.scales = [Double](repeating: spread, count: numbers)
    description.blocks = [ParameterBlock(name: "numbers", shape: Shape([numbers]), offset: 0)]
    modelDescription = description
    self.inner = inner
    host = request.host
  }

  /// Zeros, the frozen start itself; later starts lie around it by a spread.
  public func initialParameters(start: UInt64) throws(ComponentError) -> [Double] {
    let scales = modelDescription.scales
    guard start > 0 else { return scales.map { _ in 0 } }
    let normals = host.normals(step: start, index: Self.startStream, count: scales.count)
    return zip(scales, normals).map { $0 * $1 }
  }
}
