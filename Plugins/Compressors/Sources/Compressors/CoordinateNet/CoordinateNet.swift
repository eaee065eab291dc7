public import QHostInterfaces

/// A network whose weights are a trained function of their place: a network of sine units, with a gain for each tensor.
///
/// p_i = g_t s_i f(x_i): x_i are the bits of the number i of a weight, or its place in its tensor; s_i is the spread of the
/// weight that the inner model starts with, g_t the trained gain of its tensor. All numbers of f are trained.
///
/// Sources: Sitzmann, Martel, Bergman, Lindell, Wetzstein, *Implicit neural representations with periodic activation
/// functions*, NeurIPS 2020; Stanley, D'Ambrosio, Gauci, *A hypercube-based encoding for evolving large-scale neural
/// networks*, Artificial Life 15 (2009) 185, for weights as a function of their place.
public final class CoordinateNet: Compressor {
  /// Its name, and what users can set.
  public static let descriptor = ComponentDescriptor(
    name: "coordinate-net",
    summary:
      "A network whose weights are what a trained network of sine units says of their place.",
    source:
      "Sitzmann, Martel, Bergman, Lindell, Wetzstein, Implicit neural representations with periodic "
      + "activation functions, NeurIPS 2020",
    parameters: [
      .integers(
        "hidden", default: [], in: 1...4096, tunable: true,
        "Sine units of each hidden layer; empty: one layer, as wide as share allows, and of at least 4 units."
      ),
      .real(
        "share", default: 0.105, in: 0...1, tunable: true,
        "The most trained numbers for each weight of the inner model, where hidden is empty."),
      .choice(
        "inputs", default: "bits",
        of: [
          .init("bits", "The bits of the weight's number, -1 and 1."),
          .init("places", "The number of its tensor and its place along each axis, from -1 to 1."),
        ], tunable: true, "What the network of sine units is told of a weight."),
      .positive(
        "frequency", default: 30, upTo: 300, tunable: true,
        "How far the arguments of the first sines spread at the start."),
    ], dependencies: [InnerNetwork.dependency])

  /// The least units of a layer whose width is not given.
  static let leastWidth = 4

  /// What it is, for the inner model it was made around.
  public let modelDescription: ModelDescription
  let inner: InnerNetwork
  let generator: any ParameterGenerator
  private let initialisation: SineInitialisation
  /// What gains start at, [T].
  private let gains: [Double]
  private let host: any HostServices

  /// Lays out the network of sine units.
  ///
  /// - Throws: kind `parameter` for more trained numbers than weights, and an inner model whose weights cannot be
  ///   generated.
  public init(request: ComponentRequest, mapping: Mapping) throws(ComponentError) {
    let inner = try InnerNetwork(request, mapping: mapping)
    let configuration = request.configuration
    let inputs =
      configuration.choice("inputs") == "bits"
      ? CoordinateInputs.bits(weightCount: inner.count)
      : CoordinateInputs.places(in: inner.blocks, weightCount: inner.count)
    var hidden = configuration.integers("hidden")
    if hidden.isEmpty {
      let numbers = Int(configuration.real("share") * Double(inner.count))
      let width = SineLayers.fittingWidth(
        inputs: inputs.count, gains: inner.blocks.count, parameterCount: numbers)
      hidden = [max(Self.leastWidth, width)]
    }
    let layers = SineLayers(
      widths: [inputs.count] + hidden + [1], gainCount: inner.blocks.count)
    let words = hidden.map(String.init).joined(separator: ",")
    try inner.check(layers.parameterCount, "hidden = \(words)")
    generator = CoordinateGenerator(
      layers: layers, inputs: inputs, scales: inner.scales, tensors: inner.tensorNumbers)
    initialisation = SineInitialisation(
      layers: layers, frequency: configuration.real("frequency"))
    gains = inner.relativeSpreads
    let work = CoordinateGenerator.work(layers, weightCount: inner.count)
    var description = inner.outerDescription(
      parameterCount: layers.parameterCount, generating: work.generating,
      pullingBack: work.pullingBack)
    description.scales = initialisation.spreads + gains.map { _ in 1 }
    description.blocks = layers.blocks
    modelDescription = description
    self.inner = inner
    host = request.host
  }

  /// Weights and biases uniform over their limits, and gains with which tensors spread as where the inner model starts.
  public func initialParameters(start: UInt64) throws(ComponentError) -> [Double] {
    let limits = initialisation.limits
    let uniforms = host.uniforms(step: start, index: 0, count: limits.count)
    return zip(limits, uniforms).map { $0 * (2 * $1 - 1) } + gains
  }
}

extension InnerNetwork {
  /// The tensor of each weight, [n].
  var tensorNumbers: [Int32] {
    var numbers = [Int32](repeating: 0, count: count)
    for (number, block) in blocks.enumerated() {
      for weight in block.offset..<block.offset + block.shape.count {
        numbers[weight] = Int32(number)
      }
    }
    return numbers
  }

  /// How far each tensor spreads where the model starts, in units of its weights' spreads: the root of the mean square.
  var relativeSpreads: [Double] {
    blocks.map { block in
      let range = block.offset..<block.offset + block.shape.count
      let sum = range.reduce(0.0) {
        let value = start[$1] / scales[$1]
        return $0 + value * value
      }
      return (sum / Double(range.count)).squareRoot()
    }
  }
}
