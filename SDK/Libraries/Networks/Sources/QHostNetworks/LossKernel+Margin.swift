internal import CQHostNetworks

extension LossKernel {
  /// The margin loss, Σ over rows of max(0, 1 + max_{c ≠ label} z_c − z_label).
  ///
  /// Source: K. Crammer, Y. Singer, *On the algorithmic implementation of multiclass kernel-based vector machines*,
  /// JMLR 2 (2001) 265, equation 3.
  ///
  /// - Parameters:
  ///   - outputs: z, [C × B]; one that is not finite makes the sum NaN.
  ///   - labels: [B]; a label that is not a class makes the sum NaN.
  ///   - classCount: C; with one the sum is 0.
  ///   - rowCount: B.
  /// - Returns: the sum.
  public static func margin(
    outputs: UnsafeBufferPointer<Float>, labels: UnsafeBufferPointer<Float>, classCount: Int,
    rowCount: Int
  ) -> Double {
    check(outputs.count, labels.count, classCount, rowCount)
    guard rowCount > 0, let z = outputs.baseAddress, let y = labels.baseAddress else { return 0 }
    return qhost_kernel_margin(z, y, classCount, rowCount)
  }

  /// The margin loss, and its slopes scale · (e_rival − e_label) in rows whose loss is above 0, else 0.
  ///
  /// At the hinge itself, where the loss is not differentiable, the slopes are 0.
  ///
  /// - Parameters:
  ///   - outputs: z, [C × B]; one that is not finite makes the sum NaN.
  ///   - labels: [B]; a label that is not a class makes the sum NaN.
  ///   - classCount: C; with one the sum is 0.
  ///   - rowCount: B.
  ///   - scale: times the gradient, for example 1/B of a mean.
  ///   - gradient: [C × B], overwritten.
  /// - Returns: the sum over rows, which is not scaled.
  public static func marginGradient(
    outputs: UnsafeBufferPointer<Float>, labels: UnsafeBufferPointer<Float>, classCount: Int,
    rowCount: Int, scale: Float, gradient: UnsafeMutableBufferPointer<Float>
  ) -> Double {
    check(outputs.count, labels.count, classCount, rowCount)
    precondition(
      gradient.count >= classCount * rowCount, "\(gradient.count) gradient elements are too few")
    guard rowCount > 0, let z = outputs.baseAddress, let y = labels.baseAddress,
      let g = gradient.baseAddress
    else { return 0 }
    return qhost_kernel_margin_gradient(z, y, classCount, rowCount, scale, g)
  }

  /// Writes the margin loss of each row, and gives their sum.
  ///
  /// - Parameters:
  ///   - outputs: z, [C × stride]; 16 lanes are readable wherever one is.
  ///   - labels: [B], readable likewise.
  ///   - classCount: C.
  ///   - stride: from class to class, at least B.
  ///   - rowCount: B.
  ///   - losses: room for B, rounded up to a multiple of 16.
  /// - Returns: the sum over rows.
  public static func marginRows(
    outputs: UnsafePointer<Float>, labels: UnsafePointer<Float>, classCount: Int, stride: Int,
    rowCount: Int, into losses: UnsafeMutablePointer<Float>
  ) -> Double {
    qhost_kernel_margin_rows(outputs, labels, classCount, stride, rowCount, losses)
  }
}
