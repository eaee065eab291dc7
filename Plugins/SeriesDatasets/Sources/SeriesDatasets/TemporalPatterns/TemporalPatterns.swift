import QHostDatasets
public import QHostInterfaces

/// Spikes of Poisson noise on many channels, among which half of the series have a pattern of precise times.
///
/// The other half have the same spikes of the pattern at other times: as many on each channel, within as many steps. Rates
/// therefore say nothing, and only the times of spikes do.
public final class TemporalPatterns: DatasetComponent, SeriesDataset, MetricProviding {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "temporal-patterns",
    summary:
      "Spikes of Poisson noise with or without a pattern of precise times; rates say nothing.",
    source:
      "T. Masquelier, R. Guyonneau, S. J. Thorpe, Spike timing dependent plasticity finds the "
      + "start of repeating patterns in continuous spike trains, PLoS ONE 3, 2008: a pattern among "
      + "noise of the same rate; here in separate series, with scrambled patterns in the others.",
    parameters: [
      .integer("channels", default: 20, in: 1...10_000, "S, the channels of a series."),
      .integer("steps", default: 100, in: 2...100_000, "T, the steps of a series."),
      .integer("pattern_steps", default: 30, in: 2...100_000, "Steps of the pattern; at most T."),
      .positive(
        "rate", default: 0.05, upTo: 0.5, "Spikes of a channel in a step, of noise and pattern."),
      .real("jitter", default: 1, in: 0...1000, unit: "steps", "Deviation of a spike's time."),
      .integer("train_rows", default: 1000, in: 2...1_000_000, "Series of the training split."),
      .integer("validation_rows", default: 1000, in: 2...1_000_000, "Of the validation split."),
      .integer("test_rows", default: 4000, in: 2...1_000_000, "Of the test split."),
      .integer(
        "data_seed", default: 0,
        "Picks pattern and noise; the seed of a run does not change them, so that all runs see the "
          + "same."),
    ])

  /// What it holds.
  public let datasetDescription: DatasetDescription
  private let pattern: SpikePattern
  private let rate: Double
  private let jitter: Double
  private let seed: Int

  /// Draws the pattern.
  public init(request: ComponentRequest) throws(ComponentError) {
    let configuration = request.configuration
    let (channels, steps) = (configuration.integer("channels"), configuration.integer("steps"))
    let patternSteps = configuration.integer("pattern_steps")
    guard patternSteps <= steps else {
      throw .parameter(
        "pattern_steps \(patternSteps) is more than the \(steps) steps of a series; set fewer, or "
          + "more steps")
    }
    rate = configuration.real("rate")
    jitter = configuration.real("jitter")
    seed = configuration.integer("data_seed")
    var generator = SplitMix64(seed: seed, purpose: "temporal pattern")
    pattern = SpikePattern(
      channelCount: channels, stepCount: patternSteps, rate: rate, generator: &generator)
    guard pattern.spikes.contains(where: { !$0.isEmpty }) else {
      throw .parameter(
        "the pattern of data_seed \(seed) has no spikes at rate \(rate); set a higher rate, more "
          + "channels or another data_seed")
    }
    datasetDescription = Self.description(configuration, channels: channels, steps: steps)
  }

  /// Writes the spikes [B × T × S], 0 or 1, and classes [B] of rows [B] of a split.
  ///
  /// A row depends on `data_seed`, the split and its number alone.
  public func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    let extents = datasetDescription.input.extents
    let (steps, channels) = (extents[0], extents[1])
    precondition(inputs.count >= rows.count * steps * channels, "room for too few inputs")
    for (place, row) in rows.enumerated() {
      var generator = SplitMix64(seed: row, purpose: "temporal-patterns \(seed) \(split)")
      let series = UnsafeMutableBufferPointer(
        rebasing: inputs[place * steps * channels..<(place + 1) * steps * channels])
      let hasPattern = hasPattern(split, row)
      targets[place] = hasPattern ? 1 : 0
      let start = generator.integer(below: steps - pattern.stepCount + 1)
      for step in 0..<steps {
        let isNoise = step < start || step >= start + pattern.stepCount
        for channel in 0..<channels {
          series[step * channels + channel] = isNoise && generator.uniform() < rate ? 1 : 0
        }
      }
      let spikes =
        hasPattern
        ? pattern.jittered(jitter, generator: &generator)
        : pattern.scrambled(generator: &generator)
      for (channel, times) in spikes.enumerated() {
        for time in times { series[(start + time) * channels + channel] = 1 }
      }
    }
  }

  /// Whether a row has the pattern: one of each two has, at random, so that no regular choice of rows is of one class.
  private func hasPattern(_ split: Split, _ row: Int) -> Bool {
    var generator = SplitMix64(seed: row / 2, purpose: "temporal-patterns class \(seed) \(split)")
    return generator.integer(below: 2) == row % 2
  }

  /// Detection at 1 % false alarms.
  public let metricDescriptions = [
    MetricDescription(
      "detection", .higher, "Part of the patterns found at 1 % false alarms, 0 to 1.")
  ]

  /// Measures it; the score of a series is the output of class 1 less that of class 0.
  public func measure(_ sample: MetricSample) throws(ComponentError) -> [MetricValue] {
    let rowCount = sample.rows.count
    let scores = (0..<rowCount).map { sample.outputs[rowCount + $0] - sample.outputs[$0] }
    let isPattern = sample.rows.map { hasPattern(sample.split, $0) }
    return [MetricValue(try Detection.rate(scores, isPositive: isPattern, falseAlarms: 0.01))]
  }

  private static func description(
    _ configuration: Configuration, channels: Int, steps: Int
  ) -> DatasetDescription {
    var description = DatasetDescription(
      task: .classification, input: Shape([steps, channels]), output: Shape([2]), targetWidth: 1,
      rowCounts: [
        .train: configuration.integer("train_rows"),
        .validation: configuration.integer("validation_rows"),
        .test: configuration.integer("test_rows"),
      ])
    description.outputNames = ["noise", "pattern"]
    description.isSeries = true
    description.source = "generated"
    return description
  }
}
