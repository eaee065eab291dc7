internal import CQHost
public import QHostInterfaces

/// A dataset behind a C table.
public final class ForeignDataset: Dataset, ForeignInstance, FigureSource, MetricProviding {
  let handle: InstanceHandle
  var component: ForeignComponent { handle.component }
  var instance: UnsafeMutableRawPointer { handle.pointer }
  let table: qhost_dataset
  /// What it says of its series, if it has some.
  private let series: qhost_series?
  private let error: ErrorBuffer
  /// For functions that several threads call at once.
  private let errors: ErrorPool
  /// What the instance has of constraints, objectives and random draws.
  let scenario: ScenarioTables
  private let namedMetrics: ForeignMetrics

  /// What it holds.
  public let datasetDescription: DatasetDescription
  /// What one offset of a cut costs, as a part of a whole score.
  public let cutCost: Double

  /// Makes an instance of a plugin's dataset.
  public init(_ component: ForeignComponent, request: ComponentRequest) throws(ComponentError) {
    let table = component.table.assumingMemoryBound(to: qhost_dataset.self).pointee
    guard let create = table.create, let describe = table.describe, table.read != nil else {
      throw ComponentError(
        "\(component.culprit) lacks create, describe or read; report it to its author")
    }
    handle = try InstanceHandle(component: component, request: request, destroy: table.destroy) {
      create($0, $1, $2)
    }
    self.table = table
    error = ErrorBuffer(handle.link)
    errors = ErrorPool(handle.link)
    let instance = handle.pointer
    var description = try guarded(
      component.label, "describe",
      throwing: { () throws(ComponentError) in
        guard let raw = describe(instance).flatMap({ qhost_dataset_description.reading($0) })
        else {
          throw ComponentError("\(component.culprit) gave no description; report it to its author")
        }
        return try DatasetDescription(reading: raw, culprit: component.culprit)
      })
    scenario = try ScenarioTables(component, handle.pointer, describing: &description)
    let series = component.capabilities[.series]?.assumingMemoryBound(to: qhost_series.self)
      .pointee
    description.isSeries = guarded(component.label, "is_series") {
      series?.is_series?(instance) ?? 0 != 0
    }
    self.series = description.isSeries ? series : nil
    if let isStream = self.series?.is_stream {
      for split in Split.allCases where isStream(handle.pointer, split.rawValue) != 0 {
        description.streams.insert(split)
      }
    }
    description.drifts = try DriftFacts.drifts(of: handle.pointer, component, description)
    datasetDescription = description
    let needs =
      (datasetDescription.task != .scenario || table.score != nil)
      && (datasetDescription.metricNames.isEmpty || table.metrics != nil)
      && (!datasetDescription.hasCuts
        || (table.cut_open != nil && table.cut_close != nil && table.cut != nil
          && table.cut_move != nil && table.cut_cost != nil))
      && (datasetDescription.variantCount == 1 || table.read_variants != nil)
    guard needs else {
      throw ComponentError(
        "\(component.culprit) describes a capability whose functions are missing; "
          + "report it to its author")
    }
    cutCost =
      datasetDescription.hasCuts
      ? guarded(component.label, "cut_cost") { table.cut_cost(instance) } : 1
    guard cutCost > 0, cutCost.isFinite else {
      throw ComponentError(
        "\(component.culprit) says that its cut_cost is \(cutCost), which must be finite and above 0; "
          + "report it to its author")
    }
    namedMetrics = try ForeignMetrics(of: handle.pointer, component, handle.link)
  }

  /// The metrics of its capability.
  public var metricDescriptions: [MetricDescription] { namedMetrics.descriptions }

  /// Measures them on rows.
  public func measure(_ sample: MetricSample) throws(ComponentError) -> [MetricValue] {
    try namedMetrics.measure(sample)
  }

