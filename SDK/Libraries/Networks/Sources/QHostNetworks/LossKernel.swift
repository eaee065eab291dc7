internal import CQHostNetworks

/// Losses of outputs [C × B], rows contiguous, summed over rows; see ``PlainLoss``.
///
/// Sums are kept in double precision in a fixed order: the same buffers always give the same sum. A
/// NaN among the outputs makes every loss NaN. Labels are class numbers, 0 ..< C, as reals.
public enum LossKernel {
  /// The cross-entropy, Σ over rows of ln Σ_c e^{z_c} − z_label.
  ///
  /// - Parameters:
  ///   - outputs: the logits z, [C × B]; +∞ makes the sum NaN.
  ///   - labels: [B]; a label that is not a class makes the sum NaN.
  ///   - classCount: C.
  ///   - rowCount: B.
  /// - Returns: the sum, each row's loss within 3·10⁻⁷ (1 + its logits' spread).
  public static func crossEntropy(
    outputs: UnsafeBufferPointer<Float>, labels: UnsafeBufferPointer<Float>, classCount: Int,
    rowCount: Int
  ) -> Double {
    check(outputs.count, labels.count, classCount, rowCount)
    guard rowCount > 0, let z = outputs.baseAddress, let y = labels.baseAddress else { return 0 }
    return qhost_kernel_cross_entropy(z, y, classCount, rowCount)
  }

  /// The cross-entropy, and its gradient scale · (softmax(z) − e_label).
  ///
  /// - Parameters:
  ///   - outputs: the logits z, [C × B]; +∞ makes the sum NaN.
  ///   - labels: [B]; a label that is not a class makes the sum NaN.
  ///   - classCount: C.
  ///   - rowCount: B.
  ///   - scale: times the gradient, for example 1/B of a mean.
  ///   - gradient: [C × B], overwritten.
  /// - Returns: the sum over rows, which is not scaled.
  public static func crossEntropyGradient(
    outputs: UnsafeBufferPointer<Float>, labels: UnsafeBufferPointer<Float>, classCount: Int,
    rowCount: Int, scale: Float, gradient: UnsafeMutableBufferPointer<Float>
  ) -> Double {
    check(outputs.count, labels.count, classCount, rowCount)
    precondition(
      gradient.count >= classCount * rowCount, "\(gradient.count) gradient elements are too few")
    guard rowCount > 0, let z = outputs.baseAddress, let y = labels.baseAddress,
      let g = gradient.baseAddress
    else { return 0 }
    return qhost_kernel_cross_entropy_gradient(z, y, classCount, rowCount, scale, g)
  }

  /// The rows whose largest output is not the label.
  ///
  /// The first of equal outputs is the largest; NaN never is, and a row of NaN alone counts.
  ///
  /// - Parameters:
  ///   - outputs: [C × B].
  ///   - labels: [B].
  ///   - classCount: C.
  ///   - rowCount: B.
  /// - Returns: how many rows are wrong, 0 to B.
  public static func errorCount(
    outputs: UnsafeBufferPointer<Float>, labels: UnsafeBufferPointer<Float>, classCount: Int,
    rowCount: Int
  ) -> Int {
    check(outputs.count, labels.count, classCount, rowCount)
    guard rowCount > 0, let z = outputs.baseAddress, let y = labels.baseAddress else { return 0 }
    return qhost_kernel_error_count(z, y, classCount, rowCount)
  }

  /// Writes the cross-entropy of each row, and gives their sum.
  ///
  /// - Parameters:
  ///   - outputs: [C × stride]; 16 lanes are readable wherever one is.
  ///   - labels: [B], readable likewise.
  ///   - classCount: C.
  ///   - stride: from class to class.
  ///   - rowCount: B.
  ///   - losses: room for B, rounded up to a multiple of 16.
  /// - Returns: the sum over rows.
  public static func crossEntropyRows(
    outputs: UnsafePointer<Float>, labels: UnsafePointer<Float>, classCount: Int, stride: Int,
    rowCount: Int, into losses: UnsafeMutablePointer<Float>
  ) -> Double {
    qhost_kernel_cross_entropy_rows(outputs, labels, classCount, stride, rowCount, losses)
  }

  /// By how much the sum of cross-entropies changes where some rows have other outputs.
  ///
  /// - Parameters:
  ///   - outputs: those of the rows that change, [C × stride]; 16 lanes are readable wherever one is.
  ///   - stride: from class to class.
  ///   - classCount: C.
  ///   - labels: of all rows.
  ///   - rows: which change, [count], ascending; `nil`: the first `count` ones.
  ///   - count: how many.
  ///   - keeps: whether the losses become the new ones.
  ///   - losses: of all rows.
  /// - Returns: Σ over the rows of the loss at these outputs less that in `losses`, in double precision.
  public static func crossEntropyChange(
    outputs: UnsafePointer<Float>, stride: Int, classCount: Int, labels: UnsafePointer<Float>,
    rows: UnsafePointer<UInt32>?, count: Int, keeps: Bool, losses: UnsafeMutablePointer<Float>
  ) -> Double {
    qhost_kernel_cross_entropy_change(
      outputs, classCount, stride, labels, rows, count, keeps ? 1 : 0, losses)
  }

  /// Writes 1 for each row whose largest output is not the label, else 0, and gives their sum.
  ///
  /// - Parameters:
  ///   - outputs: [C × stride]; 16 lanes are readable wherever one is.
  ///   - labels: [B], readable likewise.
  ///   - classCount: C.
  ///   - stride: from class to class, at least B.
  ///   - rowCount: B.
  ///   - losses: room for B, rounded up to a multiple of 16.
  /// - Returns: how many rows are wrong.
  public static func errorRows(
    outputs: UnsafePointer<Float>, labels: UnsafePointer<Float>, classCount: Int, stride: Int,
    rowCount: Int, into losses: UnsafeMutablePointer<Float>
  ) -> Double {
    qhost_kernel_error_rows(outputs, labels, classCount, stride, rowCount, losses)
  }

  /// The change of a sum of losses, Σ_i after[i] − before[rows[i]], in double precision.
  ///
  /// - Parameters:
  ///   - before: losses of all rows, [B].
  ///   - rows: which rows have changed, [count]; `nil`: the first ones.
  ///   - after: their new losses, [count].
  ///   - count: rows that have changed.
  /// - Returns: the change.
  public static func change(
    from before: UnsafePointer<Float>, rows: UnsafePointer<UInt32>?,
    to after: UnsafePointer<Float>, count: Int
  ) -> Double {
    qhost_kernel_loss_change(after, before, rows, count)
  }

  static func check(_ outputs: Int, _ labels: Int, _ classCount: Int, _ rowCount: Int) {
    precondition(classCount >= 1, "class count \(classCount) is below 1")
    precondition(rowCount >= 0, "row count \(rowCount) is negative")
    precondition(
      outputs >= classCount * rowCount, "\(outputs) outputs are too few for C × B elements")
    precondition(labels >= rowCount, "\(labels) labels are too few for \(rowCount) rows")
  }
}
