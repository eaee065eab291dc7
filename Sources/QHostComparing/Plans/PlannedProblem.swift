public import QHostRuntime

/// What optimizers are compared on: a model on a dataset, and when runs on it end.
public struct PlannedProblem: Sendable, Codable, Equatable {
  /// The dataset.
  public var dataset: ComponentChoice
  /// The model.
  public var model: ComponentChoice
  /// The loss's name; `nil`: the one that goes with the dataset's task.
  public var loss: String?
  /// The scaling's name; `nil`: the dataset's own.
  public var scaling: String?
  /// How targets that are numbers are scaled; `nil`: standardised in tables.
  public var targetScaling: String?
  /// The width of the Gaussian prior, in the parameters' scales; `nil`: none.
  public var prior: Double?
  /// How one loss is made of a scenario's objectives; `nil`: all weigh the same, or there are none.
  public var scalarisation: Scalarisation?
  /// Rows of a minibatch; `nil`: what each optimizer prefers; 0: all.
  public var batchRows: Int?
  /// When a run stops; its forward-equivalents are passes of the whole training split.
  public var budget: Budget

  /// Makes a problem.
  public init(
    dataset: ComponentChoice, model: ComponentChoice, loss: String? = nil, scaling: String? = nil,
    prior: Double? = nil, batchRows: Int? = nil, budget: Budget = Budget()
  ) {
    self.dataset = dataset
    self.model = model
    self.loss = loss
    self.scaling = scaling
    self.prior = prior
    self.batchRows = batchRows
    self.budget = budget
  }

  /// What it is called.
  public var labels: ProblemLabels { ProblemLabels(dataset: dataset.label, model: model.label) }

  /// What it has beside dataset and model, by the name that users know, with the values that are set.
  var facts: [String: String] {
    var facts: [String: String] = [:]
    facts["loss"] = loss
    facts["scaling"] = scaling
    facts["target scaling"] = targetScaling
    facts["prior"] = prior.map { "\($0)" }
    facts["weights"] = scalarisation?.weightsText
    facts["fairness"] = scalarisation?.fairness.map { "\($0)" }
    facts["batch size"] = BatchSize.text(batchRows)
    facts["max-evals"] = budget.maxEvaluations.map(String.init)
    facts["max-forward-equivalents"] = budget.maxForwardEquivalents.map { "\($0)" }
    facts["max-time"] = budget.maxSeconds.map { "\($0)" }
    facts["until-loss"] = budget.untilLoss.map { "\($0)" }
    facts["until-accuracy"] = budget.untilAccuracy.map { "\($0)" }
    facts["until-metric"] = budget.untilMetric?.text
    return facts
  }
}

/// What a problem is called: the labels of its dataset and its model.
public struct ProblemLabels: Sendable, Hashable {
  /// The dataset's label.
  public var dataset: String
  /// The model's label.
  public var model: String

  /// Makes labels.
  public init(dataset: String, model: String) {
    self.dataset = dataset
    self.model = model
  }

  /// Those of a cell.
  public init(_ labels: CellLabels) { self.init(dataset: labels.dataset, model: labels.model) }

  /// The labels as words of one line.
  public var text: String { "\(model) on \(dataset)" }
}
