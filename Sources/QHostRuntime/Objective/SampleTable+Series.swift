internal import QHostInterfaces

extension SampleTable {
  /// The lengths of the series in a split's rows, checked.
  ///
  /// - Throws: kind `data` where inputs are no [T × S], or a length is not 1 ... T.
  static func lengths(
    _ split: Split, of dataset: any Dataset, name: String
  ) throws(ComponentError) -> [Int] {
    let description = dataset.datasetDescription
    let extents = description.input.extents
    guard extents.count == 2 else {
      throw .data(
        "dataset '\(name)' has series, whose inputs must be of steps and channels, [T × S], and they are "
          + "\(description.input); report it to its author")
    }
    let lengths = try dataset.lengths(split, rows: Array(0..<description.rowCount(split)))
    if let row = lengths.firstIndex(where: { !(1...extents[0]).contains($0) }) {
      throw .data(
        "dataset '\(name)', \(split) row \(row + 1) has \(lengths[row]) steps, which must be 1 to "
          + "\(extents[0]); remove or correct that row")
    }
    return lengths
  }

  /// Sets inputs beyond the rows' lengths to 0, whatever the dataset or a scaling has left there.
  func clearPadding() {
    if !lengths.isEmpty, let inputs = storedInputs.reals {
      clearPadding(of: inputs, rows: 0..<rowCount)
    }
  }

  /// Sets inputs [B × F] of rows [B], or of their variants, beyond the rows' lengths to 0.
  func clearPadding(of inputs: UnsafeMutableBufferPointer<Float>, rows: some Collection<Int>) {
    for (place, row) in rows.enumerated() {
      let used = length(ofRow: row) * (inputCount / stepCount)
      for index in place * inputCount + used..<(place + 1) * inputCount { inputs[index] = 0 }
    }
  }

  /// Steps of a row.
  func length(ofRow row: Int) -> Int { lengths.isEmpty ? stepCount : lengths[row] }

  /// What is said of series that are not all as long as an input.
  var unequalLengths: ClosedRange<Int>? {
    guard let least = lengths.min(), let most = lengths.max(), least < stepCount else { return nil }
    return least...most
  }
}
