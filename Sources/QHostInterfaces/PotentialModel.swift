/// A model that sums losses along the weights of one unit itself, from what each row loses at the unit's outputs; see
/// ``ModelDescription/potentialUnitCount``.
///
/// A unit with two outputs is at the place t = −1 or 1. Any other is at t where its sum is z + reach·t, z being the row's
/// sum when the unit was prepared and reach what the session gave the row. While
/// only its own weights are cut and moved, what a row loses is one function of t, whichever weight changes it.
///
/// Its sessions implement ``ModelSession/preparePotential(unit:offset:)``, ``ModelSession/hold(unit:at:outputs:)``, ``ModelSession/openPotential(_:)``,
/// ``ModelSession/cutPotential(index:offsets:into:)``, ``ModelSession/movePotential(index:delta:)`` and
/// ``ModelSession/closePotential()``. An instance may still have no such unit, and is then asked like any other.
public protocol PotentialModel: Model {}

/// What a session did along a parameter of a unit that is open.
public struct PotentialWork: Sendable {
  /// How often a row was at no place from −1 to 1: above 0 what it loses is not known.
  public var outside: Int
  /// In the units of ``CutChanges/work``.
  public var work: Double

  /// Makes it.
  public init(outside: Int, work: Double) {
    self.outside = outside
    self.work = work
  }
}

/// What each row loses at the places of one unit.
///
/// Row r loses Σ_p coefficients[p·B + r]·t^p with the unit at t. Borrowed memory, valid for the call.
public struct UnitPotential {
  /// The most coefficients of a row.
  public static let coefficientLimit = 13

  /// Which, below ``ModelDescription/potentialUnitCount``.
  public let unit: Int
  /// [P × B], 1 ≤ P ≤ ``coefficientLimit``.
  public let coefficients: UnsafeBufferPointer<Float>
  /// P, how many coefficients each row has.
  public let coefficientCount: Int
  /// w, the width of logistic noise in the sum of a unit with two outputs; 0: none.
  ///
  /// With noise the unit is at the mean over it, t = tanh(z/w), z its sum without.
  public let noiseWidth: Double

  /// Borrows coefficients [P × B].
  public init(
    unit: Int, coefficients: UnsafeBufferPointer<Float>, coefficientCount: Int, noiseWidth: Double
  ) {
    self.unit = unit
    self.coefficients = coefficients
    self.coefficientCount = coefficientCount
    self.noiseWidth = noiseWidth
  }
}
