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
  ///   - known: what is done to inputs; `nil`: taken from the training split.
  ///   - common: what the components of the run have in common.
  /// - Throws: what the dataset throws, and kind `data` for rows that cannot be used.
  public init(
    _ plan: ComponentPlan, scaling: String?, preprocessing known: Preprocessing? = nil,
    common: RunServices.Common
  ) throws(RunError) {
    hasDependencies = !plan.dependencies.isEmpty
    let dataset: any Dataset
    if let isolation = plan.isolation {
      services = nil
      dataset = try translating { () throws(ComponentError) in try isolation.dataset(plan, common) }
    } else {
      let request = try translating { () throws(ComponentError) in
        try plan.request(common, making: nil)
      }
      services = request.host as? RunServices
      dataset = try translating { () throws(ComponentError) in
        try ForeignDataset(plan.component, request: request)
      }
    }
    self.dataset = dataset
    let name = plan.component.descriptor.name
    self.name = name
    var tables: [Split: SampleTable] = [:]
    var digest = SHA256Digest()
    for split in Split.allCases where dataset.datasetDescription.rowCount(split) > 0 {
      let table = try translating { () throws(ComponentError) in
        try SampleTable(reading: split, of: dataset, name: name)
      }
      table.digest(into: &digest)
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
    let chosen = try scaling.map { (text) throws(RunError) in try Preprocessing.scaling(named: text)
    }
    preprocessing =
      known
      ?? Preprocessing(chosen ?? dataset.datasetDescription.scaling, fitting: train)
    for table in tables.values { preprocessing.apply(to: table) }
    self.tables = tables
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
