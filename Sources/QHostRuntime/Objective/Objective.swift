public import QHostInterfaces
internal import QHostMemory

/// Model, dataset and loss as one function, on minibatches; answers an optimizer's queries and counts
/// what they cost.
public final class Objective {
  /// What the objective is made of.
  public struct Parts {
    /// The function to train.
    public var model: any Model
    /// What it is trained on.
    public var dataset: any Dataset
    /// How far outputs are from targets.
    public var loss: Loss
    /// The training split, scaled.
    public var table: SampleTable
    /// Rows of a minibatch; 0: all.
    public var batchRows: Int
    /// The run's seed, for the order of the rows.
    public var seed: UInt64
    /// The threads.
    public var pool: WorkerPool
    /// The model's name, for messages.
    public var modelName: String
    /// The dataset's name, for messages.
    public var datasetName: String
    /// What was done to the inputs of `table`, and is done to those of variants.
    public var preprocessing: Preprocessing?
    /// The width of the Gaussian prior, in the parameters' scales; `nil`: none.
    public var prior: Double?
    /// How one loss is made of a scenario's objectives; `nil`: there are none.
    var scalarLoss: ScalarLoss?
    /// Who asks, for messages.
    public var optimizer = "the optimizer"

    /// Puts the parts together.
    public init(
      model: any Model, dataset: any Dataset, loss: Loss, table: SampleTable, batchRows: Int,
      seed: UInt64, pool: WorkerPool, modelName: String, datasetName: String
    ) {
      self.model = model
      self.dataset = dataset
      self.loss = loss
      self.table = table
      self.batchRows = batchRows
      self.seed = seed
      self.pool = pool
      self.modelName = modelName
      self.datasetName = datasetName
    }
  }

  /// The kinds of query that it answers; a cut is always answered.
  public let queries: QueryKinds
  /// Whether a cut costs less than whole passes.
  public let hasFastCuts: Bool
  /// Whether ``Parts/prior`` has a part in the objective: it holds unbounded real parameters only.
  public var hasPrior: Bool { prior != nil }
  /// What its queries have cost so far.
  public internal(set) var cost = Cost()

  let parts: Parts
  let dimension: Int
  let costs: CostModel
  /// Whether outputs go straight from the parameters to the dataset's score.
  let isDirect: Bool
  /// Whether losses are random draws.
  let isStochastic: Bool
  let prior: GaussianPrior?
  /// The spread of each parameter, [n]; empty: 1.
  let moveScales: [Double]
  /// Where points may lie; `nil`: anywhere.
  let box: SearchBox?
  /// What answers say of a point.
  let shape: ScoreShape
  /// The highest loss of all feasible points so far; `nil` before the first.
  var worstFeasible: Double?
  var schedule: BatchSchedule
  /// The batch that the last query was on; −1 before the first.
  var batchNumber = -1
  var current: (any Evaluator)?
  var full: (any Evaluator)?
  var isOnFull = false
  var cutState = CutState()
  /// See `highestCutCost`; `nil` as long as nobody has asked.
  var knownHighestCutCost: Double?
  let scratch = Scratch()

  /// Makes the objective; no pass is done yet.
  public init(_ parts: Parts) {
    self.parts = parts
    let description = parts.model.modelDescription
    dimension = description.parameterCount
    isDirect = Self.isDirect(parts)
    moveScales = description.scales
    box = SearchBox(description.lower, description.upper)
    let dataset = parts.dataset.datasetDescription
    isStochastic = Self.isStochastic(parts)
    shape = ScoreShape(parts.dataset, parts.loss)
    // A scenario scores the outputs of a model as a whole, whatever has changed in them.
    hasFastCuts =
      isDirect
      ? dataset.hasCuts
      : description.hasCuts && !isStochastic && !parts.table.isStream && parts.loss != .score
    var queries: QueryKinds = [.points, .cuts]
    if description.hasGradient, parts.loss.hasGradient { queries.insert(.gradient) }
    // Of a plain loss: violations and objectives have gradients of their own, which nobody gives. Through a model
    // it is the chain rule.
    if isDirect || description.hasGradient, parts.loss == .score, dataset.hasGradient,
      !dataset.isStochastic, !dataset.hasViolations, dataset.objectives.isEmpty,
      dataset.outputKinds.allSatisfy({ $0 == .real })
    {
      queries.insert(.gradient)
    }
    self.queries = queries
    let rows = parts.table.rowCount
    prior = parts.prior.flatMap { GaussianPrior(width: $0, description, rowCount: rows) }
    schedule = BatchSchedule(
      rowCount: rows, batchRows: parts.batchRows == 0 ? rows : parts.batchRows, seed: parts.seed,
      isInOrder: parts.table.isStream)
    costs = Self.costs(parts)
  }

