internal import Logging
internal import QHostInterfaces

extension OnlineRun {
  func isLearnable(_ block: OnlineBlock, _ row: Int) -> Bool {
    let target = block.targets[row * targetWidth]
    return target.isFinite && !(isClassification && target < 0)
      && !block.gapRows.contains(row)
  }

  func error(_ prediction: Double, _ label: Double) -> Double {
    if isClassification { return prediction == label ? 0 : 1 }
    let difference = abs(prediction - label)
    return difference.isFinite ? difference : .greatestFiniteMagnitude.squareRoot()
  }

  /// A prediction as it is written.
  func label(_ prediction: Double) -> String {
    guard isClassification else { return "\(prediction)" }
    let index = Int(prediction)
    return outputNames.indices.contains(index) ? CSVFieldText.of(outputNames[index]) : "\(index)"
  }

  func slices(
    _ scaled: (inputs: [Float], targets: [Float]), _ row: Int
  ) -> (ArraySlice<Float>, ArraySlice<Float>) {
    let (f, t) = (inputCount, targetWidth)
    return (scaled.inputs[row * f..<(row + 1) * f], scaled.targets[row * t..<(row + 1) * t])
  }

  /// Puts the last known value where one is not known, and scales the rows.
  func fillAndScale(_ block: inout OnlineBlock) -> (inputs: [Float], targets: [Float]) {
    let f = inputCount
    if !block.gapRows.isEmpty {
      counts.withGaps += block.gapRows.count
      if !hasWarnedOfGaps {
        hasWarnedOfGaps = true
        assembly.common.logger.warning(
          "row \(counts.rows + (block.gapRows.first ?? 0) + 1) of '\(parts.streamName)' has a number that is not known: such rows are predicted with the last known one, and not learned from"
        )
      }
    }
    for row in 0..<block.rowCount {
      for feature in 0..<f {
        let place = row * f + feature
        if block.inputs[place].isFinite {
          lastKnown[feature] = block.inputs[place]
        } else {
          block.inputs[place] = lastKnown[feature]
        }
      }
    }
    var inputs = block.inputs
    inputs.withUnsafeMutableBufferPointer { parts.preprocessing.apply(to: $0) }
    var targets = block.targets
    if let shift = parts.preprocessing.targetShift, let factor = parts.preprocessing.targetFactor {
      for place in targets.indices {
        let output = place % shift.count
        targets[place] = Float((Double(targets[place]) - shift[output]) * factor[output])
      }
    }
    return (inputs, targets)
  }
}
