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

  /// Whether drifts are those of a split of so many rows: by rising row, within the split.
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
