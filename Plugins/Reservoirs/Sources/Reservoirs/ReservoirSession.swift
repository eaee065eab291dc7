import QHostInterfaces

/// A block of rows that a reservoir has seen.
///
/// What the units do does not depend on the parameters: it is found once for the rows that are bound, [F × B], and each pass is a product with
/// it. Where outputs stand in for values it does, and each pass runs the units again.
final class ReservoirSession: ModelSession {
  let layout: ReservoirLayout
  let units: ReservoirUnits
  var inputs = UnsafeBufferPointer<Float>(start: nil, count: 0)
  private(set) var rowCount = 0
  private(set) var lengths: [UInt64] = []
  private(set) var start = SeriesStart.separate
  /// What the units show, [F × B]; empty until they were run.
  private var features: [Float] = []
  /// Where the rows begin, and where the last forward ended.
  private(set) var first: ReservoirState
  private var last: ReservoirState
  /// The outputs [C] of the row before the first; `nil`: there is none.
  private(set) var firstOutputs: [Float]?
  private var lastOutputs: [Float]?
  /// The base point of cuts [C × F], and its outputs [C × B].
  var base: [Double] = []
  var baseOutputs: [Double] = []
  private var sums: [Double] = []

  var featureCount: Int { units.featureCount }
  var outputCount: Int { layout.outputCount }

  init(layout: ReservoirLayout, units: ReservoirUnits) {
    self.layout = layout
    self.units = units
    first = ReservoirState(units)
    last = first
  }

  func bind(inputs: UnsafeBufferPointer<Float>, rowCount: Int) throws(ComponentError) {
    self.inputs = inputs
    self.rowCount = rowCount
    lengths = [UInt64](repeating: UInt64(layout.stepCount), count: rowCount)
    begin(.separate)
  }

  func bindSeries(
    lengths: UnsafeBufferPointer<UInt64>, start: SeriesStart
  ) throws(ComponentError) {
    self.lengths = Array(lengths)
    begin(start)
  }

  private func begin(_ start: SeriesStart) {
    self.start = start
    features.removeAll(keepingCapacity: true)
    base = []
    first = start == .goOn ? last : ReservoirState(units)
    firstOutputs = start == .goOn ? lastOutputs : nil
  }

  func forward(
    parameters: UnsafeBufferPointer<Double>, pointCount: Int,
    outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    guard rowCount > 0 else { return }
    let (n, size) = (featureCount * outputCount, outputCount * rowCount)
    let isFree = hasWithheldRows
    if !isFree { runUnits() }
    for point in 0..<pointCount {
      let readOut = UnsafeBufferPointer(rebasing: parameters[point * n..<(point + 1) * n])
      let own = UnsafeMutableBufferPointer(rebasing: outputs[point * size..<(point + 1) * size])
      if isFree {
        last = try runFreely(readOut, own)
      } else {
        for output in 0..<outputCount {
          add(readOut, output: output)
          for row in 0..<rowCount { own[output * rowCount + row] = Float(sums[row]) }
        }
      }
      lastOutputs = (0..<outputCount).map { own[$0 * rowCount + rowCount - 1] }
    }
  }

  /// Σ p f of one output, [B], in ``sums``.
  private func add(_ parameters: UnsafeBufferPointer<Double>, output: Int) {
    let count = rowCount
    sums.removeAll(keepingCapacity: true)
    sums.append(contentsOf: repeatElement(0, count: count))
    sums.withUnsafeMutableBufferPointer { sums in
      features.withUnsafeBufferPointer { features in
        for feature in 0..<featureCount {
          let weight = parameters[output * featureCount + feature]
          for row in 0..<count { sums[row] += weight * Double(features[feature * count + row]) }
        }
      }
    }
  }

  /// The sums that ``openCuts(parameters:)`` keeps.
  func outputs(at parameters: UnsafeBufferPointer<Double>) -> [Double] {
    runUnits()
    var all: [Double] = []
    for output in 0..<outputCount {
      add(parameters, output: output)
      all.append(contentsOf: sums)
    }
    return all
  }

  /// What a feature is in the rows, [B].
  func feature(_ index: Int) -> ArraySlice<Float> {
    features[index * rowCount..<(index + 1) * rowCount]
  }

  func backward(
    outputGradients: UnsafeBufferPointer<Float>, gradient: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    try refuseWithheld("a gradient does not go through outputs that were fed back")
    let (count, features) = (rowCount, features)
    features.withUnsafeBufferPointer { features in
      for output in 0..<outputCount {
        for feature in 0..<featureCount {
          // Four sums, so that additions do not wait for one another.
          var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0)
          let (slopes, column) = (output * count, feature * count)
          var row = 0
          while row + 4 <= count {
            a += Double(outputGradients[slopes + row]) * Double(features[column + row])
            b += Double(outputGradients[slopes + row + 1]) * Double(features[column + row + 1])
            c += Double(outputGradients[slopes + row + 2]) * Double(features[column + row + 2])
            d += Double(outputGradients[slopes + row + 3]) * Double(features[column + row + 3])
            row += 4
          }
          while row < count {
            a += Double(outputGradients[slopes + row]) * Double(features[column + row])
            row += 1
          }
          gradient[output * featureCount + feature] = (a + b) + (c + d)
        }
      }
    }
  }

  /// Runs the units through the rows, unless they were.
  private func runUnits() {
    guard features.isEmpty else { return }
    var all = [Float](repeating: 0, count: featureCount * rowCount)
    let state = all.withUnsafeMutableBufferPointer { all in
      var state = first
      for row in 0..<rowCount {
        if row > 0, start == .separate { state = ReservoirState(units) }
        show(row, to: &state)
        // Rows of the washout see nothing, so that they have no part in gradients either.
        guard !isSettling(state), let start = all.baseAddress else { continue }
        state.read(into: start + row, stride: rowCount)
      }
      return state
    }
    features = all
    last = state
  }

  /// Whether a stream has just begun.
  func isSettling(_ state: ReservoirState) -> Bool {
    start != .separate && state.valueCount <= layout.washout * layout.stepCount
  }

  /// Shows the steps of a row.
  private func show(_ row: Int, to state: inout ReservoirState) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: layout.channelCount) { value in
      for step in 0..<Int(lengths[row]) {
        for channel in 0..<layout.channelCount {
          let place = step * layout.inputChannels + channel
          value.initializeElement(at: channel, to: inputs[place * rowCount + row])
        }
        state.show(UnsafeBufferPointer(value))
      }
    }
  }
}
