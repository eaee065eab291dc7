internal import QHostInterfaces

/// A Gaussian prior that holds unbounded real parameters near 0, as a part of the objective.
///
/// With N training rows, width w and the parameters' scales s, the mean loss of a row grows by
/// −ln p(x)/N = Σᵢ xᵢ²/(2N w² sᵢ²), constants left out: the maximum a posteriori of a network whose weights
/// are normal with standard deviation w sᵢ (D. MacKay, Neural Computation 4 (1992) 448). Integers,
/// categories and parameters with a bound have no part in it.
struct GaussianPrior {
  /// 1/(N w² sᵢ²), [n]; 0 for parameters that have no part in it.
  private let curvatures: [Double]

  /// The prior over the parameters of a model; `nil` when no parameter has a part in it.
  ///
  /// - Parameters:
  ///   - width: w, above 0.
  ///   - description: the model's.
  ///   - rowCount: N.
  init?(width: Double, _ description: ModelDescription, rowCount: Int) {
    curvatures = (0..<description.parameterCount).map { index in
      let isReal = description.kinds.isEmpty || description.kinds[index] == .real
      let isBounded =
        (!description.lower.isEmpty && description.lower[index] > -.infinity)
        || (!description.upper.isEmpty && description.upper[index] < .infinity)
      guard isReal, !isBounded else { return 0 }
      let deviation = width * (description.scales.isEmpty ? 1 : description.scales[index])
      return 1 / (Double(rowCount) * deviation * deviation)
    }
    if curvatures.allSatisfy({ $0 == 0 }) { return nil }
  }

  /// What it adds to the loss at a point, [n].
  func penalty(at point: UnsafeBufferPointer<Double>) -> Double {
    var sum = 0.0
    for index in point.indices { sum += curvatures[index] * point[index] * point[index] }
    return 0.5 * sum
  }

  /// Adds its gradient [n] at a point [n] to that of the loss.
  ///
  /// - Returns: what it adds to the loss.
  func addGradient(
    at point: UnsafeBufferPointer<Double>, to gradient: UnsafeMutableBufferPointer<Double>
  ) -> Double {
    for index in point.indices { gradient[index] += curvatures[index] * point[index] }
    return penalty(at: point)
  }

  /// By how much it grows when parameter `index` goes from `value` by `offset`.
  func change(index: Int, from value: Double, by offset: Double) -> Double {
    curvatures[index] * offset * (value + 0.5 * offset)
  }
}
