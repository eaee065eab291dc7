internal import CSpikingNeurons

extension Encoder {
  /// Encodes rows that have nothing to do with each other.
  ///
  /// - Parameters:
  ///   - inputs: [F × B].
  ///   - rowCount: B.
  ///   - lengths: steps of each series, [B].
  ///   - table: gets the rows; what it had is lost.
  func encode(
    _ inputs: UnsafePointer<Float>, rowCount: Int, lengths: [Int], into table: EventTable
  ) {
    table.removeAll()
    for first in stride(from: 0, to: rowCount, by: 16) {
      let rows = first..<min(first + 16, rowCount)
      if code == .direct {
        scan(inputs + first, rowCount, lengths[rows], into: table)
      } else {
        withRows(inputs, rowCount, rows) { row, numbers in
          var state = initialState
          encode(numbers, length: lengths[row], state: &state, into: table)
        }
      }
    }
  }

  /// Encodes rows that follow one another.
  func encodeStream(
    _ inputs: UnsafePointer<Float>, rowCount: Int, lengths: [Int], state: inout State,
    into table: EventTable
  ) {
    table.removeAll()
    for first in stride(from: 0, to: rowCount, by: 16) {
      withRows(inputs, rowCount, first..<min(first + 16, rowCount)) { row, numbers in
        encode(numbers, length: lengths[row], state: &state, into: table)
      }
    }
  }

  /// Calls `body` with each row's numbers side by side.
  private func withRows(
    _ inputs: UnsafePointer<Float>, _ rowCount: Int, _ rows: Range<Int>,
    _ body: (Int, UnsafePointer<Float>) -> Void
  ) {
    let count = channelCount * seriesSteps
    withUnsafeTemporaryAllocation(of: Float.self, capacity: count * rows.count) { scratch in
      guard let start = scratch.baseAddress else { return }
      for place in 0..<count {
        for row in rows {
          start[(row - rows.lowerBound) * count + place] = inputs[place * rowCount + row]
        }
      }
      for row in rows { body(row, start + (row - rows.lowerBound) * count) }
    }
  }

  /// Lists inputs that are not 0.
  private func scan(
    _ inputs: UnsafePointer<Float>, _ pitch: Int, _ lengths: ArraySlice<Int>,
    into table: EventTable
  ) {
    let steps = lengths.max() ?? 0
    // Few places are written: memory that nobody has touched costs nothing.
    let room = steps * channelCount
    let lists = lengths.map { _ in
      (
        UnsafeMutablePointer<UInt32>.allocate(capacity: room),
        UnsafeMutablePointer<Float>.allocate(capacity: room),
        UnsafeMutablePointer<UInt32>.allocate(capacity: steps + 1)
      )
    }
    defer {
      for list in lists {
        list.0.deallocate()
        list.1.deallocate()
        list.2.deallocate()
      }
    }
    var counts = [UInt32](repeating: 0, count: lists.count)
    var (channels, values, offsets) = (
      lists.map { Optional($0.0) }, lists.map { Optional($0.1) },
      lists.map { Optional($0.2) }
    )
    qhost_spiking_scan(
      inputs, pitch, lists.count, steps, channelCount, &channels, &values, &offsets, &counts)
    for (list, length) in zip(lists, lengths) {
      for step in 0..<length {
        let (begin, end) = (Int(list.2[step]), Int(list.2[step + 1]))
        for _ in 0..<(isConstant ? 1 : steps == 0 ? 0 : self.steps) {
          table.append(list.0 + begin, list.1 + begin, count: end - begin)
          table.endStep()
        }
      }
      table.endRow()
    }
  }
}