  /// Writes the inputs and targets of rows of a split.
  public func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    let indices = rows.map(UInt64.init)
    let status = guardedRarely(handle.component.label, "read") {
      table.read(
        handle.pointer, split.rawValue, indices, UInt64(rows.count), inputs.baseAddress,
        targets.baseAddress, error.pointer)
    }
    try error.check(status, culprit: handle.component.culprit, function: "read")
  }

  /// The lengths of the series in rows of a split.
  public func lengths(_ split: Split, rows: [Int]) throws(ComponentError) -> [Int] {
    guard let lengths = series?.lengths else {
      throw .unsupported("\(handle.component.culprit) has no series")
    }
    let indices = rows.map(UInt64.init)
    var found = [UInt64](repeating: 0, count: rows.count)
    let status = guarded(handle.component.label, "lengths") {
      lengths(
        handle.pointer, split.rawValue, indices, UInt64(rows.count), &found, error.pointer)
    }
    try error.check(status, culprit: handle.component.culprit, function: "lengths")
    return found.map { Int(clamping: $0) }
  }

  /// Writes the inputs of variants of training rows; from any thread.
  public func readVariants(
    _ variants: [Int], rows: [Int], inputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    guard let readVariants = table.read_variants else {
      throw .unsupported("\(handle.component.culprit) has no variants of its rows")
    }
    let indices = rows.map(UInt64.init)
    let numbers = variants.map(UInt64.init)
    let error = errors.take()
    defer { errors.giveBack(error) }
    let status = guarded(handle.component.label, "read_variants") {
      readVariants(
        handle.pointer, indices, numbers, UInt64(rows.count), inputs.baseAddress, error.pointer)
    }
    try error.check(status, culprit: handle.component.culprit, function: "read_variants")
  }

  /// Writes a scenario's losses of outputs.
  public func score(
    _ split: Split, rows: [Int], outputs: UnsafeBufferPointer<Double>, pointCount: Int,
    losses: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    let error = errors.take()
    defer { errors.giveBack(error) }
    // Row numbers have the same bits as Int and as UInt64.
    let status = rows.withUnsafeBytes { bytes in
      guarded(handle.component.label, "score") {
        table.score(
          handle.pointer, split.rawValue,
          bytes.baseAddress?.assumingMemoryBound(to: UInt64.self), UInt64(rows.count),
          outputs.baseAddress, UInt64(pointCount), losses.baseAddress, error.pointer)
      }
    }
    try error.check(status, culprit: handle.component.culprit, function: "score")
  }

  /// Scores outputs as a scenario that has more to say than a loss.
  public func score(_ scoring: Scoring) throws(ComponentError) {
    guard let score = scenario.score else {
      return try score(
        scoring.split, rows: scoring.rows, outputs: scoring.outputs,
        pointCount: scoring.pointCount, losses: scoring.losses)
    }
    let error = errors.take()
    defer { errors.giveBack(error) }
    let status = scoring.withRaw { raw in
      guarded(handle.component.label, "score") { score(handle.pointer, raw, error.pointer) }
    }
    try error.check(status, culprit: handle.component.culprit, function: "score")
  }

  /// The loss of outputs [C] for one row, and its gradient [C].
  public func gradient(
    _ split: Split, row: Int, outputs: UnsafeBufferPointer<Double>,
    gradient: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) -> Double {
    guard let function = scenario.gradient else {
      throw .unsupported("\(handle.component.culprit) knows no gradient")
    }
    let error = errors.take()
    defer { errors.giveBack(error) }
    var loss = Double.nan
    let status = guarded(handle.component.label, "gradient") {
      function(
        handle.pointer, split.rawValue, UInt64(row), outputs.baseAddress, &loss,
        gradient.baseAddress, error.pointer)
    }
    try error.check(status, culprit: handle.component.culprit, function: "gradient")
    return loss
  }

  /// A scenario's metrics of outputs.
  public func metrics(
    _ split: Split, rows: [Int], outputs: UnsafeBufferPointer<Double>
  ) throws(ComponentError) -> [Double] {
    var values = [Double](repeating: 0, count: datasetDescription.metricNames.count)
    guard !values.isEmpty, let metrics = table.metrics else { return [] }
    let indices = rows.map(UInt64.init)
    let status = guarded(handle.component.label, "metrics") {
      metrics(
        handle.pointer, split.rawValue, indices, UInt64(rows.count), outputs.baseAddress, &values,
        error.pointer)
    }
    try error.check(status, culprit: handle.component.culprit, function: "metrics")
    return values
  }

  /// Scores along single outputs of one row.
  public func makeCuts(
    _ split: Split, row: Int, outputs: UnsafeBufferPointer<Double>
  ) throws(ComponentError) -> any ScenarioCuts {
    try ForeignScenarioCuts(of: self, split, row: row, outputs: outputs)
  }
}
