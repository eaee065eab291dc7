import QHostDatasets

/// Three numbers uniform over 0 to 10, of which the third means nothing: class 1 where x₀ + x₁ > θ.
///
/// θ is 8, 9, 7, 9.5 in concepts 0 to 3; a part of the classes is wrong.
///
/// Source: W. N. Street, Y. Kim, *A streaming ensemble algorithm (SEA) for large-scale classification*, KDD 2001, section 5.3.
package struct SEA: ConceptFamily {
  /// θ of each concept.
  package static let thresholds = [8.0, 9, 7, 9.5]

  let noise: Double

  let featureNames = ["x0", "x1", "x2"]
  let classNames = ["0", "1"]
  let standardConcepts = [0, 1, 2, 3]
  let conceptCount = 4

  /// The class of inputs without noise.
  package static func label(_ x0: Double, _ x1: Double, concept: Int) -> Int {
    x0 + x1 > thresholds[concept] ? 1 : 0
  }

  func draw(
    concept: Int, row: Int, generator: inout SplitMix64, inputs: UnsafeMutableBufferPointer<Float>
  ) -> Int {
    let x = (0..<3).map { _ in Float(generator.uniform() * 10) }
    for (index, value) in x.enumerated() { inputs[index] = value }
    let label = Self.label(Double(x[0]), Double(x[1]), concept: concept)
    return generator.uniform() < noise ? 1 - label : label
  }
}
