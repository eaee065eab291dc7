import QHostInterfaces

/// A test function put somewhere: f(x) = g(R (x − s) + z*).
///
/// g is the plain function, z* its minimum, s the minimum of f, R a rotation or the identity. So
/// f(s) = g(z*) = 0 for every s and R. From any thread.
protocol Landscape: Sendable {
  /// The minimum s, [n].
  var optimum: [Double] { get }
  /// What one offset of a cut costs, as a part of a whole loss.
  var cutCost: Double { get }
  /// Writes the losses [P × B] of points [P × n × B].
  func score(
    _ points: UnsafeBufferPointer<Double>, rowCount: Int,
    losses: UnsafeMutableBufferPointer<Double>)
  /// Losses along single coordinates through a base point [n].
  func makeCuts(_ base: UnsafeBufferPointer<Double>) -> any ScenarioCuts
}

/// A loss as the host wants it: where arithmetic has no answer, far outside the domain, it is ∞.
@inline(__always)
func admissible(_ loss: Double) -> Double { loss.isNaN ? .infinity : loss }
