import QHostDatasets
import QHostInterfaces

/// Samples in memory, and which split each of them belongs to.
struct SampleTable: Sendable {
  /// Inputs [N × F].
  let inputs: [Float]
  /// Targets [N × 1].
  let targets: [Float]
  /// F, the number of features.
  let featureCount: Int
  /// The splits.
  let partition: Partition

  /// Keeps inputs [N × F] and targets [N].
  init(inputs: [Float], targets: [Float], featureCount: Int, partition: Partition) {
    precondition(inputs.count == targets.count * featureCount, "inputs and targets do not match")
    self.inputs = inputs
    self.targets = targets
    self.featureCount = featureCount
    self.partition = partition
  }

  /// Writes the inputs [B × F] and targets [B × 1] of rows [B] of a split.
  func read(
    _ split: Split, rows: [Int], inputs output: UnsafeMutableBufferPointer<Float>,
    targets outputTargets: UnsafeMutableBufferPointer<Float>
  ) {
    let members = partition.rows(split)
    precondition(output.count >= rows.count * featureCount, "room for too few inputs")
    precondition(outputTargets.count >= rows.count, "room for too few targets")
    inputs.withUnsafeBufferPointer { source in
      for (place, row) in rows.enumerated() {
        let start = members[row] * featureCount
        for feature in 0..<featureCount {
          output[place * featureCount + feature] = source[start + feature]
        }
        outputTargets[place] = targets[members[row]]
      }
    }
  }
}
