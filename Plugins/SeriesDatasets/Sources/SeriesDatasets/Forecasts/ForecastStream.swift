import QHostInterfaces

/// A stream of rows of one step each, and what each is to foretell.
struct ForecastStream: Sendable {
  /// [N × S].
  var inputs: [Float] = []
  /// [N].
  var targets: [Float] = []

  /// Writes the inputs [B × S] and targets [B] of rows [B].
  func read(
    rows: [Int], channelCount: Int, inputs output: UnsafeMutableBufferPointer<Float>,
    targets outputTargets: UnsafeMutableBufferPointer<Float>
  ) {
    precondition(output.count >= rows.count * channelCount, "room for too few inputs")
    for (place, row) in rows.enumerated() {
      for channel in 0..<channelCount {
        output[place * channelCount + channel] = inputs[row * channelCount + channel]
      }
      outputTargets[place] = targets[row]
    }
  }

  /// √(mean of (output − target)² / variance of the target) of outputs [B] for those of the rows [B] that count; ∞ where
  /// none does.
  func normalizedError(
    of outputs: UnsafeBufferPointer<Double>, rows: [Int], variance: Double,
    where isCounted: (Int) -> Bool
  ) -> Double {
    var (sum, count) = (0.0, 0)
    for (place, row) in rows.enumerated() where isCounted(row) {
      let error = outputs[place] - Double(targets[row])
      sum += error * error
      count += 1
    }
    return count == 0 ? .infinity : (sum / Double(count) / variance).squareRoot()
  }
}
