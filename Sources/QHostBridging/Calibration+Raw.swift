public import CQHost
public import QHostInterfaces

extension Calibration {
  /// Reads typical inputs of `inputCount` numbers a row.
  public init(
    reading pointer: UnsafePointer<qhost_calibration>?, inputCount: Int
  ) throws(ComponentError) {
    guard let raw = pointer.flatMap({ qhost_calibration.reading($0) }) else {
      throw ComponentError("the host gave no calibration data")
    }
    let rows = Int(raw.row_count)
    self.init(
      rowCount: rows,
      inputs: Array(UnsafeBufferPointer(start: raw.inputs, count: rows * inputCount)),
      targets: raw.targets.map {
        Array(UnsafeBufferPointer(start: $0, count: rows * Int(raw.target_width)))
      } ?? [])
  }

  /// The rows as a C struct in an arena.
  public func stored(in arena: Arena) -> UnsafePointer<qhost_calibration> {
    var raw = qhost_calibration.sized()
    raw.target_width = UInt32(targetWidth)
    raw.row_count = UInt64(rowCount)
    raw.inputs = UnsafePointer(arena.array(inputs))
    raw.targets = targets.isEmpty ? nil : UnsafePointer(arena.array(targets))
    return UnsafePointer(arena.value(raw))
  }
}
