extension SampleTable {
  /// The inputs [N × F] in place; nothing where they are packed.
  var inputs: UnsafeMutableBufferPointer<Float> {
    storedInputs.reals ?? UnsafeMutableBufferPointer(start: nil, count: 0)
  }

  /// The inputs [B × F] of some rows.
  public func inputs(ofRows rows: Range<Int>) -> [Float] {
    let places = rows.lowerBound * inputCount..<rows.upperBound * inputCount
    return [Float](unsafeUninitializedCapacity: places.count) { numbers, count in
      storedInputs.write(places, into: numbers)
      count = places.count
    }
  }

  /// Writes the inputs of rows [B] column by column, [F × B].
  func gatherInputs(
    ofRows rows: ArraySlice<Int>, into out: UnsafeMutableBufferPointer<Float>
  ) {
    storedInputs.gather(rows, into: out)
  }
}
