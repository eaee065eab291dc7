import QHostInterfaces

/// The shape of a normal distribution, C, and how it follows the points that were drawn from it.
///
/// Points are columns: of z [n × stride], standard normal, and of y = C^½z; `stride` is the number of
/// points and room for vectors.
protocol CovarianceModel: AnyObject {
  /// Writes y = Az, AAᵀ = C.
  func transform(_ z: [Double], stride: Int, into y: inout [Double])

  /// Writes C^−½ȳ, where ȳ = Az̄.
  func whiten(_ mean: [Double], into result: inout [Double])

  /// C ← decay · C + rate · ppᵀ + Σ_j weights_j y_j y_jᵀ.
  func update(
    decay: Double, path: [Double], rate: Double, y: [Double], weights: [Double])

  /// Brings A up to C.
  ///
  /// - Returns: whether C has a root, and one of a condition that arithmetic can bear.
  func refresh() -> Bool

  /// √C_ii.
  func deviation(_ index: Int) -> Double

  /// C = 1.
  func reset()
  func save(_ writer: inout StateWriter)
  func load(_ reader: inout StateReader) throws(ComponentError)
}

extension CovarianceModel {
  /// The largest ratio of two eigenvalues of C.
  static var largestCondition: Double { 1e14 }
}
