/// Something that a reader must know before the figures.
public struct ReportWarning: Sendable, Encodable, Equatable {
  /// What it is about.
  public enum Kind: String, Sendable, Encodable {
    /// The comparison is not complete.
    case incomplete
    /// Runs have failed.
    case failures
    /// Combinations cannot be used on a problem.
    case skipped
    /// Optimizers minimise different losses.
    case objectives
    /// Minibatches differ.
    case batches
    /// Runs have spent more than the budget.
    case budget
    /// Evaluations, passes and processor seconds rank differently.
    case efforts
    /// Too few seeds.
    case seeds
    /// Seeds do not vary the function.
    case instances
    /// Optimizers did not start at the same points.
    case starts
    /// The machine was busy.
    case load
    /// Seconds cannot be compared.
    case time
    /// Losses are of a sample of the training split.
    case sample
    /// Journals do not fit each other.
    case journals
    /// Others have made some of the runs.
    case imported
  }

  /// What it is about.
  public var kind: Kind
  /// One sentence.
  public var text: String
}
