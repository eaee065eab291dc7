import QHostInterfaces

/// How long the steps of annealing are, in units of their width.
enum StepDistribution: String {
  /// Gaussian, as in Boltzmann annealing.
  case gaussian
  /// Cauchy, which has no variance: the long steps leave valleys (Szu, Hartley 1987).
  case cauchy

  /// One deviate.
  func draw(_ random: inout RandomStream) -> Double {
    switch self {
    case .gaussian: random.normal()
    case .cauchy: Self.limited(random.normal(), over: random.normal())
    }
  }

  /// What turns a vector of Gaussian numbers into one of this distribution: multivariate Cauchy is
  /// the ratio of a Gaussian vector to a Gaussian number.
  func drawLength(_ random: inout RandomStream) -> Double {
    switch self {
    case .gaussian: 1
    case .cauchy: Self.limited(1, over: random.normal())
    }
  }

  /// A ratio without its infinities: points must be finite.
  private static func limited(_ numerator: Double, over denominator: Double) -> Double {
    let ratio = numerator / denominator
    return abs(ratio) < 1e6 ? ratio : ratio < 0 ? -1e6 : 1e6
  }
}
