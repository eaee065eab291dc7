public import QHostInterfaces

/// Streams with labelled anomalies: each point is scored before the next one is seen.
///
/// All series follow one another in one stream of rows [1 × 2]: the value, and 1 where a series begins. Training has the
/// probation of each series, validation is empty, test has all rows. The host binds the test's rows one by one, so that no
/// model can look ahead.
public final class Anomaly: DatasetComponent, SeriesDataset, MetricProviding {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "anomaly",
    summary: "Streams with labelled anomalies, as NAB's; scored as NAB does and by VUS-PR.",
    source: "A. Lavin, S. Ahmad, ICMLA 2015 (NAB); J. Paparrizos et al., VLDB 2022 (VUS).",
    parameters: [
      .path(
        "path", default: "nab",
        "A folder with series and windows, from the current one or within the data folders; or one "
          + "CSV file with a column is_anomaly."),
      .text("windows", default: "windows.json", "The list of windows in the folder."),
      .text("series", default: "", "Only those whose names begin so, as realKnownCause/."),
      .choice(
        "outputs", default: "score",
        of: [
          .init("score", "The model's output is the anomaly score of the point that it is given."),
          .init(
            "forecast",
            "The output is the next value; the score is how unlikely the forecast's error is."),
        ], "What a model's output means."),
      .choice(
        "scaling", default: "probation",
        of: [
          .init("probation", "Each series to mean 0, deviation 1 of its probation."),
          .init("none", "As they are."),
        ], "How values are scaled."),
      .choice(
        "irregular", default: "report",
        of: [
          .init(
            "report", "Rows are taken in the order of the file, and what is irregular is logged."),
          .init("refuse", "Series with duplicate or unordered timestamps or gaps are refused."),
        ], "What is done about irregular timestamps."),
      .integer(
        "vus_width", default: 0, in: 0...1000,
        "W of VUS; 0: the period of each series, found from its autocorrelation."),
    ])

  /// What it holds.
  public let datasetDescription: DatasetDescription
  let corpus: AnomalyCorpus
  /// What was measured last on the test split, for figures.
  private(set) var measured: [NABScorer.Series] = []
  /// Where the series of each split begin, and how many rows each has there.
  private let layout: [Split: StreamLayout]
  private let scales: [Moments]
  private let isForecast: Bool
  private let width: Int

  /// Reads and checks the files.
  public init(request: ComponentRequest) throws(ComponentError) {
    let configuration = request.configuration
    corpus = try AnomalyCorpus(configuration, request.host)
    isForecast = configuration.choice("outputs") == "forecast"
    width = configuration.integer("vus_width")
    for one in corpus.series where one.probation < 2 {
      throw .data(
        "series '\(one.name)' has \(one.values.count) rows, too few for a probation of 15 %; give at "
          + "least 14")
    }
    let isScaled = configuration.choice("scaling") == "probation"
    scales = corpus.series.map { Self.scale($0, isScaled: isScaled) }
    layout = [
      .train: StreamLayout(corpus.series.map(\.probation)),
      .test: StreamLayout(corpus.series.map(\.values.count)),
    ]
    var description = DatasetDescription(
      task: .regression, input: Shape([1, 2]), output: Shape([1]), targetWidth: 1,
      rowCounts: layout.mapValues(\.rowCount))
    description.isSeries = true
    description.streams = [.train, .test]
    description.featureNames = ["value", "begins"]
    description.outputNames = [isForecast ? "next" : "score"]
    description.source = configuration.text("path")
    datasetDescription = description
  }

  /// Writes inputs [B × 2] and targets [B]: whether the row lies in a window, or the next value of its series.
  ///
  /// The last row of a series, which has no next one, has its own value as target.
  public func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    guard let layout = layout[split] else { return }
    precondition(inputs.count >= 2 * rows.count, "room for too few inputs")
    for (place, row) in rows.enumerated() {
      let (index, time) = layout.place(of: row)
      let series = corpus.series[index]
      inputs[2 * place] = scaled(series.values[time], index)
      inputs[2 * place + 1] = time == 0 ? 1 : 0
      targets[place] =
        isForecast
        ? scaled(series.values[min(time + 1, layout.counts[index] - 1)], index)
        : series.windows.contains { $0.contains(time) } ? 1 : 0
    }
  }

  private func scaled(_ value: Double, _ index: Int) -> Float {
    Float((value - scales[index].mean) / scales[index].variance.squareRoot())
  }

  private static func scale(_ series: AnomalySeries, isScaled: Bool) -> Moments {
    guard isScaled else { return Moments(mean: 0, variance: 1) }
    let moments = Moments(series.values[..<series.probation])
    // A constant beginning has no scale.
    return moments.variance > 0 ? moments : Moments(mean: moments.mean, variance: 1)
  }

  /// The scores of NAB's three profiles, and the mean volumes.
  public let metricDescriptions =
    NABProfile.all.map {
      MetricDescription(
        "nab_\($0.name)", .higher,
        "NAB's score at the best threshold, profile \($0.name); 100 is perfect. -inf without windows."
      )
    } + [
      MetricDescription("vus_pr", .higher, "Mean VUS-PR of the series with windows; -inf without."),
      MetricDescription(
        "vus_roc", .higher, "Mean VUS-ROC of the series with windows; -inf without."),
    ]

  /// Measures them after the probation of each series.
  ///
  /// - Throws: kind `data` for scores that are not finite, and for constant ones where there are windows; when rows are not
  ///   the beginning of the stream.
  public func measure(_ sample: MetricSample) throws(ComponentError) -> [MetricValue] {
    guard let layout = layout[sample.split], sample.split == .test else {
      return metricDescriptions.map { _ in MetricValue(-.infinity) }
    }
    guard sample.rows.last == sample.rows.count - 1 else {
      throw .unsupported("anomaly scores are measured on the beginning of the stream, without gaps")
    }
    let outputs = Array(sample.outputs[..<sample.rows.count])
    var scored: [NABScorer.Series] = []
    for (index, part) in layout.parts(of: sample.rows).enumerated() where !part.isEmpty {
      let series = corpus.series[index]
      var scores = Array(outputs[part])
      try check(scores, series)
      if isForecast {
        scores = ForecastScores.scores(
          forecasts: scores,
          values: (0..<part.count).map { Double(scaled(series.values[$0], index)) })
      }
      scored.append(
        NABScorer.Series(scores: scores, windows: series.windows, rowCount: series.values.count))
    }
    measured = scored
    let scorer = NABScorer(scored)
    guard scorer.windowCount > 0 else {
      return metricDescriptions.map { _ in MetricValue(-.infinity) }
    }
    let least = scored.compactMap { $0.scores.min() }.min()
    guard least != scored.compactMap({ $0.scores.max() }).max() else {
      throw .data(
        "all scores are \(least ?? 0): a constant detects nothing, and its measures would mislead; use a "
          + "model that tells points apart")
    }
    let volumes = volumes(scored)
    return NABProfile.all.map { MetricValue(scorer.best($0)?.score ?? -.infinity) }
      + [MetricValue(volumes.precisionRecall), MetricValue(volumes.roc)]
  }

  private func check(_ scores: [Double], _ series: AnomalySeries) throws(ComponentError) {
    guard let row = scores.firstIndex(where: { !$0.isFinite }) else { return }
    throw .data(
      "the score of '\(series.name)' row \(row + 1) is \(scores[row]); scores must be finite: look for "
        + "what overflows in the model")
  }

  private func volumes(_ scored: [NABScorer.Series]) -> VolumeUnderSurface.Volumes {
    var all: [VolumeUnderSurface.Volumes] = []
    for (index, one) in scored.enumerated() {
      let series = corpus.series[index]
      guard one.scores.count > one.probation else { continue }
      let found = VolumeUnderSurface.volumes(
        Array(one.scores[one.probation...]),
        anomalies: series.scoredAnomalies(rowCount: one.scores.count),
        width: width > 0 ? width : SeriesPeriod.period(of: series.values))
      if let found { all.append(found) }
    }
    let count = Double(all.count)
    guard count > 0 else { return .init(roc: -.infinity, precisionRecall: -.infinity) }
    return .init(
      roc: all.reduce(0) { $0 + $1.roc } / count,
      precisionRecall: all.reduce(0) { $0 + $1.precisionRecall } / count)
  }
}
