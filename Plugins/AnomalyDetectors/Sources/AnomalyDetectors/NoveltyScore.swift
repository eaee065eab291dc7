#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import QHostInterfaces

/// How unlikely the distances of a point from all before it are, given those of the points before.
///
/// The distances d are at several scales, from the shortest to the longest. r, the mean of d/m over all scales with m ← max(λ m, d, 0.01), says how
/// they compare with the largest ones of late. z, the mean of (d² − mean so far)/(deviation so far + 0.01) over all scales but the shortest, says how
/// they compare with all; it is 0 for the first 100 points. The score is 1/(1 + e⁻ᶻ), and where r > 1, that is added: nothing of late was as new.
/// Such points, which are rare, so score above 1 and all others below, where they are ranked.
///
/// The shortest scale is left out of z because single values are as far away within an anomaly as elsewhere.
struct NoveltyScore: Sendable {
  /// Distances of less are taken for this much, so that what is repeated exactly is not a division by 0.
  private static let floor = 0.01

  private let memory: Double
  /// m of each scale.
  private var largest: [Double]
  /// Of d² at each scale.
  private var moments: [RunningMoments]

  /// - Parameters:
  ///   - scaleCount: the number of scales, at least 1.
  ///   - memory: λ, 0 to 1.
  init(scaleCount: Int, memory: Double) {
    self.memory = memory
    largest = [Double](repeating: Self.floor, count: scaleCount)
    moments = [RunningMoments](repeating: RunningMoments(), count: scaleCount)
  }

  /// Scores the next point.
  ///
  /// - Parameter distances: d at each scale.
  /// - Returns: the score, above 0.
  mutating func score(_ distances: [Double]) -> Double {
    var (record, deviation) = (0.0, 0.0)
    let ranked = distances.count > 1 ? 1 : 0
    for (scale, distance) in distances.enumerated() {
      record += distance / largest[scale]
      largest[scale] = max(largest[scale] * memory, distance, Self.floor)
      guard scale >= ranked else { continue }
      deviation += moments[scale].deviation(of: distance * distance, floor: Self.floor)
    }
    record /= Double(distances.count)
    deviation /= Double(distances.count - ranked)
    return 1 / (1 + exp(-deviation)) + (record > 1 ? record : 0)
  }

  /// Checks that scales, a parameter of models, are in order.
  ///
  /// - Throws: kind `parameter`, with the name, for none and for scales that do not rise.
  static func check<Scale: Comparable>(
    _ scales: [Scale], named name: String
  ) throws(ComponentError) {
    guard !scales.isEmpty else { throw .parameter("\(name) is empty; give at least one") }
    guard zip(scales, scales.dropFirst()).allSatisfy({ $0 < $1 }) else {
      let list = scales.map { "\($0)" }.joined(separator: ",")
      throw .parameter("\(name) must rise, and they are \(list); put them in order")
    }
  }
}

/// Mean and deviation of numbers so far (Welford).
private struct RunningMoments {
  /// Numbers before a mean means something.
  private static let settling = 100.0

  private var count = 0.0
  private var mean = 0.0
  /// Σ of squared deviations.
  private var squares = 0.0

  /// How far a number is from the mean of those before, in their deviations plus `floor`; 0 for the first ones.
  ///
  /// The number is one of them from then on.
  mutating func deviation(of number: Double, floor: Double) -> Double {
    let distance = number - mean
    let deviation =
      count > Self.settling ? distance / ((squares / count).squareRoot() + floor) : 0
    count += 1
    mean += distance / count
    squares += distance * (number - mean)
    return deviation
  }
}
