internal import CQHostNetworks

/// A network in integers on a block of rows, and changes of single units of it.
///
/// It keeps all sums and levels of a block, so that a change of one unit costs only what comes after
/// it; see ``PlainIntegerNetwork``, with which it agrees bit for bit. One thread at a time.
public final class IntegerKernel {
  /// What a unit becomes: the index of its table and its offset.
  public struct Unit: Equatable, Sendable {
    /// Among the kernel's tables; unused in the last layer.
    public var table: Int
    /// What is added to its sum, wrapped to 16 bits.
    public var offset: Int

    /// Makes a unit.
    public init(table: Int, offset: Int) {
      self.table = table
      self.offset = offset
    }
  }

  /// One place of a cut: what is added to a weight, and what its unit becomes.
  public struct Change: Sendable {
    /// Added to the weight.
    public var weight: Int
    /// The unit there.
    public var unit: Unit

    /// Makes a change.
    public init(weight: Int, unit: Unit) {
      self.weight = weight
      self.unit = unit
    }
  }

  /// B, the number of rows of the block.
  public let rowCount: Int
  private let widths: [Int]
  private let stride: Int
  private let memory: IntegerMemory
  private var changes: [qhost_kernel_integer_change] = []

  /// Makes room for a network with `widths` units, the inputs first, on a block of rows.
  ///
  /// - Parameters:
  ///   - widths: at least the inputs and the outputs.
  ///   - tables: those that hidden units choose from.
  ///   - rowCount: B ≥ 1.
  public init(widths: [Int], tables: [IntegerTable], rowCount: Int) {
    precondition(widths.count >= 2, "no layers: \(widths)")
    precondition(rowCount >= 1, "row count \(rowCount) is below 1")
    self.widths = widths
    self.rowCount = rowCount
    stride = (rowCount + 63) / 64 * 64
    memory = IntegerMemory(widths: widths, tables: tables, stride: stride)
  }

  private var layerCount: Int { widths.count - 1 }
  private var outputCount: Int { widths[layerCount] }

  /// Takes inputs [F × B] of 0 to 1 as levels of `bits` bits: level = clamp(floor(x · 2^bits)).
  public func takeInputs(_ inputs: UnsafePointer<Float>, bits: Int) {
    qhost_kernel_integer_levels(
      inputs, widths[0], rowCount, stride, Float(1 << bits), Float((1 << bits) - 1),
      memory.inputs)
  }

  /// The weights of a layer, [M × N], to be written.
  public func weights(_ layer: Int) -> UnsafeMutablePointer<Int8> { memory.layers[layer].weights }

  /// Sets a unit's table and offset, which the next pass uses.
  ///
  /// - Parameters:
  ///   - layer: of the unit, from 0.
  ///   - unit: its place in the layer.
  ///   - value: its table and offset.
  public func setUnit(layer: Int, unit: Int, _ value: Unit) {
    memory.layers[layer].units[unit] = raw(value)
  }

  /// Computes all sums and levels.
  public func pass() {
    for layer in 0..<layerCount {
      let x = layer == 0 ? memory.inputs : memory.layers[layer - 1].h
      qhost_kernel_integer_pass(
        memory.layers + layer, layer + 1 == layerCount ? 1 : 0, x, stride)
    }
  }

  /// Writes the outputs [C × B], times `scale`, each `outputStride` numbers after the one before.
  public func write(scale: Float, outputStride: Int, _ outputs: UnsafeMutablePointer<Float>) {
    qhost_kernel_integer_outputs(
      memory.layers + (layerCount - 1), rowCount, stride, scale, outputStride, outputs)
  }

  /// Writes the outputs [K × C × B] at each of the changes.
  ///
  /// - Parameters:
  ///   - layer: the unit's layer.
  ///   - unit: its place there.
  ///   - input: the input whose weight changes; `nil`: none does.
  ///   - changes: [K].
  ///   - scale: what outputs are multiplied by.
  ///   - outputs: written.
  public func cut(
    layer: Int, unit: Int, input: Int?, changes: some Collection<Change>, scale: Float,
    outputs: UnsafeMutableBufferPointer<Float>
  ) {
    precondition(
      outputs.count >= changes.count * outputCount * rowCount,
      "\(outputs.count) outputs are too few")
    guard let out = outputs.baseAddress else { return }
    self.changes.removeAll(keepingCapacity: true)
    for change in changes { self.changes.append(raw(change)) }
    qhost_kernel_integer_cut(
      memory.layers + layer, layerCount - layer, unit, column(layer, input), self.changes,
      self.changes.count, rowCount, stride, scale, memory.scratch, out)
  }

  /// Writes the outputs that may differ from those at the base point, at each of the changes.
  ///
  /// - Parameters:
  ///   - layer: the unit's layer.
  ///   - unit: its place there.
  ///   - input: the input whose weight changes; `nil`: none does.
  ///   - changes: [K].
  ///   - scale: what outputs are multiplied by.
  ///   - found: room for K changes with a stride of at least B; written.
  /// - Returns: how many rows were found, over all changes.
  public func changes(
    layer: Int, unit: Int, input: Int?, changes: some Collection<Change>, scale: Float,
    into found: ChangedRows
  ) -> Int {
    precondition(found.raw.stride >= rowCount, "room for too few rows")
    self.changes.removeAll(keepingCapacity: true)
    for change in changes { self.changes.append(raw(change)) }
    return withUnsafePointer(to: found.raw) {
      qhost_kernel_integer_changes(
        memory.layers + layer, memory.strips + layer, layerCount - layer, unit,
        column(layer, input), self.changes, self.changes.count, rowCount, stride, scale,
        memory.scratch, memory.deltas, $0)
    }
  }

  /// Makes a change of a weight and its unit, and updates all sums and levels after it.
  ///
  /// - Parameters:
  ///   - layer: the unit's layer.
  ///   - unit: its place there.
  ///   - input: the input whose weight changes; `nil`: none does.
  ///   - change: what is added to the weight, and what the unit becomes.
  public func move(layer: Int, unit: Int, input: Int?, _ change: Change) {
    var raw = raw(change)
    qhost_kernel_integer_move(
      memory.layers + layer, layerCount - layer, unit, column(layer, input), &raw, stride,
      memory.scratch)
    memory.layers[layer].units[unit] = raw.unit
    guard let input else { return }
    let place = unit * widths[layer] + input
    memory.layers[layer].weights[place] += Int8(truncatingIfNeeded: change.weight)
  }

  private func raw(_ unit: Unit) -> qhost_kernel_integer_unit {
    qhost_kernel_integer_unit(
      table: memory.tables + unit.table, offset: Int16(truncatingIfNeeded: unit.offset))
  }

  private func raw(_ change: Change) -> qhost_kernel_integer_change {
    qhost_kernel_integer_change(
      weight: Int16(truncatingIfNeeded: change.weight), unit: raw(change.unit))
  }

  private func column(_ layer: Int, _ input: Int?) -> UnsafePointer<UInt8>? {
    guard let input else { return nil }
    let levels = layer == 0 ? memory.inputs : memory.layers[layer - 1].h
    return levels.map { UnsafePointer($0 + input * stride) }
  }
}
