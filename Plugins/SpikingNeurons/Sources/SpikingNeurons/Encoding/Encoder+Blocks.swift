internal import CSpikingNeurons
internal import QHostMemory

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
    let lists = lengths.map { _ in
      (
        AlignedBuffer<UInt32>(count: steps * channelCount),
        AlignedBuffer<Float>(count: steps * channelCount), AlignedBuffer<UInt32>(count: steps + 1)
      )
    }
    var counts = [UInt32](repeating: 0, count: lists.count)
    var (channels, values, offsets) = (
      lists.map { Optional($0.0.start) }, lists.map { Optional($0.1.start) },
      lists.map { Optional($0.2.start) }
    )
    qhost_spiking_scan(
      inputs, pitch, lists.count, steps, channelCount, &channels, &values, &offsets, &counts)
    for (list, length) in zip(lists, lengths) {
      for step in 0..<length {
        let (begin, end) = (Int(list.2.start[step]), Int(list.2.start[step + 1]))
        for _ in 0..<(isConstant ? 1 : steps == 0 ? 0 : self.steps) {
          table.append(list.0.start + begin, list.1.start + begin, count: end - begin)
          table.endStep()
        }
      }
      table.endRow()
    }
  }
}
