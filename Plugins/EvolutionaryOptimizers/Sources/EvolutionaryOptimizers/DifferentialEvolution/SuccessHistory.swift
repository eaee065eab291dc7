import QHostInterfaces

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The scale factors and crossover rates that bettered individuals of late, and draws near them.
///
/// F is Cauchy about one of H means, drawn again until it is above 0, at most 1; CR is normal about one,
/// within 0 to 1; both have width 0.1. After each generation one entry becomes the Lehmer means
/// Σwₖsₖ²/Σwₖsₖ of those that succeeded, wₖ their part of the losses' fall.
///
/// Source: Tanabe, Fukunaga, *Improving the search performance of SHADE using linear population size
/// reduction*, CEC 2014, section II and algorithm 1.
struct SuccessHistory {
  private static let width = 0.1

  private var scaleMeans: [Double]
  /// Below 0: the entry stays at 0, as no rate above it succeeded.
  private var rateMeans: [Double]
  private var place = 0
  private var scales: [Double] = []
  private var rates: [Double] = []
  private var falls: [Double] = []

  init(count: Int) {
    scaleMeans = Array(repeating: 0.5, count: count)
    rateMeans = Array(repeating: 0.5, count: count)
  }

  /// A scale factor F and a crossover rate CR.
  @inline(__always)
  func draw(_ random: inout RandomStream) -> (scale: Double, rate: Double) {
    let entry = random.integer(below: scaleMeans.count)
    let mean = rateMeans[entry]
    let rate = mean < 0 ? 0 : min(max(mean + Self.width * random.normal(), 0), 1)
    var scale = 0.0
    // A ratio of normal numbers is Cauchy.
    while !(scale > 0) {
      scale = scaleMeans[entry] + Self.width * random.normal() / random.normal()
    }
    return (min(scale, 1), rate)
  }

  /// Notes a trial that is better than its parent, by how much.
  mutating func note(scale: Double, rate: Double, fall: Double) {
    scales.append(scale)
    rates.append(rate)
    // From infinity to a number is as good as the largest fall that can be weighed.
    falls.append(min(fall, 1e100))
  }

  /// Ends a generation.
  mutating func learn() {
    defer {
      scales.removeAll(keepingCapacity: true)
      rates.removeAll(keepingCapacity: true)
      falls.removeAll(keepingCapacity: true)
    }
    guard !scales.isEmpty else { return }
    scaleMeans[place] = lehmerMean(scales)
    if rateMeans[place] >= 0 {
      rateMeans[place] = (rates.max() ?? 0) > 0 ? lehmerMean(rates) : -1
    }
    place = (place + 1) % scaleMeans.count
  }

  private func lehmerMean(_ values: [Double]) -> Double {
    var (squares, sum) = (0.0, 0.0)
    let largest = falls.max() ?? 1
    for (value, fall) in zip(values, falls) {
      // Falls too small to divide by count alike.
      let weight = largest > .leastNormalMagnitude ? fall / largest : 1
      squares += weight * value * value
      sum += weight * value
    }
    return sum > 0 ? squares / sum : values.reduce(0, +) / Double(values.count)
  }

  func save(_ writer: inout StateWriter) {
    writer.write(scaleMeans)
    writer.write(rateMeans)
    writer.write(place)
  }

  mutating func load(_ reader: inout StateReader) throws(ComponentError) {
    scaleMeans = try reader.readReals(count: scaleMeans.count)
    rateMeans = try reader.readReals(count: rateMeans.count)
    place = try reader.readInteger()
    guard scaleMeans.indices.contains(place) else {
      throw ComponentError("the saved state has no entry \(place); start a new run")
    }
  }
}
