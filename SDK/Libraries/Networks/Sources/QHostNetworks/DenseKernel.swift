internal import CQHostNetworks

/// Products of small matrices with blocks of rows, rows contiguous; see ``PlainNetwork``.
///
/// Against a general product these gain by not rearranging a large operand for a few units; from some
/// 64 units on they lose.
public enum DenseKernel {
  /// z [M × B] = W x + bias, for x [N × B].
  ///
  /// - Parameters:
  ///   - weights: W's element (m, n) is at m · rowStep + n · columnStep.
  ///   - rowStep: N, or 1 for the transpose of a matrix [N × M].
  ///   - columnStep: 1, or M for the transpose.
  ///   - bias: [M]; `nil`: none.
  ///   - x: N rows of `xStride` elements, of which `rowCount` count.
  ///   - xStride: from input to input.
  ///   - inputCount: N.
  ///   - outputCount: M.
  ///   - rowCount: B.
  ///   - z: written; must not overlap the rest.
  ///   - zStride: from unit to unit.
  public static func forward(
    weights: UnsafePointer<Float>, rowStep: Int, columnStep: Int, bias: UnsafePointer<Float>?,
    x: UnsafePointer<Float>, xStride: Int, inputCount: Int, outputCount: Int, rowCount: Int,
    z: UnsafeMutablePointer<Float>, zStride: Int
  ) {
    qhost_kernel_dense(
      weights, rowStep, columnStep, bias, x, xStride, inputCount, outputCount, rowCount, z, zStride)
  }

  /// The gradient of the weights, g xᵀ; sums over rows are kept in 16 lanes.
  ///
  /// - Parameters:
  ///   - g: ∂L/∂z, [M × B].
  ///   - gStride: from unit to unit.
  ///   - x: [N × B].
  ///   - xStride: from input to input.
  ///   - inputCount: N.
  ///   - outputCount: M.
  ///   - rowCount: B.
  ///   - gradient: [M × N], overwritten; must not overlap the rest.
  public static func weightGradient(
    g: UnsafePointer<Float>, gStride: Int, x: UnsafePointer<Float>, xStride: Int, inputCount: Int,
    outputCount: Int, rowCount: Int, gradient: UnsafeMutablePointer<Float>
  ) {
    qhost_kernel_dense_gradient(
      g, gStride, x, xStride, inputCount, outputCount, rowCount, gradient)
  }

  /// The gradient of the biases: the sums of g over rows.
  ///
  /// - Parameters:
  ///   - g: ∂L/∂z, [M × B].
  ///   - gStride: from unit to unit.
  ///   - outputCount: M.
  ///   - rowCount: B.
  ///   - gradient: [M], overwritten; must not overlap g.
  public static func biasGradient(
    g: UnsafePointer<Float>, gStride: Int, outputCount: Int, rowCount: Int,
    gradient: UnsafeMutablePointer<Float>
  ) {
    qhost_kernel_row_sums(g, gStride, outputCount, rowCount, gradient)
  }
}
