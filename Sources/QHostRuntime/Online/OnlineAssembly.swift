internal import QHostBridging
internal import QHostInterfaces

/// The parts of an online run, made from the first rows of its stream.
public final class OnlineAssembly {
  /// What was asked for.
  public let specification: RunSpecification
  /// How it learns.
  public let settings: OnlineSettings
  /// Where rows come from.
  public let source: OnlineSource
  /// Its components.
  public let plans: [ComponentPlan]
  let optimizerPlan: ComponentPlan
  let modelPlan: ComponentPlan
  let datasetPlan: ComponentPlan?
  let stream: any OnlineStream
  let parts: OnlineParts
  /// The first rows, as they came.
  let warmup: OnlineBlock
  let common: RunServices.Common

  /// Makes every component, and reads the first rows.
  ///
  /// - Parameters:
  ///   - specification: what is asked for.
  ///   - settings: how it learns.
  ///   - source: where rows come from.
  ///   - catalogue: the plugins.
  ///   - common: what the components have in common.
  /// - Throws: kind `usage` for a combination that cannot work, `data`, or `plugin`.
  public init(
    _ specification: RunSpecification, _ settings: OnlineSettings, _ source: OnlineSource,
    catalogue: PluginCatalogue, common: RunServices.Common
  ) throws(RunError) {
    try settings.check()
    let words = specification.settings
    optimizerPlan = try ComponentPlan(
      .optimizer, named: specification.optimizer, at: "optimizer", settings: words,
      catalogue: catalogue)
    modelPlan = try ComponentPlan(
      .model, named: specification.model, at: "model", settings: words, catalogue: catalogue)
    datasetPlan =
      source.input != nil
      ? nil
      : try ComponentPlan(
        .dataset, named: specification.dataset, at: "dataset", settings: words,
        catalogue: catalogue)
    plans = [optimizerPlan, modelPlan] + (datasetPlan.map { [$0] } ?? [])
    try ComponentPlan.check(words, against: plans)
    guard !plans.contains(where: \.isIsolated) else {
      throw RunError(.usage, "--isolate does not go with --online; leave one of them out")
    }
    stream = try Self.stream(datasetPlan, source, settings, common)
    var block = OnlineBlock()
    try stream.read(settings.warmupRows, into: &block)
    guard !common.cancellation.isRequested else {
      throw RunError(
        .interrupted, "interrupted while the first rows were read; nothing is left to continue from"
      )
    }
    warmup = block
    let description = stream.dataset.datasetDescription
    let first = try Self.table(of: block, description, stream.name)
    let isScaled = try DataAssembly.standardizesTargets(
      of: stream.dataset, specification.targetScaling, stream.name)
    let scaling = try specification.scaling.map { (text) throws(RunError) in
      try Preprocessing.scaling(named: text)
    }
    let errorScale = description.task == .regression ? Self.deviation(of: first.targets) : 1
    let preprocessing = Preprocessing(
      scaling ?? description.scaling, fitting: first, standardizesTargets: isScaled)
    preprocessing.apply(to: first)
    let data = DataAssembly(
      streaming: stream.dataset, name: stream.name, first: first, preprocessing)
    let making = ModelMaking(data, catalogue: catalogue, common: common, known: [:])
    let model = try making.model(modelPlan)
    guard !model.modelDescription.isIdentity else {
      throw RunError(
        .usage,
        "\(modelPlan.component.culprit) has the same outputs for all rows, and --online predicts each; name another model"
      )
    }
    let loss =
      try specification.loss.map { (name) throws(RunError) in
        try Loss(named: name, for: description.task)
      } ?? Loss.standard(for: description.task)
    let plan = modelPlan
    let start = try specification.start.map { (path) throws(RunError) in
      try StartingPoint(reading: path).parameters(
        for: model, plan, data: data, catalogue: catalogue, common: common)
    }
    let initial = try translating { () throws(ComponentError) in
      if let start { return start }
      return try model.initialParameters(start: 0)
    }
    parts = OnlineParts(
      optimizer: optimizerPlan, model: model, modelName: modelPlan.component.descriptor.name,
      dataset: stream.dataset, streamName: stream.name, preprocessing: preprocessing, loss: loss,
      prior: specification.prior,
      batchRows: min(
        specification.batchRows.map { $0 == 0 ? settings.memoryRows : $0 } ?? settings.memoryRows,
        settings.memoryRows),
      start: initial, common: common, settings: settings, drifts: stream.drifts,
      errorScale: errorScale)
    let reason =
      loss.hasGradient
      ? "\(modelPlan.component.culprit) as configured has none"
      : "loss '\(loss.rawValue)' has none"
    try RunAssembly.checkQueries(
      of: optimizerPlan, parts.objective(on: first), catalogue, reason: reason)
    self.specification = Self.anchored(specification, plans)
    self.settings = settings
    self.source = source
    self.common = common
  }

