internal import QHostBridging
internal import QHostInterfaces
internal import QHostMemory

/// Up to about a thousand rows with the session that works on them; the unit that threads share out.
///
/// Fewer rows where they are long; all rows of a stream, through which one state goes. Its size keeps a small network's activations in a core's cache, and never depends on the number of
/// threads, so that sums are the same for any number.
package final class RowBlock: @unchecked Sendable {
  package static let capacity = 1024
  /// The least rows of a block, however long they are.
  private static let leastCapacity = 16

  /// The most rows of a split that a block takes.
  static func capacity(of table: SampleTable) -> Int {
    guard !table.isStream else { return max(1, table.rowCount) }
    return capacity(inputCount: table.inputCount)
  }

  /// The most rows of a block where rows are worked on each by itself.
  ///
  /// - Parameter inputCount: F.
  /// - Returns: 16 to ``capacity``.
  package static func capacity(inputCount: Int) -> Int {
    min(capacity, max(leastCapacity, SeriesFacts.blockBytes / (4 * max(1, inputCount))))
  }

  let session: any ModelSession
  private(set) var rows: [Int] = []
  private(set) var targets: UnsafeMutableBufferPointer<Float>
  private var inputs: UnsafeMutableBufferPointer<Float>
  private var outputs: UnsafeMutableBufferPointer<Float>
  private(set) var outputGradients: UnsafeMutableBufferPointer<Float>
  private let outputCount: Int
  /// What is kept of the base point of cuts, where the model says what changes.
  var losses: RowLosses?
  /// What the rows gain when a unit flips, where cuts are smoothed by noise.
  var flips: UnitFlips?
  /// What the rows lose at the places of one unit, where its parameters are cut one after the other.
  var potential: BlockPotential?
  /// Whether the model gave outputs for the last points; it may find one infeasible.
  var hasOutputs = true
  /// The work of the last query for cuts.
  var work = 0.0
  /// What went wrong in this block while threads were at work.
  var failure: ComponentError?

  init(
    session: any ModelSession, inputCount: Int, targetRows: Int, outputCount: Int, capacity: Int,
    hasInputs: Bool = true
  ) {
    self.session = session
    self.outputCount = outputCount
    inputs = AlignedMemory.zeros(hasInputs ? inputCount * capacity : 0)
    targets = AlignedMemory.zeros(targetRows * capacity)
    outputs = AlignedMemory.zeros(outputCount * capacity)
    outputGradients = AlignedMemory.zeros(outputCount * capacity)
  }

  deinit {
    inputs.deallocate()
    targets.deallocate()
    outputs.deallocate()
    outputGradients.deallocate()
  }

  var rowCount: Int { rows.count }

  /// Takes the numbers of rows of a table, and their targets.
  ///
  /// - Parameters:
  ///   - newRows: their numbers.
  ///   - table: what they are rows of.
  ///   - denseClasses: C, to write classes as C rows of 0 and 1; 0: targets as they are.
  func take(_ newRows: ArraySlice<Int>, of table: SampleTable, denseClasses: Int) {
    rows = Array(newRows)
    losses = nil
    flips = nil
    potential = nil
    if denseClasses > 0 {
      for (place, row) in rows.enumerated() {
        let label = Int(table.targets[row])
        for c in 0..<denseClasses { targets[c * rows.count + place] = c == label ? 1 : 0 }
      }
    } else {
      GatherKernel.gather(
        source: UnsafeBufferPointer(table.targets), width: table.targetWidth, rows: newRows,
        out: targets)
    }
  }

  /// Takes the rows' inputs as they are.
  func takeInputs(from table: SampleTable) {
    let count = table.inputCount * rowCount
    if inputs.count < count {
      inputs.deallocate()
      inputs = AlignedMemory.zeros(count)
    }
    table.gatherInputs(ofRows: rows[...], into: inputs)
  }

  /// Takes the inputs of a variant of each row.
  func takeInputs(
    from reader: VariantReader, variants: [Int], inputCount: Int
  ) throws(ComponentError) {
    let source = UnsafeMutableBufferPointer<Float>.allocate(capacity: inputCount * rowCount)
    defer { source.deallocate() }
    source.initialize(repeating: 0)
    try reader.read(variants, rows: rows, inputs: source)
    GatherKernel.gather(
      source: UnsafeBufferPointer(source), width: inputCount, rows: Array(rows.indices)[...],
      out: inputs)
  }

  /// Gives the inputs' memory back; the session must be bound again before it works again.
  func releaseInputs() {
    inputs.deallocate()
    inputs = AlignedMemory.zeros(0)
  }

  /// Binds the session to the rows that were taken.
  func bind(inputCount: Int) throws(ComponentError) {
    try session.bind(
      inputs: UnsafeBufferPointer(rebasing: inputs[..<(inputCount * rowCount)]),
      rowCount: rowCount)
  }

  /// Says which rows of a split they are, to a session whose outputs are random draws.
  func bindRows(of split: Split) throws(ComponentError) {
    let keys = rows.map { split.key(ofRow: $0) }
    try keys.withUnsafeBufferPointer { (keys) throws(ComponentError) in
      try session.bindRows(keys: keys)
    }
  }

  /// Says how long the rows are, to a session that takes series.
  func bindSeries(of table: SampleTable, start: SeriesStart) throws(ComponentError) {
    let lengths = rows.map { UInt64(table.length(ofRow: $0)) }
    try lengths.withUnsafeBufferPointer { (lengths) throws(ComponentError) in
      try session.bindSeries(lengths: lengths, start: start)
    }
  }

  /// Binds the session to one row of a stream.
  ///
  /// - Parameters:
  ///   - row: its number.
  ///   - table: what it is a row of.
  ///   - split: which split that is, for a model whose outputs are random draws.
  ///   - start: where its state comes from.
  ///   - inputs: [F].
  /// - Throws: what the session throws.
  func bindAlone(
    _ row: Int, of table: SampleTable, split: Split?, start: SeriesStart,
    inputs: UnsafeBufferPointer<Float>
  ) throws(ComponentError) {
    try session.bind(inputs: inputs, rowCount: 1)
    if let split {
      let key = [split.key(ofRow: row)]
      try key.withUnsafeBufferPointer { (key) throws(ComponentError) in
        try session.bindRows(keys: key)
      }
    }
    let length = [UInt64(table.length(ofRow: row))]
    try length.withUnsafeBufferPointer { (length) throws(ComponentError) in
      try session.bindSeries(lengths: length, start: start)
    }
  }

  /// Memory for the outputs of `count` candidates, [count × C × B].
  func outputs(for count: Int) -> UnsafeMutableBufferPointer<Float> {
    let needed = count * outputCount * rowCount
    if outputs.count < needed {
      outputs.deallocate()
      outputs = AlignedMemory.zeros(needed)
    }
    return UnsafeMutableBufferPointer(rebasing: outputs[..<needed])
  }

  /// The outputs of candidate `index` among those last written.
  func outputs(of index: Int) -> UnsafeBufferPointer<Float> {
    let size = outputCount * rowCount
    return UnsafeBufferPointer(rebasing: outputs[index * size..<(index + 1) * size])
  }
}
