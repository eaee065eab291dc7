internal import Logging
internal import QHostBridging
public import QHostInterfaces

/// A dataset in memory: its splits, read, checked and scaled.
public final class DataAssembly {
  /// The dataset.
  public let dataset: any Dataset
  /// Its name.
  public let name: String
  /// What was done to inputs.
  public let preprocessing: Preprocessing
  /// The SHA-256 of all its rows, as read.
  public let sha256: String
  private let tables: [Split: SampleTable]
  private let services: RunServices?
  private let hasDependencies: Bool

  /// Whether it may be another one with another seed, because it has drawn random numbers.
  package var isRandom: Bool {
    hasDependencies || (dataset as? any DistantDataset)?.hasDrawn ?? services?.hasDrawn ?? true
  }

  /// Reads a dataset.
  ///
  /// - Parameters:
  ///   - plan: the dataset.
  ///   - scaling: the scaling's name; `nil`: the dataset's own.
  ///   - targetScaling: `standardize` or `none`, of targets that are numbers; `nil`: as ``standardizesTargets(_:)`` says.
  ///   - common: what the components of the run have in common.
  /// - Throws: what the dataset throws, and kind `data` for rows that cannot be used.
  public convenience init(
    _ plan: ComponentPlan, scaling: String?, targetScaling: String? = nil,
    common: RunServices.Common
  ) throws(RunError) {
    try self.init(
      plan, scaling: scaling, targetScaling: targetScaling, preprocessing: nil, matching: nil,
      common: common)
  }

  /// Reads a dataset, for a trained model where one is given.
  ///
  /// - Parameters:
  ///   - plan: the dataset.
  ///   - scaling: the scaling's name; `nil`: the dataset's own.
  ///   - targetScaling: that of targets.
  ///   - known: what is done to rows; `nil`: taken from the training split.
  ///   - model: the names that columns and classes are put in order by, and what rows are read for.
  ///   - common: what the components of the run have in common.
  /// - Throws: what the dataset throws, and kind `data` for rows that cannot be used or do not fit the model.
  init(
    _ plan: ComponentPlan, scaling: String?, targetScaling: String?,
    preprocessing known: Preprocessing?, matching model: (columns: ModelColumns, use: RowUse)?,
    common: RunServices.Common
  ) throws(RunError) {
    hasDependencies = !plan.dependencies.isEmpty
    let read: any Dataset
    if let isolation = plan.isolation {
      services = nil
      read = try translating { () throws(ComponentError) in try isolation.dataset(plan, common) }
    } else {
      let request = try translating { () throws(ComponentError) in
        try plan.request(common, making: nil)
      }
      services = request.host as? RunServices
      read = try translating { () throws(ComponentError) in
        try ForeignDataset(plan.component, request: request)
      }
    }
    let name = plan.component.descriptor.name
    self.name = name
    let dataset = try Self.matched(read, to: model, name, common.logger)
    self.dataset = dataset
    let chosen = try scaling.map { (text) throws(RunError) in try Preprocessing.scaling(named: text)
    }
    let inputsStay =
      known?.shift.isEmpty ?? ((chosen ?? dataset.datasetDescription.scaling) == .none)
    var tables: [Split: SampleTable] = [:]
    var digest = SHA256Digest()
    for split in Split.allCases where dataset.datasetDescription.rowCount(split) > 0 {
      let table = try translating { () throws(ComponentError) in
        try SampleTable(
          reading: split, of: dataset, name: name, mayLackTargets: model?.use == .prediction,
          packs: inputsStay && Self.isLarge(dataset.datasetDescription, split), digest: &digest)
      }
      tables[split] = table
    }
    sha256 = digest.finish()
    guard let train = tables[.train] else {
      throw RunError(.data, "dataset '\(name)' has no training rows; leave some to train on")
    }
    if let known, !known.fits(train.inputCount) {
      throw RunError(
        .data,
        "the model takes inputs of \(known.shift.count) numbers, those of dataset '\(name)' have "
          + "\(train.inputCount); name a dataset of the model's shape")
    }
    if let known {
      preprocessing = known
    } else {
      let standardizesTargets = try Self.standardizesTargets(of: dataset, targetScaling, name)
      preprocessing = Preprocessing(
        chosen ?? dataset.datasetDescription.scaling, fitting: train,
        standardizesTargets: standardizesTargets)
    }
    for table in tables.values { preprocessing.apply(to: table) }
    self.tables = tables
  }

  /// Takes the first rows of a stream, in place of a dataset that is read as a whole.
  ///
  /// - Parameters:
  ///   - dataset: describes the rows.
  ///   - name: its name.
  ///   - first: the rows, scaled.
  ///   - preprocessing: what was done to them.
  init(
    streaming dataset: any Dataset, name: String, first: SampleTable, _ preprocessing: Preprocessing
  ) {
    self.dataset = dataset
    self.name = name
    self.preprocessing = preprocessing
    sha256 = ""
    tables = [.train: first]
    services = nil
    hasDependencies = true
  }

  /// Whether the inputs of a split are worth to be packed: a million of them are 4 MB.
  private static func isLarge(_ description: DatasetDescription, _ split: Split) -> Bool {
    let (size, isTooLarge) = description.rowCount(split)
      .multipliedReportingOverflow(by: description.input.count)
    return isTooLarge || size >= 1_000_000
  }

  /// The dataset in the order of a model; the dataset itself where nothing is to be changed.
  private static func matched(
    _ dataset: any Dataset, to model: (columns: ModelColumns, use: RowUse)?, _ name: String,
    _ logger: Logger
  ) throws(RunError) -> any Dataset {
    guard let model, model.columns.task != .scenario else { return dataset }
    let matched = try MatchedDataset(
      dataset, to: model.columns, for: model.use, culprit: "dataset '\(name)'")
    if !matched.extra.isEmpty {
      logger.notice(
        "dataset '\(name)' has columns that the model does not take: \(NameList.of(matched.extra))")
    }
    return matched.isIdentity ? dataset : matched
  }

  /// Whether targets are standardised (decision 30).
  ///
  /// As asked, else those of a table whose inputs are to be standardised too, for then they are in a unit of the
  /// user's. A dataset that measures outputs itself has chosen the unit of its targets, and a series that of its steps.
  static func standardizesTargets(
    of dataset: any Dataset, _ asked: String?, _ name: String
  ) throws(RunError) -> Bool {
    let description = dataset.datasetDescription
    guard let asked else {
      let measures = (dataset as? any MetricProviding)?.metricDescriptions.isEmpty == false
      return description.task == .regression && description.scaling == .standardize
        && description.input.extents.count == 1 && !description.isSeries && !measures
    }
    let names = ["none", "standardize"]
    guard names.contains(asked) else {
      throw RunError(
        .usage,
        "there is no scaling of targets '\(asked)'" + Suggestion.sentence(for: asked, among: names)
      )
    }
    guard asked == "none" || description.task == .regression else {
      throw RunError(
        .usage,
        "--target-scaling is for targets that are numbers, and dataset '\(name)' is of "
          + "\(description.task); leave it out")
    }
    return asked == "standardize"
  }

  /// The rows of a split; `nil` when it has none.
  public func table(_ split: Split) -> SampleTable? { tables[split] }

  /// What a model is to map to what.
  public var mapping: Mapping {
    let description = dataset.datasetDescription
    var mapping = Mapping(
      task: description.task, input: description.input, output: description.output,
      outputLower: description.outputLower, outputUpper: description.outputUpper)
    mapping.outputKinds = description.outputKinds
    return mapping
  }
}
