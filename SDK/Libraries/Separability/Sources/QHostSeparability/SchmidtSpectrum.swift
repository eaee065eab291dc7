internal import Foundation
public import QHostInterfaces

/// The Schmidt spectrum of a function of two inputs: how many products it is a sum of.
///
/// With f(x, y) = Σₖ σₖ uₖ(x) vₖ(y), u and v orthonormal, the weights are pₖ = σₖ² / Σ σ². A product u(x) v(y) has one
/// weight, a sum u(x) + v(y) two, an inner product in d dimensions d.
///
/// Sources: E. Schmidt, Math. Ann. 63 (1907); P. Zanardi, Phys. Rev. A 63 (2001), 040304.
public struct SchmidtSpectrum: Sendable, Equatable {
  /// pₖ, from the largest on; they add up to 1.
  public let weights: [Double]

  /// Makes a spectrum.
  ///
  /// - Parameter singularValues: σₖ.
  /// - Throws: kind `data` where all are 0: a function without variation has no spectrum.
  public init(singularValues: [Double]) throws(ComponentError) {
    let squares = singularValues.map { $0 * $0 }.sorted(by: >)
    let sum = squares.reduce(0, +)
    guard sum > 0, sum.isFinite else { throw .constant }
    weights = squares.map { $0 / sum }
  }

  /// The entropy −Σ pₖ ln pₖ, in nat: 0 for a product, ln r for r equal weights.
  public var entropy: Double {
    weights.reduce(0) { $1 > 0 ? $0 - $1 * log($1) : $0 }
  }

  /// The participation 1 / Σ pₖ²: r for r equal weights.
  public var participation: Double { 1 / weights.reduce(0) { $0 + $1 * $1 } }

  /// The least number of products that hold a part of the squares.
  ///
  /// - Parameter part: above 0, below 1.
  /// - Returns: at least 1.
  public func rank(holding part: Double) -> Int {
    var sum = 0.0
    for (index, weight) in weights.enumerated() {
      sum += weight
      if sum >= part { return index + 1 }
    }
    return weights.count
  }
}

extension ComponentError {
  /// A function without variation, which has no spectrum.
  static let constant = data(
    "the function has the same value at all samples, and no Schmidt spectrum; use other samples or inputs"
  )
}
