#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Where values lie along one side of a drawing.
public struct Scale: Sendable {
  /// A value that is marked.
  public struct Tick: Equatable, Sendable {
    /// The value.
    public var value: Double
    /// What is written beside it; `nil`: nothing, the mark is small.
    public var label: String?
  }

  /// Whether equal steps are differences or ratios.
  public enum Kind: Equatable, Sendable {
    /// Differences.
    case linear
    /// Ratios.
    case logarithmic
  }

  /// Whether equal steps are differences or ratios.
  public let kind: Kind
  /// The least and the greatest value.
  public let domain: ClosedRange<Double>
  /// Where these lie in the drawing.
  public let ends: (Double, Double)
  /// Whether values are parts of a hundred.
  public let isPercent: Bool

  /// Makes a scale.
  ///
  /// - Parameters:
  ///   - kind: whether equal steps are differences or ratios.
  ///   - domain: the least and the greatest value, above 0 on a logarithmic scale; a point is widened.
  ///   - first: where the least value lies in the drawing.
  ///   - last: where the greatest value lies, which may be less.
  ///   - isPercent: whether values are fractions that are written as percentages.
  public init(
    _ kind: Kind, _ domain: ClosedRange<Double>, from first: Double, to last: Double,
    isPercent: Bool = false
  ) {
    self.kind = kind
    self.isPercent = isPercent
    ends = (first, last)
    let (low, high) = (domain.lowerBound, domain.upperBound)
    if high > low {
      self.domain = domain
    } else if kind == .logarithmic {
      self.domain = low / 2...low * 2
    } else {
      let room = low == 0 ? 1 : abs(low) / 10
      self.domain = low - room...low + room
    }
  }

  /// Where a value lies; values beyond the domain lie at its ends.
  public func place(_ value: Double) -> Double {
    let part = (warped(value) - warped(domain.lowerBound)) / span
    let clipped = part.isNaN ? 0 : min(max(part, 0), 1)
    return ends.0 + clipped * (ends.1 - ends.0)
  }

  /// The span of finite values; of positive ones on a logarithmic scale.
  ///
  /// - Parameters:
  ///   - values: those that must lie in it.
  ///   - kind: of the scale.
  ///   - room: how much is added at both ends, as a part of the span, so that marks at the edges are whole.
  /// - Returns: the span, which may be a point; 1 to 10 when there are no values.
  public static func domain(
    of values: some Sequence<Double>, _ kind: Kind, room: Double = 0
  ) -> ClosedRange<Double> {
    let usable = values.filter { $0.isFinite && (kind == .linear || $0 > 0) }
    guard let low = usable.min(), let high = usable.max() else { return 1...10 }
    guard room > 0 else { return low...high }
    let scale = Scale(kind, low...high, from: 0, to: 1)
    let (first, last) = (scale.value(at: -room), scale.value(at: 1 + room))
    return first.isFinite && last.isFinite ? first...last : low...high
  }

  /// The value that lies at a part of the scale, 0 to 1.
  public func value(at part: Double) -> Double {
    let warped = warped(domain.lowerBound) + part * span
    return kind == .logarithmic ? exp(warped) : warped
  }

  private var span: Double { warped(domain.upperBound) - warped(domain.lowerBound) }

  private func warped(_ value: Double) -> Double {
    kind == .logarithmic ? log(max(value, .leastNormalMagnitude)) : value
  }

  /// The values that are marked: round ones, few enough to be read.
  public var ticks: [Tick] { kind == .logarithmic ? logarithmicTicks : linearTicks }

  /// The values that have a line across the drawing: all that are marked, or those with a label where these are many.
  public var lines: [Double] {
    let all = ticks
    return (all.count > 10 ? all.filter { $0.label != nil } : all).map(\.value)
  }

  private var linearTicks: [Tick] {
    let width = domain.upperBound - domain.lowerBound
    let rough = width / 5
    let power = pow(10, floor(log10(rough)))
    let step = ([1, 2, 5, 10].first { $0 * power >= rough * 0.999 } ?? 10) * power
    let first = (domain.lowerBound / step - 1e-9).rounded(.up)
    let last = (domain.upperBound / step + 1e-9).rounded(.down)
    guard last >= first, last - first < 20 else { return [] }
    let scale = isPercent ? 100.0 : 1
    let digits = max(0, Int((-log10(step * scale) - 1e-9).rounded(.up)))
    return stride(from: first, through: last, by: 1).map { count in
      // Without the sign that a zero from below has.
      let value = count * step + 0
      let text = NumberText.fixed(value * scale, digits)
      return Tick(value: value, label: isPercent ? text + " %" : text)
    }
  }

  private var logarithmicTicks: [Tick] {
    let low = log10(domain.lowerBound)
    let high = log10(domain.upperBound)
    let first = Int((low - 1e-9).rounded(.up))
    let decades = first...max(first, Int((high + 1e-9).rounded(.down)))
    if high - low < 1.9 { return closeTicks }
    let most = abs(ends.1 - ends.0) > 240 ? 7 : 6
    let every = (decades.count + most - 1) / most
    let isPlain = decades.lowerBound >= (decades.upperBound > 3 ? 0 : -3) && decades.upperBound <= 8
    return decades.filter { Double($0) <= high + 1e-9 }.map { exponent in
      let isLabelled = exponent % every == 0
      let label = isPlain ? Self.plain(exponent) : NumberText.power(exponent)
      return Tick(value: pow(10, Double(exponent)), label: isLabelled ? label : nil)
    }
  }

  /// Ticks of a domain of less than two decades: 1, 2 and 5 times powers of ten, or linear ones.
  private var closeTicks: [Tick] {
    let first = Int(log10(domain.lowerBound).rounded(.down))
    let last = Int(log10(domain.upperBound).rounded(.up))
    let values = (first...last).flatMap { exponent in
      [1.0, 2, 5].map { ($0, $0 * pow(10, Double(exponent))) }
    }
    let inside = values.filter {
      $0.1 >= domain.lowerBound * 0.999 && $0.1 <= domain.upperBound * 1.001
    }
    guard inside.count > 2 else {
      return linearTicks.map { Tick(value: $0.value, label: NumberText.short($0.value, 3)) }
    }
    return inside.map { Tick(value: $0.1, label: NumberText.axis($0.1)) }
  }

  private static func plain(_ exponent: Int) -> String {
    switch exponent {
    case 6...: NumberText.fixed(pow(10, Double(exponent - 6)), 0) + "M"
    case 4...: NumberText.fixed(pow(10, Double(exponent - 3)), 0) + "k"
    default: NumberText.fixed(pow(10, Double(exponent)), max(0, -exponent))
    }
  }
}
