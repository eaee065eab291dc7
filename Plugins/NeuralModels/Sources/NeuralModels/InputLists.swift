/// For each input of a network, the rows where it is not 0.
///
/// Its memory is kept from one block of rows to the next.
final class InputLists {
  /// Inputs that are not 0 in more of the rows than this part are worked on in all rows.
  private static let sparsePart = 0.6

  /// Of each input, [F]; `count` −1 for one that most rows have.
  let entries: UnsafeMutablePointer<InputRows>
  private let inputCount: Int
  private var capacity = 0
  private var rows = UnsafeMutablePointer<UInt32>.allocate(capacity: 0)
  private var values = UnsafeMutablePointer<Float>.allocate(capacity: 0)

  /// Makes no lists yet, for F inputs.
  init(inputCount: Int) {
    self.inputCount = inputCount
    entries = .allocate(capacity: inputCount)
    entries.initialize(
      repeating: InputRows(count: -1, rows: nil, values: nil), count: inputCount)
  }

  deinit {
    entries.deallocate()
    rows.deallocate()
    values.deallocate()
  }

  /// Lists the inputs [F × B].
  func take(_ inputs: UnsafePointer<Float>, rowCount: Int) {
    let limit = Int(Double(rowCount) * Self.sparsePart)
    var used = 0
    for input in 0..<inputCount {
      // A list is written up to one place beyond its end.
      reserve(used + rowCount + 1, keeping: used)
      let count = InputRows.list(
        inputs + input * rowCount, rowCount: rowCount, rows: rows + used, values: values + used)
      entries[input] = InputRows(count: count <= limit ? count : -1, rows: nil, values: nil)
      if count <= limit { used += count }
    }
    var place = 0
    for input in 0..<inputCount {
      let count = entries[input].count
      entries[input] = InputRows(count: count, rows: rows + place, values: values + place)
      place += max(0, count)
    }
  }

  /// The rows of an input; `nil` when most rows have it.
  subscript(input: Int) -> InputRows? {
    let entry = entries[input]
    return entry.count < 0 ? nil : entry
  }

  private func reserve(_ needed: Int, keeping used: Int) {
    guard needed > capacity else { return }
    capacity = max(needed, 2 * capacity)
    let (newRows, newValues) = (
      UnsafeMutablePointer<UInt32>.allocate(capacity: capacity),
      UnsafeMutablePointer<Float>.allocate(capacity: capacity)
    )
    newRows.update(from: rows, count: used)
    newValues.update(from: values, count: used)
    rows.deallocate()
    values.deallocate()
    (rows, values) = (newRows, newValues)
  }
}
