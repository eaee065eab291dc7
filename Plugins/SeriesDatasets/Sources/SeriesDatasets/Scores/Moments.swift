/// Mean and variance of numbers.
struct Moments: Sendable {
  /// The mean.
  let mean: Double
  /// The mean square of the deviations.
  let variance: Double

  /// Takes given ones.
  init(mean: Double, variance: Double) {
    self.mean = mean
    self.variance = variance
  }

  /// Of at least one number.
  init(_ values: some Collection<Double>) {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    self.mean = mean
    variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
  }
}
