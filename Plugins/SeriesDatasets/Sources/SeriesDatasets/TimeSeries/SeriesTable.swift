import QHostDatasets
import QHostInterfaces

/// Series in memory, padded to the longest one, and which split each belongs to.
struct SeriesTable: Sendable {
  /// T of the longest series.
  let stepCount: Int
  /// S, the number of channels.
  let channelCount: Int
  /// [N × T × S], 0 beyond a series.
  private let inputs: [Float]
  /// [N].
  let targets: [Float]
  /// [N].
  private let lengths: [Int]
  /// The numbers of the series in each split.
  let members: [Split: [Int]]

  /// Keeps series and their targets.
  init(_ cases: [SeriesCase], targets: [Float], channelCount: Int, members: [Split: [Int]]) {
    let stepCount = cases.map(\.length).max() ?? 1
    let width = stepCount * channelCount
    var inputs = [Float](repeating: 0, count: cases.count * width)
    for (row, one) in cases.enumerated() {
      inputs.replaceSubrange(row * width..<row * width + one.values.count, with: one.values)
    }
    self.inputs = inputs
    self.stepCount = stepCount
    self.channelCount = channelCount
    self.targets = targets
    self.members = members
    lengths = cases.map(\.length)
  }

  /// Rows of each split.
  var rowCounts: [Split: Int] { members.mapValues(\.count) }

  /// Writes the inputs [B × T × S] and targets [B] of rows [B] of a split.
  func read(
    _ split: Split, rows: [Int], inputs output: UnsafeMutableBufferPointer<Float>,
    targets outputTargets: UnsafeMutableBufferPointer<Float>
  ) {
    let members = self.members[split] ?? []
    let width = stepCount * channelCount
    precondition(output.count >= rows.count * width, "room for too few inputs")
    precondition(outputTargets.count >= rows.count, "room for too few targets")
    for (place, row) in rows.enumerated() {
      let start = members[row] * width
      for index in 0..<width { output[place * width + index] = inputs[start + index] }
      outputTargets[place] = targets[members[row]]
    }
  }

  /// The lengths of rows of a split.
  func lengths(_ split: Split, rows: [Int]) -> [Int] {
    let members = self.members[split] ?? []
    return rows.map { lengths[members[$0]] }
  }
}
