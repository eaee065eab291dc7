internal import QHostInterfaces
internal import QHostMemory

/// What the rows of a block lose at the places of one unit, for cuts along its parameters one after the other.
///
/// The model sums along weights; see ``QHostInterfaces/PotentialModel``. What it works with is within ``tolerance``, or the
/// unit is refused and its cuts are answered output by output.
final class BlockPotential {
  /// The largest error between the places of the polynomials, as a mean over rows without their signs.
  static let tolerance: Float = 4e-6
  /// The largest as a part of the mean over rows of how far their losses go within their reach, where that is more.
  static let relativeTolerance: Float = 1e-3
  /// Rows below which a block's units are never tabulated.
  static let leastRows = 256
  /// How often rows may leave a unit's places until it is refused.
  static let leavingLimit = 8

  /// The unit that is open in the session.
  private(set) var unit: Int?
  /// Σ over rows of what they lose at the base point, while a unit is open.
  var sum = 0.0
  /// Cuts in a row along the same unit.
  var run = UnitRun()
  /// Whether the losses at the base point were lost to an open unit.
  var hasLostBase = false
  private var refused: Set<Int> = []
  /// How often rows left a unit's places since cuts were opened.
  private var leavings: [Int: Int] = [:]
  /// Which of ``PotentialFit/curves`` a unit needed since cuts were opened.
  private var levels: [Int: Int] = [:]
  private let rowCount: Int
  private let stride: Int
  private let values: UnsafeMutableBufferPointer<Float>
  private let coefficients: UnsafeMutableBufferPointer<Float>

  /// Makes room for a block of rows.
  init(rowCount: Int) {
    self.rowCount = rowCount
    stride = (rowCount + 15) & ~15
    values = AlignedMemory.zeros(UnitPotential.coefficientLimit * stride)
    coefficients = AlignedMemory.zeros(UnitPotential.coefficientLimit * rowCount)
  }

  deinit {
    values.deallocate()
    coefficients.deallocate()
  }

  /// Whether a unit was found not to be met by polynomials since cuts were opened.
  func refuses(_ unit: Int) -> Bool { refused.contains(unit) }

  /// Begins again, where cuts are opened.
  func reset() {
    unit = nil
    run = UnitRun()
    hasLostBase = false
    refused.removeAll()
    leavings.removeAll()
    levels.removeAll()
  }

  /// Forgets the unit that was open; the losses at the base point are not those of the session any more.
  func close() {
    unit = nil
    hasLostBase = true
  }

  /// Adds the sum at the base point to changes of it.
  ///
  /// - Returns: whether all are finite.
  func add(to changes: UnsafeMutablePointer<Double>, count: Int) -> Bool {
    var isFinite = sum.isFinite
    for place in 0..<count {
      isFinite = isFinite && changes[place].isFinite
      changes[place] += sum
    }
    return isFinite
  }

  /// Leaves a unit to cuts output by output until cuts are opened again.
  func refuse(_ unit: Int) { refused.insert(unit) }

  /// Counts that rows left a unit's places, which is to be opened again where they are now, or refused.
  func noteLeaving(_ unit: Int) {
    leavings[unit, default: 0] += 1
    if leavings[unit, default: 0] > Self.leavingLimit { refuse(unit) }
  }

  /// Opens a unit.
  ///
  /// - Parameters:
  ///   - unit: which.
  ///   - isBinary: whether it has two outputs.
  ///   - noiseWidth: of noise in its sum; 0: none.
  ///   - write: writes what the rows lose with the unit at a place, [B rounded up to 16].
  ///   - open: opens it in the session; gives the sum over rows at the base point.
  /// - Returns: how many places were looked at; whether it is open says ``unit``.
  /// - Throws: what the closures throw.
  func open(
    _ unit: Int, isBinary: Bool, noiseWidth: Double,
    write: (_ place: Double, _ losses: UnsafeMutablePointer<Float>) throws(ComponentError) -> Void,
    in open: (UnitPotential) throws(ComponentError) -> Double
  ) throws(ComponentError) -> Int {
    guard let values = values.baseAddress, let start = coefficients.baseAddress else { return 0 }
    guard !isBinary else {
      let fit = PotentialFit.line
      for (j, place) in fit.places.enumerated() { try write(place, values + j * stride) }
      let error = fit.write(values, stride: stride, rowCount: rowCount, into: start).error
      if error < .infinity { try finish(unit, fit, noiseWidth, in: open) } else { refuse(unit) }
      return fit.placeCount
    }
    var known = 0
    for (level, fit) in PotentialFit.curves.enumerated() where level >= levels[unit, default: 0] {
      try fill(fit, known: known, values, write)
      known = fit.placeCount
      let (error, variation) = fit.write(
        values, stride: stride, rowCount: rowCount, into: start)
      if error <= max(Self.tolerance, Self.relativeTolerance * variation) {
        try finish(unit, fit, 0, in: open)
        return known
      }
      guard error < .infinity else { break }
      levels[unit] = level + 1
    }
    refuse(unit)
    return known
  }

  /// Writes what rows lose at all places of a fit, of which every second one may be known.
  private func fill(
    _ fit: PotentialFit, known: Int, _ values: UnsafeMutablePointer<Float>,
    _ write: (_ place: Double, _ losses: UnsafeMutablePointer<Float>) throws(ComponentError) -> Void
  ) throws(ComponentError) {
    for j in (0..<known).reversed() where j > 0 {
      (values + 2 * j * stride).update(from: values + j * stride, count: stride)
    }
    for (j, place) in fit.places.enumerated() where known == 0 || j % 2 == 1 {
      try write(place, values + j * stride)
    }
  }

  private func finish(
    _ unit: Int, _ fit: PotentialFit, _ noiseWidth: Double,
    in open: (UnitPotential) throws(ComponentError) -> Double
  ) throws(ComponentError) {
    sum = try open(
      UnitPotential(
        unit: unit,
        coefficients: UnsafeBufferPointer(
          start: UnsafePointer(coefficients.baseAddress), count: fit.placeCount * rowCount),
        coefficientCount: fit.placeCount, noiseWidth: noiseWidth))
    self.unit = unit
  }
}
