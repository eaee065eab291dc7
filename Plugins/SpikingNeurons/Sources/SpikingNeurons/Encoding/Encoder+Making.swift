package import QHostInterfaces

extension Encoder {
  /// How they are declared.
  package static let parameters: [ParameterDescriptor] = [
    .choice(
      "encoder", default: "direct",
      of: [
        .init("direct", "Inputs are currents, or spikes where they are 1, as they are."),
        .init("rate", "Evenly spaced spikes, as often as the input is high."),
        .init("poisson", "Spikes where the input is above fixed random numbers."),
        .init("latency", "One spike, the sooner the higher the input."),
        .init("delta", "Spikes where a series has moved up or down by delta_threshold."),
        .init("population", "Channels that respond to ranges of the input, in a rate code."),
      ], tunable: true, "How inputs become spikes."),
    .choice(
      "input", default: "series",
      of: [
        .init("series", "An input [T x S] is a series of T steps; any other shape is a row."),
        .init("row", "All inputs are shown at once, whatever their shape: images, tables."),
      ], "What an input is."),
    .integer(
      "steps", default: 0, in: 0...100_000, tunable: true,
      "Steps for which a row, or each step of a series, is shown; 0: 25 for a row, 1 for a series."),
    .reals(
      "range", default: [],
      "The inputs that are encoded as 0 and 1; empty: the least and the greatest of the training rows."
    ),
    .integer(
      "groups", default: 8, in: 2...1000, tunable: true,
      "Channels of encoder=population for each input."),
    .real(
      "delta_threshold", default: 0.1, in: 0.0001...1, tunable: true,
      "How far encoder=delta lets inputs move, as a fraction of the range."),
  ]

  /// Makes the encoder of a model's settings.
  ///
  /// - Throws: for settings that do not go together, and for a range that is neither given nor to be had.
  init(_ request: ComponentRequest, _ mapping: Mapping, rows: Calibration?) throws(ComponentError) {
    let configuration = request.configuration
    guard let code = Code(rawValue: configuration.choice("encoder")) else {
      throw .parameter("spiking: encoder '\(configuration.choice("encoder"))' is not known")
    }
    self.code = code
    isExpanded = configuration.integer("max_delay") > 0
    let extents = mapping.input.extents
    isSeries = extents.count == 2 && configuration.choice("input") == "series"
    seriesSteps = isSeries ? extents[0] : 1
    channelCount = isSeries ? extents[1] : mapping.input.count
    let steps = configuration.integer("steps")
    self.steps = steps > 0 ? steps : isSeries ? 1 : 25
    groupCount = configuration.integer("groups")
    threshold = Float(configuration.real("delta_threshold"))
    if code == .delta, !isSeries {
      throw .parameter(
        "spiking: encoder=delta tells how a series moves, and inputs of shape \(mapping.input) are rows; "
          + "choose rate, latency or population")
    }
    (low, high) = try Self.range(configuration.reals("range"), code, rows)
    guard outputCount * mostSteps <= 1 << 30 else {
      throw .parameter(
        "spiking: \(outputCount) channels of \(mostSteps) steps are too many; lower steps or groups"
      )
    }
    if code == .poisson {
      noise = request.host.uniforms(step: 0, index: 3, count: mostSteps * channelCount)
        .map { Float($0) }
    }
  }

  private static func range(
    _ range: [Double], _ code: Code, _ rows: Calibration?
  ) throws(ComponentError) -> (Float, Float) {
    if code == .direct { return (0, 1) }
    if range.isEmpty {
      guard let least = rows?.inputs.min(), let greatest = rows?.inputs.max() else {
        throw .parameter(
          "spiking: encoder=\(code.rawValue) needs the range of inputs, and there are no training rows; "
            + "set range=LOW,HIGH")
      }
      guard least < greatest else {
        throw .parameter(
          "spiking: all inputs of the training rows are \(least), which encoder=\(code.rawValue) cannot tell "
            + "apart; set range=LOW,HIGH")
      }
      return (least, greatest)
    }
    guard range.count == 2, range[0] < range[1] else {
      throw .parameter(
        "spiking: range is \(range.map { "\($0)" }.joined(separator: ",")); give a lower and a higher number"
      )
    }
    return (Float(range[0]), Float(range[1]))
  }
}
