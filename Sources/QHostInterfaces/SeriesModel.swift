/// A model that takes rows that are series of unequal length, or follow one another in time.
///
/// A model that is published in a plugin and conforms has the capability `qhost.draft.series/1`. Its sessions implement
/// ``ModelSession/bindSeries(lengths:start:)``, and its description says ``ModelDescription/takesSeries``.
public protocol SeriesModel: Model {}

/// A dataset whose rows are series of unequal length, or follow one another in time.
///
/// A dataset that is published in a plugin and conforms has the capability `qhost.draft.series/1`. It implements
/// ``Dataset/lengths(_:rows:)``, and its description says ``DatasetDescription/isSeries`` and
/// ``DatasetDescription/streams``.
public protocol SeriesDataset: Dataset {}

/// Where the state comes from that rows begin with.
public enum SeriesStart: UInt32, Sendable {
  /// Each row begins without state.
  case separate = 0
  /// The first row begins without state, each other with that of the row before.
  case begin
  /// As `begin`, but the first row begins with the state after the session's last forward, which had P = 1.
  case goOn
}
