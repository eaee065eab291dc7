#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// What a hidden unit in integers does to its sum: a shift, and a table of 256 levels.
///
/// level(sum) = values[clamp(sum >> shift, 0, 255)], where `sum` has the unit's offset, whose part
/// ``center`` puts 0 in the middle of the table.
public struct IntegerTable: Sendable, Equatable {
  /// The level at each place, [256].
  public let values: [UInt8]
  /// By how many bits sums are shifted to the right, rounding down.
  public let shift: Int

  /// Makes a table.
  public init(values: [UInt8], shift: Int) {
    precondition(values.count == 256, "\(values.count) values are not a table of 256")
    precondition((0..<8).contains(shift), "a shift by \(shift) leaves no room in 16 bits")
    self.values = values
    self.shift = shift
  }

  /// The table of an activation function whose argument is 2^(gain/4) times the sum.
  ///
  /// Place p stands for the sums (p − 128) 2^shift and above; the value is taken at their mean. The
  /// shift is the smallest for which the table reaches as far as the function changes.
  ///
  /// - Parameters:
  ///   - activation: not `learned`, `identity`: those have no bounds.
  ///   - gain: in quarters of a power of two.
  ///   - bits: levels are 0 ... 2^bits − 1.
  public init(_ activation: Activation, gain: Int, bits: Int) {
    let unit = exp2(Double(gain) / 4)
    let levels = LevelRange(activation, bits: bits)
    var shift = 0
    while shift < 7, unit * 127 * exp2(Double(shift)) < levels.reach { shift += 1 }
    let center = 0.5 * (1 - exp2(-Double(shift)))
    let values = (0..<256).map { place -> UInt8 in
      let argument = unit * exp2(Double(shift)) * (Double(place - 128) + center)
      return levels.level(of: activation.value(argument))
    }
    self.init(values: values, shift: shift)
  }

  /// What is added to a sum so that 0 is in the middle of the table.
  public var center: Int { 128 << shift }

  /// The level of a sum that has its offset.
  public func level(_ sum: Int) -> Int { Int(values[min(max(sum >> shift, 0), 255)]) }

  /// The places below which a level is reached, if the table never falls and has few levels.
  var steps: (first: UInt8, places: [UInt8])? {
    let isRising = zip(values, values.dropFirst()).allSatisfy { $0 <= $1 }
    guard isRising, values[255] - values[0] <= 15 else { return nil }
    let places = (values[0]..<values[255]).map { level in
      UInt8(values.lastIndex { $0 <= level } ?? 0)
    }
    return (values[0], places)
  }
}

/// How an activation's values become levels.
public struct LevelRange: Sendable {
  /// The value that the lowest level stands for.
  let low: Double
  /// The value that the highest level stands for.
  let high: Double
  /// Beyond ± this argument the levels no longer change; π for the sine.
  let reach: Double
  /// The highest level.
  public let highest: Int

  /// The range of an activation for levels of `bits` bits.
  public init(_ activation: Activation, bits: Int) {
    highest = (1 << bits) - 1
    let steps = Double(highest)
    switch activation {
    case .relu: (low, high, reach) = (0, 1, 1)
    case .sigmoid: (low, high, reach) = (0, 1, log(2 * steps - 1))
    case .step: (low, high, reach) = (0, 1, 0)
    case .sign: (low, high, reach) = (-1, 1, 0)
    case .sine: (low, high, reach) = (-1, 1, .pi)
    case .tanh, .identity, .learned: (low, high, reach) = (-1, 1, atanh(max(1 - 1 / steps, 0.5)))
    }
  }

  /// The level nearest to a value, the upper one of two.
  func level(of value: Double) -> UInt8 {
    let place = (value - low) / (high - low) * Double(highest)
    return UInt8(min(max((place + 0.5).rounded(.down), 0), Double(highest)))
  }

  /// What a value changes by from one level to the next.
  public var step: Double { (high - low) / Double(highest) }

  /// Twice the level that stands for 0; whole, since levels lie evenly between the ends.
  public var doubleZero: Int { low < 0 ? highest : 0 }
}
