/// Something that a reader must know before the figures.
public struct ReportWarning: Sendable, Encodable, Equatable {
  /// What it is about.
  public enum Kind: String, Sendable, Encodable {
    /// The comparison is not complete.
    case incomplete
    /// Runs have failed.
    case failures
    /// Too few seeds.
    case seeds
    /// Optimizers did not start at the same points.
    case starts
    /// The machine was busy.
    case load
    /// Seconds cannot be compared.
    case time
    /// Journals do not fit each other.
    case journals
  }

  /// What it is about.
  public var kind: Kind
  /// One sentence.
  public var text: String
}
