internal import COpenBLAS
internal import QHostNetworks

/// The three products of a layer, each by whichever of the kernels and OpenBLAS is faster.
///
/// OpenBLAS rearranges its operands first, which a matrix of a few units does not repay. Best of 40 with
/// 1,024 rows on one core of an EPYC with AVX-512 (clang 21; OpenBLAS 0.3.21, core type SKYLAKEX), in
/// microseconds, kernel and OpenBLAS: 196 to 12 units 25 and 37, 64 to 32 units 19 and 26, 64 to 64
/// units 43 and 43, 784 to 100 units 805 and 730.
enum MatrixProduct {
  /// From so many units on OpenBLAS takes over.
  static let unitThreshold = 64

  /// z [M × B] = W x, for W [M × N] and x [N × B], plus bias [M] if the kernel is used.
  ///
  /// - Returns: whether the bias was added.
  static func forward(
    _ weights: UnsafePointer<Float>, bias: UnsafePointer<Float>?, x: UnsafePointer<Float>,
    xStride: Int, inputCount: Int, outputCount: Int, rowCount: Int,
    z: UnsafeMutablePointer<Float>, zStride: Int
  ) -> Bool {
    guard outputCount >= unitThreshold else {
      DenseKernel.forward(
        weights: weights, rowStep: inputCount, columnStep: 1, bias: bias, x: x, xStride: xStride,
        inputCount: inputCount, outputCount: outputCount, rowCount: rowCount, z: z,
        zStride: zStride)
      return true
    }
    OpenBLAS.multiply(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(outputCount), Int32(rowCount),
      Int32(inputCount), 1, weights, Int32(inputCount), x, Int32(xStride), 0, z, Int32(zStride))
    return false
  }

  /// The inputs' gradient, x [N × B] = Wᵀ g, for W [M × N] and g [M × B].
  static func inputGradient(
    _ weights: UnsafePointer<Float>, g: UnsafePointer<Float>, gStride: Int, inputCount: Int,
    outputCount: Int, rowCount: Int, x: UnsafeMutablePointer<Float>, xStride: Int
  ) {
    guard inputCount >= unitThreshold else {
      DenseKernel.forward(
        weights: weights, rowStep: 1, columnStep: inputCount, bias: nil, x: g, xStride: gStride,
        inputCount: outputCount, outputCount: inputCount, rowCount: rowCount, z: x,
        zStride: xStride)
      return
    }
    OpenBLAS.multiply(
      CblasRowMajor, CblasTrans, CblasNoTrans, Int32(inputCount), Int32(rowCount),
      Int32(outputCount), 1, weights, Int32(inputCount), g, Int32(gStride), 0, x, Int32(xStride))
  }

  /// The weights' gradient, [M × N] = g xᵀ, for g [M × B] and x [N × B].
  static func weightGradient(
    g: UnsafePointer<Float>, gStride: Int, x: UnsafePointer<Float>, xStride: Int, inputCount: Int,
    outputCount: Int, rowCount: Int, gradient: UnsafeMutablePointer<Float>
  ) {
    guard outputCount >= unitThreshold else {
      DenseKernel.weightGradient(
        g: g, gStride: gStride, x: x, xStride: xStride, inputCount: inputCount,
        outputCount: outputCount, rowCount: rowCount, gradient: gradient)
      return
    }
    OpenBLAS.multiply(
      CblasRowMajor, CblasNoTrans, CblasTrans, Int32(outputCount), Int32(inputCount),
      Int32(rowCount), 1, g, Int32(gStride), x, Int32(xStride), 0, gradient, Int32(inputCount))
  }
}
