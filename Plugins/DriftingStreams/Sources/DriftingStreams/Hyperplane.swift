import QHostDatasets

/// F numbers uniform over 0 to 1: class 1 where Σ wᵢ xᵢ ≥ ½ Σ wᵢ.
///
/// Each concept has weights of its own, uniform over 0 to 1. With `speed` above 0 the weights of the first features move by
/// `speed` a row, each up or down; a direction turns round at a row with probability 0.1.
///
/// Source: G. Hulten, L. Spencer, P. Domingos, *Mining time-changing data streams*, KDD 2001, section 4.1, in the form of MOA's
/// and River's generators.
final class Hyperplane: ConceptFamily {
  /// The probability that a direction turns round at a row.
  static let turning = 0.1
  /// Rows between two remembered places of the weights.
  private static let stretch = 4_096
  /// Concepts that the user may name.
  private static let limit = 1_000

  let featureNames: [String]
  let classNames = ["0", "1"]
  let standardConcepts = Array(0..<limit)
  let conceptCount = limit
  private let noise: Double
  private let speed: Double
  private let movingCount: Int
  private let seed: Int
  private var concepts: [Int: [Double]] = [:]
  /// How far weights have moved, and which way they move, at each multiple of the stretch.
  private var places: [Movement]
  /// At ``row``.
  private var movement: Movement
  private var row = 0

  private struct Movement {
    var shifts: [Double]
    var directions: [Double]
  }

  /// Makes the family.
  init(featureCount: Int, movingCount: Int, speed: Double, noise: Double, seed: Int) {
    featureNames = (0..<featureCount).map { "x\($0)" }
    self.noise = noise
    self.speed = speed
    self.movingCount = movingCount
    self.seed = seed
    movement = Movement(
      shifts: Array(repeating: 0, count: movingCount),
      directions: Array(repeating: 1, count: movingCount))
    places = [movement]
  }

  /// The weights [F] of a concept at a row.
  func weights(concept: Int, row: Int) -> [Double] {
    var weights = concepts[concept] ?? drawn(concept)
    guard speed > 0 else { return weights }
    move(to: row)
    for index in 0..<movingCount { weights[index] += movement.shifts[index] }
    return weights
  }

  private func drawn(_ concept: Int) -> [Double] {
    var generator = SplitMix64(seed: concept, purpose: "hyperplane \(seed)")
    let weights = featureNames.map { _ in generator.uniform() }
    concepts[concept] = weights
    return weights
  }

  /// Rows may be asked for in any order: weights continue from the last place that is known.
  private func move(to row: Int) {
    if row < self.row || row / Self.stretch > self.row / Self.stretch {
      let place = min(row / Self.stretch, places.count - 1)
      (movement, self.row) = (places[place], place * Self.stretch)
    }
    while self.row < row {
      var generator = SplitMix64(seed: self.row, purpose: "hyperplane turns \(seed)")
      for index in 0..<movingCount {
        movement.shifts[index] += movement.directions[index] * speed
        if generator.uniform() < Self.turning { movement.directions[index] *= -1 }
      }
      self.row += 1
      if self.row == places.count * Self.stretch { places.append(movement) }
    }
  }

  func draw(
    concept: Int, row: Int, generator: inout SplitMix64, inputs: UnsafeMutableBufferPointer<Float>
  ) -> Int {
    let weights = weights(concept: concept, row: row)
    var excess = 0.0
    for index in weights.indices {
      let value = Float(generator.uniform())
      inputs[index] = value
      excess += weights[index] * (Double(value) - 0.5)
    }
    let label = excess >= 0 ? 1 : 0
    return generator.uniform() < noise ? 1 - label : label
  }
}
