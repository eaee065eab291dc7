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

  /// The plain version.
  public static func plainGather(source: [Float], width: Int, rows: [Int]) -> [Float] {
    var out = [Float](repeating: 0, count: width * rows.count)
    for (place, row) in rows.enumerated() {
      for f in 0..<width { out[f * rows.count + place] = source[row * width + f] }
    }
    return out
  }
}
