/// A change of what the rows of a split are drawn from.
public struct Drift: Sendable, Hashable {
  /// The first row of the new concept, or the middle of a gradual change.
  public var row: Int
  /// Rows that a gradual change takes; 0: abrupt.
  public var width: Int

  /// Makes a drift.
  public init(row: Int, width: Int = 0) {
    self.row = row
    self.width = width
  }

  /// Whether drifts are sorted by row, each row once, and lie within a split.
  ///
  /// - Parameters:
  ///   - drifts: those of one split.
  ///   - rowCount: the rows of the split.
  /// - Returns: `false` for a row beyond the split, a width below 0, or a row that is not above the one before.
  public static func areInOrder(_ drifts: [Drift], rowCount: Int) -> Bool {
    drifts.allSatisfy { (0..<rowCount).contains($0.row) && $0.width >= 0 }
      && zip(drifts, drifts.dropFirst()).allSatisfy { $0.row < $1.row }
  }
}

/// A dataset that knows where what it is drawn from changes.
///
/// A dataset that is published in a plugin and conforms has the capability `qhost.draft.drifts/1`. Its description says
/// ``DatasetDescription/drifts``. The host marks them and measures by them; no model and no optimizer is told.
public protocol DriftingDataset: Dataset {}
