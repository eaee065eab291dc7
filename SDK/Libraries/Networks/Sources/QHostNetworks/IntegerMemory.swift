internal import CQHostNetworks

/// What an integer kernel keeps between calls, on cache lines' boundaries.
final class IntegerMemory {
  /// [F × stride].
  let inputs: UnsafeMutablePointer<UInt8>?
  /// From the inputs on.
  let layers: UnsafeMutablePointer<qhost_kernel_integer_layer>
  /// The same layers, with room for one strip of rows.
  let strips: UnsafeMutablePointer<qhost_kernel_integer_layer>
  /// Changes of one unit, [stride].
  let deltas: UnsafeMutablePointer<Int16>
  /// Those that units point at; one at least.
  let tables: UnsafeMutablePointer<qhost_kernel_integer_table>
  /// What cuts need.
  let scratch: UnsafeMutableRawPointer
  private var allocations: [UnsafeMutableRawPointer] = []

  init(widths: [Int], tables: [IntegerTable], stride: Int) {
    var made: [UnsafeMutableRawPointer] = []
    func bytes(_ count: Int) -> UnsafeMutableRawPointer {
      let start = UnsafeMutableRawPointer.allocate(byteCount: max(count, 64), alignment: 64)
      start.initializeMemory(as: UInt8.self, repeating: 0, count: max(count, 64))
      made.append(start)
      return start
    }
    inputs = bytes(widths[0] * stride).assumingMemoryBound(to: UInt8.self)
    self.tables = .allocate(capacity: max(tables.count, 1))
    self.tables.initialize(repeating: qhost_kernel_integer_table(), count: max(tables.count, 1))
    for (place, table) in tables.enumerated() { self.tables[place] = table.raw }
    layers = .allocate(capacity: widths.count - 1)
    strips = .allocate(capacity: widths.count - 1)
    deltas = bytes(2 * stride).bindMemory(to: Int16.self, capacity: stride)
    let strip = Int(QHOST_KERNEL_INTEGER_STRIP)
    for layer in 0..<widths.count - 1 {
      let (inputCount, units) = (widths[layer], widths[layer + 1])
      let unitBytes = units * MemoryLayout<qhost_kernel_integer_unit>.stride
      layers.advanced(by: layer).initialize(
        to: qhost_kernel_integer_layer(
          input_count: inputCount, output_count: units,
          weights: bytes(units * inputCount).assumingMemoryBound(to: Int8.self),
          units: bytes(unitBytes).bindMemory(to: qhost_kernel_integer_unit.self, capacity: units),
          sums: bytes(2 * units * stride).bindMemory(to: Int16.self, capacity: units * stride),
          h: bytes(units * stride).assumingMemoryBound(to: UInt8.self)))
      var part = layers[layer]
      part.sums = bytes(2 * units * strip).bindMemory(to: Int16.self, capacity: units * strip)
      part.h = bytes(units * strip).assumingMemoryBound(to: UInt8.self)
      strips.advanced(by: layer).initialize(to: part)
      for unit in 0..<units {
        layers[layer].units[unit] = qhost_kernel_integer_unit(table: self.tables, offset: 0)
      }
    }
    let widest = widths.dropFirst().max() ?? 1
    scratch = bytes((4 * widest + 6) * strip + 16 * widest)
    allocations = made
  }

  deinit {
    for start in allocations { start.deallocate() }
    tables.deallocate()
    layers.deallocate()
    strips.deallocate()
  }
}

extension IntegerTable {
  /// As the kernels see it.
  var raw: qhost_kernel_integer_table {
    var raw = qhost_kernel_integer_table()
    raw.shift = UInt8(shift)
    withUnsafeMutableBytes(of: &raw.values) { $0.copyBytes(from: values) }
    withUnsafeMutableBytes(of: &raw.steps) { for place in $0.indices { $0[place] = 255 } }
    guard let steps else { return raw }
    raw.first = steps.first
    raw.is_stairs = 1
    withUnsafeMutableBytes(of: &raw.steps) { $0.copyBytes(from: steps.places) }
    return raw
  }
}
