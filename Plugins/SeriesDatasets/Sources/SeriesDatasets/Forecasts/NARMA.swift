import QHostDatasets
public import QHostInterfaces

/// A nonlinear moving average: foretell the next y from the inputs u so far.
///
/// y(t+1) = 0.3 y(t) + 0.05 y(t) Σ_{i<n} y(t−i) + 1.5 u(t−n+1) u(t) + 0.1, u uniform over 0 ... 0.5.
public final class NARMA: DatasetComponent, SeriesDataset, MetricProviding {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "narma",
    summary: "A nonlinear autoregressive moving average, a step at a time, driven by noise.",
    source:
      "A. F. Atiya, A. G. Parlos, New results on recurrent network training, IEEE Trans. Neural "
      + "Networks 11, 2000.",
    parameters: [
      .integer("order", default: 10, in: 2...10, "n, how many steps back y depends on."),
      .integer("train_rows", default: 3000, in: 2...1_000_000, "Steps of the training split."),
      .integer("validation_rows", default: 1000, in: 2...1_000_000, "Of the validation split."),
      .integer("test_rows", default: 2000, in: 2...1_000_000, "Of the test split."),
      .integer(
        "data_seed", default: 0,
        "Picks the noise; the seed of a run does not change it, so that all runs see the same."),
    ])

  private static let settling = 200

  /// What it holds.
  public let datasetDescription: DatasetDescription
  private let streams: [Split: ForecastStream]
  private let variances: [Split: Double]

  /// Draws the inputs and follows the equation.
  public init(request: ComponentRequest) throws(ComponentError) {
    let configuration = request.configuration
    let (order, seed) = (configuration.integer("order"), configuration.integer("data_seed"))
    var streams: [Split: ForecastStream] = [:]
    var variances: [Split: Double] = [:]
    for split in Split.allCases {
      let count = configuration.integer("\(split)_rows")
      var generator = SplitMix64(seed: seed, purpose: "narma \(split)")
      let stream = Self.stream(count: count, order: order, generator: &generator)
      guard stream.targets.allSatisfy({ abs($0) < 10 }) else {
        throw .parameter(
          "with data_seed \(seed) the series of the \(split) split grows without bound; set another "
            + "data_seed")
      }
      streams[split] = stream
      variances[split] = Moments(stream.targets.map(Double.init)).variance
    }
    self.streams = streams
    self.variances = variances
    var description = DatasetDescription(
      task: .regression, input: Shape([1, 1]), output: Shape([1]), targetWidth: 1,
      rowCounts: streams.mapValues(\.targets.count))
    description.isSeries = true
    description.streams = Set(Split.allCases)
    description.scaling = .standardize
    description.featureNames = ["u"]
    description.outputNames = ["y"]
    description.source = "generated"
    datasetDescription = description
  }

  private static func stream(
    count: Int, order: Int, generator: inout SplitMix64
  ) -> ForecastStream {
    var stream = ForecastStream()
    var u = [Double](repeating: 0, count: order)
    var y = [Double](repeating: 0, count: order)
    for step in 0..<settling + count {
      u.insert(generator.uniform() / 2, at: 0)
      u.removeLast()
      let next = 0.3 * y[0] + 0.05 * y[0] * y.reduce(0, +) + 1.5 * u[order - 1] * u[0] + 0.1
      y.insert(next, at: 0)
      y.removeLast()
      guard step >= settling else { continue }
      stream.inputs.append(Float(u[0]))
      stream.targets.append(Float(next))
    }
    return stream
  }

  /// Writes inputs u(t) [B × 1] and targets y(t+1) [B] of rows [B] of a split.
  public func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    streams[split]?.read(rows: rows, channelCount: 1, inputs: inputs, targets: targets)
  }

  /// The normalised error.
  public let metricDescriptions = [
    MetricDescription("nrmse", .lower, "Error of the next value, normalised by its deviation.")
  ]

  /// Measures it.
  public func measure(_ sample: MetricSample) throws(ComponentError) -> [MetricValue] {
    guard let stream = streams[sample.split], let variance = variances[sample.split] else {
      return []
    }
    let error = stream.normalizedError(of: sample.outputs, rows: sample.rows, variance: variance) {
      _ in true
    }
    return [MetricValue(error)]
  }
}
