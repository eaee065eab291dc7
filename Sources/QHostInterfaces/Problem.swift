/// The kinds of a query that an objective answers.
public struct QueryKinds: OptionSet, Sendable, Hashable {
  /// One bit, `1 << kind`, for each kind.
  public let rawValue: UInt32

  /// Makes a set of kinds.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Losses at points.
  public static let points = QueryKinds(rawValue: 1 << Query.Kind.points.rawValue)
  /// Loss and gradient at a point.
  public static let gradient = QueryKinds(rawValue: 1 << Query.Kind.gradient.rawValue)
  /// Losses along coordinates.
  public static let cuts = QueryKinds(rawValue: 1 << Query.Kind.cuts.rawValue)
}

/// The kind of one parameter of a search space.
public enum ParameterKind: UInt32, Sendable {
  /// Any number within the bounds.
  case real = 0
  /// Integers within the bounds.
  case integer
  /// 0 ... upper bound, without order.
  case categorical
}

/// A search space, and what the objective over it can do.
public struct Problem: Sendable {
  /// The kinds of query that are answered.
  public var queries: QueryKinds
  /// The kind of each parameter, [n].
  public var kinds: [ParameterKind]
  /// The lower bounds, [n]; −∞ where there is none.
  public var lower: [Double]
  /// The upper bounds, [n]; ∞ where there is none.
  public var upper: [Double]
  /// The starting point, [n], within the bounds.
  public var initial: [Double]
  /// How far each parameter typically lies from its start, [n], above 0.
  public var scales: [Double]
  /// Rows of the training split.
  public var rowCount: Int
  /// Rows of a minibatch; the same as ``rowCount`` when there are no minibatches.
  public var batchRows: Int
  /// Whether a cut costs less than whole passes.
  public var hasFastCuts: Bool
  /// Whether answers say how far from feasible points are.
  public var hasViolations = false
  /// The model's named parts; empty: it names none, else they cover all parameters.
  public var blocks: [ParameterBlock] = []
  /// M, of a scenario with several objectives; else 0.
  public var objectiveCount = 0

  /// The number of parameters, n.
  public var dimension: Int { initial.count }

  /// Whether the training split is larger than a minibatch.
  public var hasMinibatches: Bool { batchRows < rowCount }

  /// Makes a problem; arrays left out stand for real, unbounded parameters of scale 1.
  public init(
    queries: QueryKinds, initial: [Double], kinds: [ParameterKind]? = nil,
    lower: [Double]? = nil, upper: [Double]? = nil, scales: [Double]? = nil, rowCount: Int = 1,
    batchRows: Int? = nil, hasFastCuts: Bool = false
  ) {
    let n = initial.count
    self.queries = queries
    self.initial = initial
    self.kinds = kinds ?? Array(repeating: .real, count: n)
    self.lower = lower ?? Array(repeating: -.infinity, count: n)
    self.upper = upper ?? Array(repeating: .infinity, count: n)
    self.scales = scales ?? Array(repeating: 1, count: n)
    self.rowCount = rowCount
    self.batchRows = batchRows ?? rowCount
    self.hasFastCuts = hasFastCuts
  }

  /// The nearest allowed value of parameter `index`: within the bounds, whole where it must be.
  @inline(__always)
  public func clamped(_ value: Double, at index: Int) -> Double {
    let inside = Swift.min(Swift.max(value, lower[index]), upper[index])
    return kinds[index] == .real ? inside : inside.rounded()
  }
}
