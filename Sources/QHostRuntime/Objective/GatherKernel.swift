internal import CQHostRuntime

/// Picks rows of a table and lays them out column by column.
public enum GatherKernel {
  /// Writes out[f · B + r] = source[rows[r] · width + f].
  ///
  /// - Parameters:
  ///   - source: [N × width], row-major.
  ///   - width: numbers in one row.
  ///   - rows: [B], each below N.
  ///   - out: [width × B].
  public static func gather(
    source: UnsafeBufferPointer<Float>, width: Int, rows: ArraySlice<Int>,
    out: UnsafeMutableBufferPointer<Float>
  ) {
    precondition(out.count >= width * rows.count, "\(out.count) elements are too few")
    guard width > 0, let from = source.baseAddress, let to = out.baseAddress else { return }
    rows.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      qhost_kernel_gather(
        from, width, start.assumingMemoryBound(to: Int64.self), rows.count, to)
    }
  }

  /// Writes out[f · B + r] = values[source[rows[r] · width + f]].
  ///
  /// - Parameters:
  ///   - source: places of values, [N × width], row-major.
  ///   - values: with all that have a place in `source`.
  ///   - width: places in one row.
  ///   - rows: [B], each below N.
  ///   - out: [width × B].
  public static func gather(
    _ source: UnsafeBufferPointer<UInt8>, of values: UnsafeBufferPointer<Float>, width: Int,
    rows: ArraySlice<Int>,
    out: UnsafeMutableBufferPointer<Float>
  ) {
    gather(source, values, width, rows, out, qhost_kernel_gather_bytes)
  }

  /// The same of wider places.
  public static func gather(
    _ source: UnsafeBufferPointer<UInt16>, of values: UnsafeBufferPointer<Float>, width: Int,
    rows: ArraySlice<Int>,
    out: UnsafeMutableBufferPointer<Float>
  ) {
    gather(source, values, width, rows, out, qhost_kernel_gather_words)
  }

  private static func gather<Place>(
    _ source: UnsafeBufferPointer<Place>, _ values: UnsafeBufferPointer<Float>, _ width: Int,
    _ rows: ArraySlice<Int>,
    _ out: UnsafeMutableBufferPointer<Float>,
    _ kernel: (
      UnsafePointer<Place>, UnsafePointer<Float>, Int, UnsafePointer<Int64>, Int,
      UnsafeMutablePointer<Float>
    ) -> Void
  ) {
    precondition(out.count >= width * rows.count, "\(out.count) elements are too few")
    guard width > 0, let from = source.baseAddress, let to = out.baseAddress,
      let list = values.baseAddress
    else { return }
    rows.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      kernel(from, list, width, start.assumingMemoryBound(to: Int64.self), rows.count, to)
    }
  }

  /// The plain version.
  public static func plainGather(source: [Float], width: Int, rows: [Int]) -> [Float] {
    var out = [Float](repeating: 0, count: width * rows.count)
    for (place, row) in rows.enumerated() {
      for f in 0..<width { out[f * rows.count + place] = source[row * width + f] }
    }
    return out
  }
}
