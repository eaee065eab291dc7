internal import CQHostNetworks

/// Losses that are sums over single elements, outputs and targets in the same order.
extension LossKernel {
  /// The squared error, Σ (o − t)².
  ///
  /// - Parameters:
  ///   - outputs: o, [count] or more.
  ///   - targets: t, [count] or more.
  ///   - count: elements, C · B.
  /// - Returns: the sum.
  public static func squaredError(
    outputs: UnsafeBufferPointer<Float>, targets: UnsafeBufferPointer<Float>, count: Int
  ) -> Double {
    check(outputs.count, targets.count, count)
    guard count > 0, let o = outputs.baseAddress, let t = targets.baseAddress else { return 0 }
    return qhost_kernel_squared_error(o, t, count)
  }

  /// The squared error, Σ (o − t)², and its gradient 2 · scale · (o − t).
  ///
  /// - Parameters:
  ///   - outputs: o, [count] or more.
  ///   - targets: t, [count] or more.
  ///   - count: elements, C · B.
  ///   - scale: times the gradient, for example 1/B of a mean.
  ///   - gradient: [count], overwritten.
  /// - Returns: the sum, which is not scaled.
  public static func squaredErrorGradient(
    outputs: UnsafeBufferPointer<Float>, targets: UnsafeBufferPointer<Float>, count: Int,
    scale: Float, gradient: UnsafeMutableBufferPointer<Float>
  ) -> Double {
    check(outputs.count, targets.count, count)
    precondition(gradient.count >= count, "\(gradient.count) gradient elements are too few")
    guard count > 0, let o = outputs.baseAddress, let t = targets.baseAddress,
      let g = gradient.baseAddress
    else { return 0 }
    return qhost_kernel_squared_error_gradient(o, t, count, scale, g)
  }

  /// The absolute error, Σ |o − t|.
  ///
  /// - Parameters:
  ///   - outputs: o, [count] or more.
  ///   - targets: t, [count] or more.
  ///   - count: elements, C · B.
  /// - Returns: the sum.
  public static func absoluteError(
    outputs: UnsafeBufferPointer<Float>, targets: UnsafeBufferPointer<Float>, count: Int
  ) -> Double {
    check(outputs.count, targets.count, count)
    guard count > 0, let o = outputs.baseAddress, let t = targets.baseAddress else { return 0 }
    return qhost_kernel_absolute_error(o, t, count)
  }

  /// The absolute error, Σ |o − t|, and its gradient scale · sign(o − t), 0 where they are equal.
  ///
  /// - Parameters:
  ///   - outputs: o, [count] or more.
  ///   - targets: t, [count] or more.
  ///   - count: elements, C · B.
  ///   - scale: times the gradient, for example 1/B of a mean.
  ///   - gradient: [count], overwritten.
  /// - Returns: the sum, which is not scaled.
  public static func absoluteErrorGradient(
    outputs: UnsafeBufferPointer<Float>, targets: UnsafeBufferPointer<Float>, count: Int,
    scale: Float, gradient: UnsafeMutableBufferPointer<Float>
  ) -> Double {
    check(outputs.count, targets.count, count)
    precondition(gradient.count >= count, "\(gradient.count) gradient elements are too few")
    guard count > 0, let o = outputs.baseAddress, let t = targets.baseAddress,
      let g = gradient.baseAddress
    else { return 0 }
    return qhost_kernel_absolute_error_gradient(o, t, count, scale, g)
  }

  private static func check(_ outputs: Int, _ targets: Int, _ count: Int) {
    precondition(count >= 0, "count \(count) is negative")
    precondition(outputs >= count, "\(outputs) outputs are too few for \(count) elements")
    precondition(targets >= count, "\(targets) targets are too few for \(count) elements")
  }
}
