/// A model of units that have one of two outputs, as their sum lies below or above 0; see
/// ``ModelDescription/flipUnitCount``.
///
/// Its sessions implement ``ModelSession/takeNoise(_:)``, ``ModelSession/openUnit(_:sums:outputs:)`` and
/// ``ModelSession/factors(index:)``. An instance may still have none, and is then asked like any other.
public protocol FlippingModel: Model {}

/// What a unit's sum changes by in each row where a parameter grows by 1.
///
/// Borrowed memory, valid until the next call of the session.
public struct SumFactors {
  /// Rows whose slope is not 0.
  public let count: Int
  /// Which, ascending, [count]; `nil`: all rows.
  public let rows: UnsafePointer<UInt32>?
  /// Their slopes, [count]; `nil`: 1.
  public let values: UnsafePointer<Float>?

  /// Borrows lists.
  public init(count: Int, rows: UnsafePointer<UInt32>?, values: UnsafePointer<Float>?) {
    self.count = count
    self.rows = rows
    self.values = values
  }
}
