internal import QHostInterfaces

/// A row that was predicted and whose label has not come.
struct PendingRow {
  var row: Int
  /// NaN: it never comes.
  var label: Double
  var noChange: Double
  var majority: Double
  var isLearnable: Bool
}

/// Rows that wait for their labels, in their order.
struct PendingRows {
  private let inputCount: Int
  private let targetWidth: Int
  private let learnerCount: Int
  private var rows: [PendingRow] = []
  private var allInputs: [Float] = []
  private var allTargets: [Float] = []
  private var allPredictions: [Double] = []
  /// The place of the oldest.
  private var head = 0

  init(inputCount: Int, targetWidth: Int, learnerCount: Int) {
    self.inputCount = inputCount
    self.targetWidth = targetWidth
    self.learnerCount = learnerCount
  }

  var count: Int { rows.count - head }
  /// The oldest; there must be one.
  var first: PendingRow { rows[head] }
  /// Its scaled inputs.
  var inputs: ArraySlice<Float> { allInputs[head * inputCount..<(head + 1) * inputCount] }
  /// Its scaled targets.
  var targets: ArraySlice<Float> { allTargets[head * targetWidth..<(head + 1) * targetWidth] }

  /// What a learner said of it.
  func prediction(_ learner: Int) -> Double { allPredictions[head * learnerCount + learner] }

  /// Takes a row.
  ///
  /// - Parameters:
  ///   - row: what is known of it.
  ///   - inputs: [F], scaled.
  ///   - targets: [T], scaled.
  ///   - predictions: of each learner, [B] each.
  ///   - place: of the row among those B.
  mutating func append(
    _ row: PendingRow, _ inputs: ArraySlice<Float>, _ targets: ArraySlice<Float>,
    _ predictions: [[Double]], _ place: Int
  ) {
    rows.append(row)
    allInputs.append(contentsOf: inputs)
    allTargets.append(contentsOf: targets)
    for own in predictions { allPredictions.append(own[place]) }
  }

  mutating func removeFirst() {
    head += 1
    guard head == rows.count || head >= 4_096 else { return }
    rows.removeFirst(head)
    allInputs.removeFirst(head * inputCount)
    allTargets.removeFirst(head * targetWidth)
    allPredictions.removeFirst(head * learnerCount)
    head = 0
  }

  func save(_ writer: inout StateWriter) {
    writer.write(count)
    for row in rows[head...] {
      writer.write(row.row)
      writer.write([row.label, row.noChange, row.majority])
      writer.write(row.isLearnable)
    }
    writer.write(allInputs[(head * inputCount)...].map { Double($0) })
    writer.write(allTargets[(head * targetWidth)...].map { Double($0) })
    writer.write(Array(allPredictions[(head * learnerCount)...]))
  }

  mutating func load(_ reader: inout StateReader) throws(ComponentError) {
    let found = try reader.readInteger()
    guard (0...100_000_000).contains(found) else {
      throw ComponentError("the saved rows are damaged; start a new run")
    }
    rows = []
    for _ in 0..<found {
      let row = try reader.readInteger()
      let numbers = try reader.readReals(count: 3)
      rows.append(
        PendingRow(
          row: row, label: numbers[0], noChange: numbers[1], majority: numbers[2],
          isLearnable: try reader.readBoolean()))
    }
    allInputs = try reader.readReals(count: found * inputCount).map { Float($0) }
    allTargets = try reader.readReals(count: found * targetWidth).map { Float($0) }
    allPredictions = try reader.readReals(count: found * learnerCount)
    head = 0
  }
}