  private static func stream(
    _ plan: ComponentPlan?, _ source: OnlineSource, _ settings: OnlineSettings,
    _ common: RunServices.Common
  ) throws(RunError) -> any OnlineStream {
    if let path = source.input {
      return try CSVStream(
        source, path: path, warmupRows: settings.warmupRows, common.cancellation, common.logger)
    }
    guard let plan else { throw RunError(.usage, "--online needs --dataset or --input") }
    let dataset = try translating { () throws(ComponentError) in
      try ForeignDataset(plan.component, request: try plan.request(common, making: nil))
    }
    return try DatasetStream(dataset, name: plan.component.descriptor.name)
  }

  /// The rows of a block that have all their numbers and a label.
  private static func table(
    of block: OnlineBlock, _ description: DatasetDescription, _ name: String
  ) throws(RunError) -> SampleTable {
    let (f, t) = (description.input.count, description.targetWidth)
    let rows = (0..<block.rowCount).filter {
      let target = block.targets[$0 * t]
      return target.isFinite && target >= (description.task == .classification ? 0 : -.infinity)
        && !block.gapRows.contains($0)
    }
    guard !rows.isEmpty else {
      throw RunError(
        .data,
        "none of the first \(block.rowCount) rows of '\(name)' has a label and all its numbers; raise --warmup-rows, or "
          + "correct the rows")
    }
    let table = try translating { () throws(ComponentError) in
      try SampleTable(rowCount: rows.count, for: description)
    }
    for (place, row) in rows.enumerated() {
      for index in 0..<f { table.inputs[place * f + index] = block.inputs[row * f + index] }
      for index in 0..<t { table.targets[place * t + index] = block.targets[row * t + index] }
    }
    return table
  }

  private static func deviation(of targets: UnsafeMutableBufferPointer<Float>) -> Double {
    let values = targets.map(Double.init)
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    return variance > 0 ? variance.squareRoot() : 1
  }

  /// The specification with the paths of existing files from the root, so that a run is resumed from any folder.
  private static func anchored(
    _ specification: RunSpecification, _ plans: [ComponentPlan]
  ) -> RunSpecification {
    var anchored = specification
    anchored.start = specification.start.map { FileAccess.absolute($0) }
    for plan in plans {
      for (key, path) in plan.paths where FileAccess.exists(path) {
        anchored.settings.set(key, to: FileAccess.absolute(path))
      }
    }
    return anchored
  }

  /// A folder's name that goes with the run.
  public var folderName: String {
    let text =
      [(try? JSONText.of(specification)), (try? JSONText.of(settings)), (try? JSONText.of(source))]
      .compactMap { $0 }.joined()
    let digest = Array(text.utf8).withUnsafeBytes { SHA256Digest.of($0) }
    let run = specification
    let rows = source.input == nil ? run.dataset : "table"
    return "online-\(rows)-\(run.model)-\(run.optimizer)-seed\(run.seed)-\(digest.prefix(8))"
  }
}
