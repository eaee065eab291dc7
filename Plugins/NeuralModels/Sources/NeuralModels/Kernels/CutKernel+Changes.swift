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
    guard let first = layers.baseAddress, let offset = offsets.baseAddress else { return }
    let memory = changeMemory
    withUnsafePointer(to: changes.raw) {
      qhost_kernel_network_changes(
        first + layer, memory.strips + layer, layers.count - layer, activation.rawValue, unit,
        inputs.rows, inputs.values, inputs.count, offset, offsets.count, stride, memory.scratch, $0)
    }
  }

  /// Makes such a change to all z and h, and writes the outputs that changed.
  public func moveChanges(
    layer: Int, unit: Int, inputs: InputRows, offset: Float, into changes: ChangedRows
  ) {
    precondition(changes.raw.stride >= rowCount, "room for too few rows")
    guard let first = layers.baseAddress else { return }
    let memory = changeMemory
    withUnsafePointer(to: changes.raw) {
      qhost_kernel_network_move_changes(
        first + layer, memory.strips + layer, layers.count - layer, activation.rawValue, unit,
        inputs.rows, inputs.values, inputs.count, offset, stride, memory.scratch, $0)
    }
  }
}

/// What cuts of changed rows need besides the layers: a strip of each, and scratch numbers.
final class ChangeMemory {
  let strips: UnsafeMutablePointer<qhost_kernel_layer>
  let scratch: UnsafeMutablePointer<Float>
  private let numbers: UnsafeMutableBufferPointer<Float>

  init(layers: UnsafeMutableBufferPointer<qhost_kernel_layer>, stride: Int) {
    let strip = Int(QHOST_KERNEL_STRIP)
    let units = layers.reduce(0) { $0 + $1.output_count }
    let widest = layers.reduce(1) { max($0, $1.output_count) }
    numbers = AlignedMemory.zeros(2 * units * strip + (2 * widest + 3) * strip + stride)
    guard let start = numbers.baseAddress else { preconditionFailure("no memory") }
    strips = .allocate(capacity: layers.count)
    var place = 0
    for (index, layer) in layers.enumerated() {
      var copy = layer
      copy.z = start + place
      copy.h = start + place + layer.output_count * strip
      (strips + index).initialize(to: copy)
      place += 2 * layer.output_count * strip
    }
    scratch = start + place
  }

  deinit {
    strips.deallocate()
    numbers.deallocate()
  }
}
