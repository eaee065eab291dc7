internal import QHostInterfaces

/// Reads variants of training rows and scales them like the rows themselves.
struct VariantReader: @unchecked Sendable {
  let dataset: any Dataset
  let preprocessing: Preprocessing?
  /// The training split, whose rows have variants of the same length.
  let table: SampleTable

  /// Writes the inputs [B × F] of variants [B] of rows [B]; from any thread.
  ///
  /// - Throws: what the dataset throws, and kind `data` for a number that is not finite.
  func read(
    _ variants: [Int], rows: [Int], inputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    try dataset.readVariants(variants, rows: rows, inputs: inputs)
    if !table.lengths.isEmpty { table.clearPadding(of: inputs, rows: rows) }
    if let place = inputs.firstIndex(where: { !$0.isFinite }) {
      let row = place / max(1, inputs.count / rows.count)
      throw .data(
        "variant \(variants[row]) of training row \(rows[row] + 1) has the feature \(inputs[place]); "
          + "report it to the dataset's author")
    }
    preprocessing?.apply(to: inputs)
    if !table.lengths.isEmpty { table.clearPadding(of: inputs, rows: rows) }
  }
}
