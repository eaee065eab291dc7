/// For each input of a network, the rows where it is not 0; made once for the rows of a session.
final class InputLists {
  /// Inputs that are not 0 in more of the rows than this part are worked on in all rows.
  private static let sparsePart = 0.6

  /// Where each input's rows are; `nil` for an input that most rows have.
  private let places: [Range<Int>?]
  private let rows: UnsafeMutablePointer<UInt32>
  private let values: UnsafeMutablePointer<Float>

  /// Lists the inputs [F × B].
  init(_ inputs: UnsafePointer<Float>, inputCount: Int, rowCount: Int) {
    let limit = Int(Double(rowCount) * Self.sparsePart)
    var row = [UInt32](repeating: 0, count: rowCount + 1)
    var value = [Float](repeating: 0, count: rowCount + 1)
    var allRows: [UInt32] = []
    var allValues: [Float] = []
    var places: [Range<Int>?] = []
    for input in 0..<inputCount {
      let count = InputRows.list(
        inputs + input * rowCount, rowCount: rowCount, rows: &row, values: &value)
      guard count <= limit else {
        places.append(nil)
        continue
      }
      places.append(allRows.count..<allRows.count + count)
      allRows.append(contentsOf: row[..<count])
      allValues.append(contentsOf: value[..<count])
    }
    self.places = places
    rows = .allocate(capacity: max(1, allRows.count))
    values = .allocate(capacity: max(1, allValues.count))
    rows.initialize(from: allRows, count: allRows.count)
    values.initialize(from: allValues, count: allValues.count)
  }

  deinit {
    rows.deallocate()
    values.deallocate()
  }

  /// The rows of an input; `nil` when most rows have it.
  subscript(input: Int) -> InputRows? {
    guard let place = places[input] else { return nil }
    return InputRows(
      count: place.count, rows: rows + place.lowerBound, values: values + place.lowerBound)
  }
}
