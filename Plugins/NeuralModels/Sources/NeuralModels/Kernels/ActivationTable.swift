internal import CNeuralModels

/// Where the kernels find a learned activation's knots; see ``PlainTable``.
public struct ActivationTable {
  let table: qhost_kernel_table

  /// Makes a table of values that stay the caller's, and may change between calls.
  ///
  /// - Parameters:
  ///   - knots: [K].
  ///   - count: K ≥ 2.
  ///   - range: where the last knot is, above 0.
  public init(knots: UnsafePointer<Float>, count: Int, range: Double) {
    precondition(count >= 2 && range > 0, "\(count) knots up to \(range) are not a table")
    table = qhost_kernel_table(
      knots: knots, count: count, range: Float(range),
      scale: Float(Double(count - 1) / (2 * range)))
  }

  /// What activations without a table have.
  static var none: qhost_kernel_table {
    qhost_kernel_table(knots: nil, count: 0, range: 0, scale: 0)
  }

  /// gradient [K] += Σ g · ∂value(z)/∂knot, for z and g [units × stride], of which `rowCount` rows count.
  public func addGradient(
    z: UnsafePointer<Float>, g: UnsafePointer<Float>, unitCount: Int, stride: Int, rowCount: Int,
    gradient: UnsafeMutablePointer<Float>
  ) {
    withUnsafePointer(to: table) {
      qhost_kernel_knot_gradient($0, z, g, unitCount, stride, rowCount, gradient)
    }
  }
}
