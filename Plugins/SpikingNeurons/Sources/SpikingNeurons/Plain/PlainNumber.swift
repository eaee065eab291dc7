#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// A number that the plain version of a network is run with.
package protocol PlainNumber {
  init(_ value: Double)
  static func + (a: Self, b: Self) -> Self
  static func - (a: Self, b: Self) -> Self
  static func * (a: Self, b: Self) -> Self
  var value: Double { get }
  /// 1 where it is above a bound, or at it with `isReached`; else 0.
  func spike(over bound: Self, isReached: Bool) -> Self
  /// A weight times an event's value, as the kernels round it.
  static func product(_ weight: Self, _ value: Self) -> Self
  /// A trace as the read-out rounds it.
  var onLattice: Self { get }
  /// The same without what slopes go through.
  var detached: Self { get }
  /// a and b of neurons with the time constant e^x.
  static func coefficients(_ neurons: NeuronSettings, _ x: Self) -> (decay: Self, gain: Self)
  /// e^(−1 / e^x).
  static func fall(_ x: Self) -> Self
}

extension Float: PlainNumber {
  package var value: Double { Double(self) }
  package var detached: Float { self }
  package static func product(_ weight: Float, _ value: Float) -> Float {
    NeuronChange.product(weight, value)
  }
  package var onLattice: Float { (self + 768) - 768 }
  package func spike(over bound: Float, isReached: Bool) -> Float {
    (isReached ? self >= bound : self > bound) ? 1 : 0
  }
  package static func coefficients(
    _ neurons: NeuronSettings, _ x: Float
  ) -> (decay: Float, gain: Float) { neurons.coefficients(exp(Double(x))) }
  package static func fall(_ x: Float) -> Float { Float(exp(-1 / exp(Double(x)))) }
}

/// A number and its slope along one direction; spikes have the slope of a surrogate.
package struct DualNumber: PlainNumber {
  /// What spikes are: the surrogate, its steepness, and whether they are its smooth step themselves.
  package struct Spikes: Sendable {
    package var surrogate: Surrogate
    package var steepness: Double
    package var isSmooth: Bool

    package init(_ surrogate: Surrogate, steepness: Double, isSmooth: Bool) {
      self.surrogate = surrogate
      self.steepness = steepness
      self.isSmooth = isSmooth
    }
  }

  /// Set by a test around all that it computes, in its own task.
  @TaskLocal package static var spikes = Spikes(.arctan, steepness: 2, isSmooth: false)
  /// Whether slopes go through resets.
  @TaskLocal package static var followsReset = true

  package var value: Double
  package var slope: Double

  package init(_ value: Double) { self.init(value, slope: 0) }
  package init(_ value: Double, slope: Double) {
    self.value = value
    self.slope = slope
  }

  package static func + (a: Self, b: Self) -> Self {
    Self(a.value + b.value, slope: a.slope + b.slope)
  }
  package static func - (a: Self, b: Self) -> Self {
    Self(a.value - b.value, slope: a.slope - b.slope)
  }
  package static func * (a: Self, b: Self) -> Self {
    Self(a.value * b.value, slope: a.slope * b.value + a.value * b.slope)
  }

  package static func product(_ weight: Self, _ value: Self) -> Self { weight * value }
  package var onLattice: Self { self }
  package var detached: Self { Self.followsReset ? self : Self(value) }

  package func spike(over bound: Self, isReached: Bool) -> Self {
    let (x, how) = (value - bound.value, Self.spikes)
    let step =
      how.isSmooth
      ? how.surrogate.step(x, steepness: how.steepness) : (isReached ? x >= 0 : x > 0) ? 1 : 0
    return Self(
      step,
      slope: how.surrogate.slope(x, steepness: how.steepness) * (slope - bound.slope))
  }

  package static func coefficients(
    _ neurons: NeuronSettings, _ x: Self
  ) -> (decay: Self, gain: Self) {
    let time = exp(x.value)
    let fall = exp(-1 / time)
    let (a, b) =
      switch neurons.integration {
      case "euler": (1 - 1 / time, 1 / time)
      case "exponential": (fall, 1 - fall)
      default: (fall, 1)
      }
    let slopes = neurons.slopes(time)
    return (
      Self(a, slope: slopes.decay * time * x.slope), Self(b, slope: slopes.gain * time * x.slope)
    )
  }

  package static func fall(_ x: Self) -> Self {
    let time = exp(x.value)
    return Self(exp(-1 / time), slope: exp(-1 / time) / time * x.slope)
  }
}
