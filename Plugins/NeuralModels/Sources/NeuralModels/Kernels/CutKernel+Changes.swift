internal import CNeuralModels
internal import CQHostNetworks
internal import QHostMemory
public import QHostNetworks

/// Rows of a block whose input to a unit is not 0, with these inputs.
public struct InputRows {
  /// How many.
  public let count: Int
  /// Which, ascending, [count]; `nil`: all rows.
  public let rows: UnsafePointer<UInt32>?
  /// Their inputs, [count]; `nil`: 1, for a bias.
  public let values: UnsafePointer<Float>?

  /// Borrows lists.
  public init(count: Int, rows: UnsafePointer<UInt32>?, values: UnsafePointer<Float>?) {
    self.count = count
    self.rows = rows
    self.values = values
  }

  /// Writes the rows of `x` [B] that are not 0, and their values; room for B + 1 of each.
  public static func list(
    _ x: UnsafePointer<Float>, rowCount: Int, rows: UnsafeMutablePointer<UInt32>,
    values: UnsafeMutablePointer<Float>
  ) -> Int {
    qhost_kernel_nonzero_rows(x, rowCount, rows, values)
  }
}

extension CutKernel {
  /// Writes the outputs that change where z of a unit changes by offsets[k] · x.
  ///
  /// - Parameters:
  ///   - layer: the unit's layer.
  ///   - unit: its place there.
  ///   - inputs: the unit's inputs that the weight belongs to, where they are not 0.
  ///   - offsets: [K].
  ///   - changes: written.
  public func changes(
    layer: Int, unit: Int, inputs: InputRows, offsets: UnsafeBufferPointer<Float>,
    into changes: ChangedRows
  ) {
    precondition(changes.raw.stride >= rowCount, "room for too few rows")
    guard let offset = offsets.baseAddress else { return }
    bringLines()
    var memory = changeMemory.from(layer)
    var rows = changes.raw
    qhost_kernel_network_changes(
      &memory, activation.rawValue, unit, inputs.rows, inputs.values, inputs.count, offset,
      offsets.count, &rows)
  }

  /// Makes such a change to all z and h, and writes the outputs that changed.
  public func moveChanges(
    layer: Int, unit: Int, inputs: InputRows, offset: Float, into changes: ChangedRows
  ) {
    precondition(changes.raw.stride >= rowCount, "room for too few rows")
    bringLines()
    var memory = changeMemory.from(layer)
    var rows = changes.raw
    qhost_kernel_network_move_changes(
      &memory, activation.rawValue, unit, inputs.rows, inputs.values, inputs.count, offset, &rows)
    newest = .lines
  }

  /// Has the lines hold what the layers' own z and h do.
  private func bringLines() {
    guard newest == .planes else { return }
    changeMemory.writeLines(rowCount: rowCount)
    newest = .both
  }

  /// Has the layers' own z and h hold what the lines do.
  func bringPlanes() {
    guard newest == .lines else { return }
    changeMemory.readLines(rowCount: rowCount)
    newest = .both
  }
}
