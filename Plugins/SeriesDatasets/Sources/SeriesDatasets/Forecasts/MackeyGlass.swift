public import QHostInterfaces

/// The chaotic series of Mackey and Glass, a step at a time: foretell the next value, and then continue alone.
///
/// Inputs are [1 × 2]: the value, and whether it is given. In validation and test, `washout` given values are followed
/// by `horizon` − 1 steps whose value is withheld (0, 0): a model that is to run freely puts its last output in their place.
/// What a model is not given it cannot use, so that the error there is that of a free run.
public final class MackeyGlass: DatasetComponent, SeriesDataset, MetricProviding {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "mackey-glass",
    summary: "The Mackey-Glass series, a step at a time: forecasts, and free runs of 84 steps.",
    source: "M. C. Mackey, L. Glass, Science 197, 1977; error at 84 steps: H. Jaeger, H. Haas, "
      + "Harnessing nonlinearity, Science 304, 2004.",
    parameters: [
      .integer("tau", default: 17, in: 1...1000, "The delay."),
      .real("history", default: 1.2, in: 0.01...2, "The value at all times before 0."),
      .integer("train_rows", default: 3000, in: 2...1_000_000, "Steps of the training split."),
      .integer("trials", default: 20, in: 1...10_000, "Free runs in validation, and in test."),
      .integer("washout", default: 200, in: 1...100_000, "Given values before each free run."),
      .integer(
        "horizon", default: 84, in: 2...10_000,
        "Steps from the last given value to the free run's end."),
    ])

  private static let settling = 1000

  /// What it holds.
  public let datasetDescription: DatasetDescription
  private let streams: [Split: ForecastStream]
  private let washout: Int
  /// Rows from one washout to the next: the output of its last row lies `horizon` steps after the last given value.
  private let period: Int

  /// Integrates the series.
  public init(request: ComponentRequest) throws(ComponentError) {
    let configuration = request.configuration
    washout = configuration.integer("washout")
    period = washout + configuration.integer("horizon") - 1
    let trainCount = configuration.integer("train_rows")
    let trialRows = configuration.integer("trials") * period
    let values = MackeyGlassSeries.values(
      count: Self.settling + trainCount + 2 * trialRows + 1, delay: configuration.integer("tau"),
      history: configuration.real("history"))
    let moments = Moments(values[Self.settling..<Self.settling + trainCount])
    guard moments.variance > 1e-12 else {
      throw .parameter(
        "with tau \(configuration.integer("tau")) the series comes to rest; set a larger tau")
    }
    var streams: [Split: ForecastStream] = [:]
    var start = Self.settling
    for (split, count) in [
      (Split.train, trainCount), (.validation, trialRows), (.test, trialRows),
    ] {
      var stream = ForecastStream()
      for row in 0..<count {
        let isGiven = split == .train || row % period < washout
        let deviation = moments.variance.squareRoot()
        let scaled = { (index: Int) in Float((values[index] - moments.mean) / deviation) }
        stream.inputs += isGiven ? [scaled(start + row), 1] : [0, 0]
        stream.targets.append(scaled(start + row + 1))
      }
      streams[split] = stream
      start += count
    }
    self.streams = streams
    datasetDescription = Self.description(train: trainCount, trialRows: trialRows)
  }

  /// Writes inputs [B × 2] and the next values [B], of mean 0 and deviation 1 over the training split.
  public func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    streams[split]?.read(rows: rows, channelCount: 2, inputs: inputs, targets: targets)
  }

  /// The errors of the next step, and of the last step of free runs.
  public let metricDescriptions = [
    MetricDescription(
      "nrmse", .lower, "Normalised error of the next value where the present one is given."),
    MetricDescription(
      "nrmse_free", .lower,
      "Normalised error of the last step of free runs; infinite in training, which has none."),
  ]

  /// Measures them; the variance that normalises is that of the training split, 1.
  public func measure(_ sample: MetricSample) throws(ComponentError) -> [MetricValue] {
    guard let stream = streams[sample.split] else { return [] }
    let (period, washout) = (period, washout)
    let given = stream.normalizedError(of: sample.outputs, rows: sample.rows, variance: 1) {
      sample.split == .train || $0 % period < washout
    }
    let free = stream.normalizedError(of: sample.outputs, rows: sample.rows, variance: 1) {
      sample.split != .train && $0 % period == period - 1
    }
    return [MetricValue(given), MetricValue(free)]
  }

  private static func description(train: Int, trialRows: Int) -> DatasetDescription {
    var description = DatasetDescription(
      task: .regression, input: Shape([1, 2]), output: Shape([1]), targetWidth: 1,
      rowCounts: [.train: train, .validation: trialRows, .test: trialRows])
    description.isSeries = true
    description.streams = [.train, .validation, .test]
    description.featureNames = ["x", "given"]
    description.outputNames = ["next"]
    description.source = "generated"
    return description
  }
}
