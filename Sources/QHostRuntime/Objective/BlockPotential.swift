internal import QHostInterfaces
internal import QHostMemory

/// What the rows of a block lose at the places of one unit, for cuts along its parameters one after the other.
///
/// The model sums along weights; see ``QHostInterfaces/PotentialModel``. What it works with is within ``tolerance`` of
/// the mean loss, or the unit is refused and its cuts are answered output by output.
final class BlockPotential {
  /// The largest error between the places of the polynomials, as a mean over rows without their signs.
  static let tolerance: Float = 4e-6
  /// Rows below which a block's units are never tabulated.
  static let leastRows = 256

  /// The unit that is open in the session.
  private(set) var unit: Int?
  /// Σ over rows of what they lose at the base point, while a unit is open.
  var sum = 0.0
  /// Cuts in a row along the same unit.
  var run = UnitRun()
  /// Whether the losses at the base point were lost to an open unit.
  var hasLostBase = false
  private var refused: Set<Int> = []
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
    levels.removeAll()
  }

  /// Forgets the unit that was open; the losses at the base point are not those of the session any more.
  func close() {
    unit = nil
    hasLostBase = true
  }

  /// Leaves a unit to cuts output by output until cuts are opened again.
  func refuse(_ unit: Int) { refused.insert(unit) }

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
    var looked = 0
    while true {
      let level = levels[unit] ?? 0
      let fit = isBinary ? PotentialFit.line : PotentialFit.curves[level]
      for (j, place) in fit.places.enumerated() { try write(place, values + j * stride) }
      looked += fit.placeCount
      let error = fit.write(values, stride: stride, rowCount: rowCount, into: start)
      guard error <= Self.tolerance else {
        guard error < .infinity, level + 1 < PotentialFit.curves.count else {
          refuse(unit)
          return looked
        }
        levels[unit] = level + 1
        continue
      }
      sum = try open(
        UnitPotential(
          unit: unit,
          coefficients: UnsafeBufferPointer(
            start: start, count: fit.placeCount * rowCount),
          coefficientCount: fit.placeCount, noiseWidth: noiseWidth))
      self.unit = unit
      return looked
    }
  }
}
