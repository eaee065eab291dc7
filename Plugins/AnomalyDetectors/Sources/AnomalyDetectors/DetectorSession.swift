import QHostInterfaces

/// Rows of a stream, scored once for each time that they are bound.
final class DetectorSession: ModelSession {
  private let source: DetectorSource
  private var inputs = UnsafeBufferPointer<Float>(start: nil, count: 0)
  private var rowCount = 0
  private var start = SeriesStart.separate
  /// Of the rows bound; empty until they have been scored.
  private var scores: [Double] = []
  private var detector: any OnlineDetector
  /// Of the series that the detector sees.
  private var seriesNumber = 0
  /// Whether it has scored a row of this series.
  private var hasScored = false

  init(_ source: DetectorSource) {
    self.source = source
    detector = source.make(0)
  }

  func bind(inputs: UnsafeBufferPointer<Float>, rowCount: Int) throws(ComponentError) {
    self.inputs = inputs
    self.rowCount = rowCount
    start = .separate
    scores.removeAll(keepingCapacity: true)
  }

  func bindSeries(
    lengths: UnsafeBufferPointer<UInt64>, start: SeriesStart
  ) throws(ComponentError) {
    self.start = start
    scores.removeAll(keepingCapacity: true)
  }

  func forward(
    parameters: UnsafeBufferPointer<Double>, pointCount: Int,
    outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    // The state does not depend on the parameter, so that each row is scored once.
    if scores.count != rowCount { scoreRows() }
    for point in 0..<pointCount {
      for row in 0..<rowCount {
        outputs[point * rowCount + row] = Float(parameters[point] * scores[row])
      }
    }
  }

  private func scoreRows() {
    if start != .goOn { restart(0) }
    for row in 0..<rowCount {
      if row > 0, start == .separate { restart(0) }
      let begins = source.channelCount == 2 && inputs[rowCount + row] == 1
      // The first row of a pass begins series 0 already.
      if begins, hasScored { restart(seriesNumber + 1) }
      scores.append(detector.score(Double(inputs[row])))
      hasScored = true
    }
  }

  private func restart(_ number: Int) {
    seriesNumber = number
    detector = source.make(number)
    hasScored = false
  }
}