  /// Rows of a minibatch.
  public var batchRows: Int { schedule.batchRows }

  /// Whether outputs go straight from the parameters to the dataset's score.
  static func isDirect(_ parts: Parts) -> Bool {
    parts.loss == .score && parts.model.modelDescription.isIdentity
  }

  /// Whether losses are random draws.
  static func isStochastic(_ parts: Parts) -> Bool {
    parts.model.modelDescription.isStochastic
      || (parts.loss == .score && parts.dataset.datasetDescription.isStochastic)
  }

  /// Whether the training split is larger than a minibatch.
  var hasMinibatches: Bool { schedule.batchRows < schedule.rowCount }

  /// Whether a lower loss may be that of other rows or of a luckier draw, and not of a better point.
  var isNoisy: Bool { hasMinibatches || isStochastic }

  /// Which rows the last query was on: a batch's number, or −2 for the whole split of minibatches.
  var rowsInUse: Int { isOnFull ? -2 : batchNumber }

  /// The evaluator that a query's batch means, with its rows loaded.
  func evaluator(for batch: Query.Batch) throws(ComponentError) -> any Evaluator {
    if batch == .same, !isOnFull, let current { return current }
    let hasMinibatches = schedule.batchRows < schedule.rowCount
    if batch == .full || (batch == .same && isOnFull), hasMinibatches {
      if !isOnFull { cutState.isOpen = false }
      isOnFull = true
      if let full { return full }
      let made = try makeEvaluator(Array(0..<schedule.rowCount)[...])
      full = made
      return made
    }
    if isOnFull {
      isOnFull = false
      cutState.isOpen = false
    }
    let wanted = batch == .next && hasMinibatches ? batchNumber + 1 : max(batchNumber, 0)
    if wanted != batchNumber || current == nil {
      cutState.isOpen = false
      let rows = schedule.rows(ofBatch: wanted)
      // A run that is resumed takes its batch again, and has paid for it.
      if hasMinibatches, wanted != batchNumber {
        cost.forwardEquivalents += costs.batch(rowCount: rows.count)
      }
      batchNumber = wanted
      let variants = variants(ofBatch: wanted)
      switch current {
      case let samples as SampleEvaluator: try samples.load(rows, variants: variants)
      case let scenario as ScenarioEvaluator: scenario.load(rows)
      default: current = try makeEvaluator(rows, variants: variants)
      }
    }
    guard let current else { preconditionFailure("no rows were loaded") }
    return current
  }

  /// Minibatches draw variants; the whole training split is evaluated as it is.
  private func variants(ofBatch number: Int) -> [Int]? {
    let count = parts.dataset.datasetDescription.variantCount
    guard count > 1, schedule.batchRows < schedule.rowCount else { return nil }
    return schedule.variants(ofBatch: number, count: count)
  }

  /// An evaluator of its own for some rows of the training split.
  func makeEvaluator(
    _ rows: ArraySlice<Int>, variants: [Int]? = nil
  ) throws(ComponentError) -> any Evaluator {
    if Self.isDirect(parts) {
      let evaluator = ScenarioEvaluator(
        dataset: parts.dataset, split: .train, culprit: "dataset '\(parts.datasetName)'")
      evaluator.load(rows)
      return evaluator
    }
    let evaluator = SampleEvaluator(
      model: parts.model, scorer: Self.scorer(parts, .train), costs: costs, table: parts.table,
      pool: parts.pool,
      variants: VariantReader(
        dataset: parts.dataset, preprocessing: parts.preprocessing, table: parts.table))
    try evaluator.load(rows, variants: variants)
    return evaluator
  }

  /// What answers cost, in passes of the training split.
  static func costs(_ parts: Parts) -> CostModel {
    CostModel(
      passes: parts.model.modelDescription.passWork, loss: parts.loss,
      inputCount: parts.table.inputCount,
      outputCount: parts.dataset.datasetDescription.output.count, rowCount: parts.table.rowCount,
      blockRows: RowBlock.capacity(of: parts.table))
  }

  static func scorer(_ parts: Parts, _ split: Split) -> BlockScorer {
    BlockScorer(
      source: parts.loss == .score
        ? .scenario(
          ScenarioScorer(parts.dataset, split, culprit: "dataset '\(parts.datasetName)'"))
        : .loss(parts.loss),
      outputCount: parts.dataset.datasetDescription.output.count,
      culprit: "model '\(parts.modelName)'")
  }
}
