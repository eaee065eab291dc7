import QHostDatasets

/// The digit that seven segments show, each of them wrong with the probability of the noise, among 17 random bits.
///
/// From concept to concept some segments change places with bits that mean nothing.
///
/// Source: L. Breiman, J. Friedman, R. Olshen, C. Stone, *Classification and regression trees*, 1984, section 2.6.1; with
/// irrelevant attributes and drift as in MOA's LEDGeneratorDrift.
package struct LED: ConceptFamily {
  /// Which segments each digit lights.
  package static let segments: [[Int]] = [
    [1, 1, 1, 0, 1, 1, 1], [0, 0, 1, 0, 0, 1, 0], [1, 0, 1, 1, 1, 0, 1], [1, 0, 1, 1, 0, 1, 1],
    [0, 1, 1, 1, 0, 1, 0], [1, 1, 0, 1, 0, 1, 1], [1, 1, 0, 1, 1, 1, 1], [1, 0, 1, 0, 0, 1, 0],
    [1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 0, 1, 1],
  ]
  /// Bits that mean nothing.
  static let irrelevantCount = 17

  let featureNames = (0..<7 + irrelevantCount).map { "x\($0)" }
  let classNames = (0..<10).map(String.init)
  let standardConcepts = Array(0..<1_000)
  let conceptCount = 1_000
  private let noise: Double
  /// Where each attribute of concept c stands, [24].
  private let places: [[Int]]

  /// Makes the family.
  ///
  /// - Parameters:
  ///   - changedCount: segments that change their places in each concept but the first, 0 to 7.
  ///   - noise: the part of segments that are wrong.
  ///   - seed: picks them.
  init(changedCount: Int, noise: Double, seed: Int) {
    self.noise = noise
    places = (0..<1_000).map { Self.places(concept: $0, changedCount: changedCount, seed: seed) }
  }

  private static func places(concept: Int, changedCount: Int, seed: Int) -> [Int] {
    var places = Array(0..<7 + irrelevantCount)
    guard concept > 0 else { return places }
    var generator = SplitMix64(seed: concept, purpose: "led \(seed)")
    let relevant = generator.permutation(of: 7)
    let irrelevant = generator.permutation(of: irrelevantCount)
    for index in 0..<changedCount { places.swapAt(relevant[index], 7 + irrelevant[index]) }
    return places
  }

  func draw(
    concept: Int, row: Int, generator: inout SplitMix64, inputs: UnsafeMutableBufferPointer<Float>
  ) -> Int {
    let digit = generator.integer(below: 10)
    let places = places[concept]
    for segment in 0..<7 {
      let isWrong = generator.uniform() < noise
      let value = Self.segments[digit][segment]
      inputs[places[segment]] = Float(isWrong ? 1 - value : value)
    }
    for index in 7..<7 + Self.irrelevantCount {
      inputs[places[index]] = Float(generator.integer(below: 2))
    }
    return digit
  }
}
