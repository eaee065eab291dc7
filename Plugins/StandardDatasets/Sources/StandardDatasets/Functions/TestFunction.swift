/// A test function of optimisation as a fold over parts, with minimum 0.
///
///     f(z) = loss(part(0) ∘ part(1) ∘ … ∘ part(partCount − 1))
///
/// A part depends on one coordinate or on two neighbours, and ∘ is associative and commutative.
/// That is what makes cuts cheap: along one coordinate only one or two parts change. Parts are such
/// that ∘ cancels nothing near the minimum, so that small losses keep all their digits.
protocol TestFunction: Sendable {
  /// What ∘ works on.
  associatedtype Partial: Sendable

  /// The name on the command line, and what it is.
  static var facts: TestFunctionFacts { get }
  /// The neutral element of ∘.
  static var empty: Partial { get }

  /// Makes the function of n coordinates.
  init(dimension: Int)

  /// Every coordinate of the minimum.
  var optimum: Double { get }
  /// How many parts there are.
  var partCount: Int { get }

  /// Part `index`, from coordinate `index` and the one after it (0 after the last).
  func part(_ index: Int, _ z: Double, next: Double) -> Partial
  /// The parts that coordinate `index` enters.
  func parts(of index: Int) -> Range<Int>
  /// a ∘ b.
  static func combined(_ a: Partial, _ b: Partial) -> Partial
  /// The loss, at least 0.
  func loss(_ total: Partial) -> Double

  // The loops have default implementations. They are requirements all the same because then the
  // compiler makes each function its own ones; loops of generic types would call `part` indirectly.

  /// Writes the losses [P × B] of points [P × n × B], shifted.
  func score(
    _ points: UnsafeBufferPointer<Double>, rowCount: Int, optimum: [Double],
    losses: UnsafeMutableBufferPointer<Double>)
  /// Writes the losses [P × B] of points [P × n × B], shifted and rotated.
  func score(
    _ points: UnsafeBufferPointer<Double>, rowCount: Int, optimum: [Double], rotation: Rotation,
    losses: UnsafeMutableBufferPointer<Double>)
  /// Writes the losses [K] at base + offsets[k]·e_index, shifted.
  func cut(
    _ base: AlignedBase<Self>, _ index: Int, offsets: UnsafeBufferPointer<Double>,
    losses: UnsafeMutableBufferPointer<Double>)
  /// Makes base + delta·e_index the base point, shifted.
  func move(_ base: inout AlignedBase<Self>, _ index: Int, delta: Double)
  /// Writes the losses [K] at z + offsets[k]·column.
  func cut(
    _ z: UnsafeBufferPointer<Double>, along column: UnsafeBufferPointer<Double>,
    offsets: UnsafeBufferPointer<Double>, losses: UnsafeMutableBufferPointer<Double>)
}

/// What is known of a test function.
struct TestFunctionFacts: Sendable {
  /// The name on the command line.
  var name: String
  /// What it is, in one sentence.
  var documentation: String
  /// The usual domain of each coordinate.
  var domain: ClosedRange<Double>
  /// The fewest coordinates that it is defined for.
  var minimumDimension = 1
  /// What one part costs, in multiply-adds of a long product of vectors (measured).
  var partCost: Double
  /// What the loss of the total costs, in multiply-adds.
  var lossCost: Double = 0
}

extension TestFunction {
  /// One part, its own.
  @inline(__always)
  func parts(of index: Int) -> Range<Int> { index..<index + 1 }
}

/// A test function that is a sum of parts.
protocol SumFunction: TestFunction where Partial == Double {}

extension SumFunction {
  @inline(__always)
  static var empty: Double { 0 }

  @inline(__always)
  static func combined(_ a: Double, _ b: Double) -> Double { a + b }

  @inline(__always)
  func loss(_ total: Double) -> Double { total }
}
