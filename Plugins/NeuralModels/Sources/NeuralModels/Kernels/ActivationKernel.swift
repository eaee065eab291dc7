internal import CNeuralModels
public import QHostNetworks

/// Activation functions over padded matrices [units × stride]; see ``Activation``.
///
/// The stride is a multiple of ``paddedRowCount(_:)``'s 16 lanes, and every lane is worked on.
/// Hyperbolic tangent, sigmoid and sine are within 3.5·10⁻⁷ of the exact ones.
public enum ActivationKernel {
  /// A stride of a padded matrix for so many rows.
  ///
  /// It is not a multiple of 1,024: the units of one row would all fall into the same set of a cache.
  public static func paddedRowCount(_ rowCount: Int) -> Int {
    let padded = (rowCount + 15) & ~15
    return padded > 0 && padded % 1024 == 0 ? padded + 16 : padded
  }

  /// h = activation(z + bias), [units × stride]; h may be z.
  public static func apply(
    _ activation: Activation, table: ActivationTable? = nil, bias: UnsafePointer<Float>?,
    z: UnsafePointer<Float>, unitCount: Int, stride: Int, h: UnsafeMutablePointer<Float>
  ) {
    precondition(stride % 16 == 0, "stride \(stride) is not a multiple of 16")
    withUnsafePointer(to: table?.table ?? ActivationTable.none) {
      qhost_kernel_activate(activation.rawValue, $0, bias, z, unitCount, stride, h)
    }
  }

  /// z += bias, for z [units × stride], of which `rowCount` rows are worked on.
  public static func addBias(
    _ bias: UnsafePointer<Float>, unitCount: Int, rowCount: Int, stride: Int,
    z: UnsafeMutablePointer<Float>
  ) {
    qhost_kernel_add_bias(bias, unitCount, rowCount, stride, z)
  }

  /// g *= activation′, [units × stride], where h is z if the slope needs it, else activation(z).
  public static func applySlope(
    _ activation: Activation, table: ActivationTable? = nil, h: UnsafePointer<Float>,
    unitCount: Int, stride: Int, g: UnsafeMutablePointer<Float>
  ) {
    precondition(stride % 16 == 0, "stride \(stride) is not a multiple of 16")
    withUnsafePointer(to: table?.table ?? ActivationTable.none) {
      qhost_kernel_activation_gradient(activation.rawValue, $0, h, unitCount, stride, g)
    }
  }
}
