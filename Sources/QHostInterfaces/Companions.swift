/// What goes with a model where the user names nothing.
public struct Companions: Sendable, Equatable {
  /// The dataset; `nil`: the host's own default.
  public var dataset: String?
  /// The optimizer, where the user names neither one nor a budget; `nil`: the host's own default.
  public var optimizer: String?
  /// Losses of a run with that optimizer; 0: the standard budget.
  public var evaluationLimit: Int
  /// Parameters of the model whose values the dataset's of the same names take.
  public var shared: [String]

  /// Makes companions.
  public init(
    dataset: String? = nil, optimizer: String? = nil, evaluationLimit: Int = 0,
    shared: [String] = []
  ) {
    self.dataset = dataset
    self.optimizer = optimizer
    self.evaluationLimit = evaluationLimit
    self.shared = shared
  }
}

/// A model that names what goes with it.
///
/// A component that is published in a plugin and conforms has the capability `qhost.draft.companions/1`; nothing
/// else is to be done.
public protocol CompanionNaming: Model {
  /// What goes with it.
  static var companions: Companions { get }
}
