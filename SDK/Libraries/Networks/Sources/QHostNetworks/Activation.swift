#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// An activation function; the raw values are those of the kernels.
public enum Activation: UInt32, Sendable {
  /// z itself.
  case identity = 0
  /// tanh z.
  case tanh
  /// max(z, 0).
  case relu
  /// 1 / (1 + e⁻ᶻ).
  case sigmoid
  /// 1 where z > 0, else 0.
  case step
  /// 1 where z ≥ 0, else −1.
  case sign
  /// sin z.
  case sine
  /// Between the values at the nearest two of a table's knots; see ``PlainTable``.
  case learned

  /// Whether it has a slope to train by.
  public var hasGradient: Bool { self != .step && self != .sign }

  /// Whether it is exactly 0 on a side of 0.
  public var isOftenZero: Bool { self == .relu || self == .step }

  /// Whether most changes of z leave it as it is.
  public var isOftenConstant: Bool { self == .relu || self == .step || self == .sign }

  /// Whether its slope is found from z, and not from its value there.
  public var slopeNeedsSum: Bool { self == .sine || self == .learned }

  /// Between what its values are; `nil`: some have no bound.
  public var bounds: (lower: Double, upper: Double)? {
    switch self {
    case .tanh, .sign, .sine: (-1, 1)
    case .sigmoid, .step: (0, 1)
    case .identity, .relu, .learned: nil
    }
  }

  /// The plain version of the kernels: its value at z; `learned` without a table is tanh.
  public func value(_ z: Double, table: PlainTable? = nil) -> Double {
    switch self {
    case .identity: z
    case .sine: sin(z)
    case .learned: table?.value(z) ?? Self.hyperbolicTangent(z)
    case .tanh: Self.hyperbolicTangent(z)
    case .relu: z < 0 ? 0 : z
    case .sigmoid: 1 / (1 + exp(-z))
    case .step: z.isNaN ? z : (z > 0 ? 1 : 0)
    case .sign: z.isNaN ? z : (z >= 0 ? 1 : -1)
    }
  }

  /// The plain version of the kernels: its slope at z; 0 for step and sign.
  ///
  /// - Parameters:
  ///   - z: the sum.
  ///   - table: that of a learned activation; `nil`: tanh.
  /// - Returns: the derivative at z.
  public func slope(_ z: Double, table: PlainTable? = nil) -> Double {
    switch self {
    case .identity: 1
    case .sine: cos(z)
    case .learned: table?.slope(z) ?? Self.tanh.slope(z)
    case .tanh: 1 - value(z) * value(z)
    case .relu: z > 0 ? 1 : 0
    case .sigmoid: value(z) * (1 - value(z))
    case .step, .sign: 0
    }
  }

  private static func hyperbolicTangent(_ z: Double) -> Double {
    #if canImport(Glibc)
    Glibc.tanh(z)
    #else
    Darwin.tanh(z)
    #endif
  }
}

extension Activation: CaseIterable {
  /// Those without parameters of their own.
  public static let allCases: [Activation] = [
    .identity, .tanh, .relu, .sigmoid, .step, .sign, .sine,
  ]
}
