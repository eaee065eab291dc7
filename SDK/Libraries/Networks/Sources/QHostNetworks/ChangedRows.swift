public import CQHostNetworks

/// Where the outputs of the rows that change are written, for each of K offsets.
///
/// Offset k has its rows at rows + k·S and its outputs [C × T] at outputs + k·C·S, T being its row
/// count rounded up to a multiple of 16; S is the kernel's stride or more.
public struct ChangedRows {
  /// The same for kernels in C.
  public let raw: qhost_kernel_changes

  /// Borrows memory for K offsets of C outputs.
  ///
  /// - Parameters:
  ///   - stride: S, a multiple of 16.
  ///   - rowCounts: [K].
  ///   - rows: [K × S].
  ///   - outputs: [K × C × S].
  public init(
    stride: Int, rowCounts: UnsafeMutablePointer<UInt64>, rows: UnsafeMutablePointer<UInt32>,
    outputs: UnsafeMutablePointer<Float>
  ) {
    raw = qhost_kernel_changes(
      stride: stride, row_counts: rowCounts, rows: rows, outputs: outputs)
  }
}
