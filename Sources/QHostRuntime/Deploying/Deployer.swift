internal import Logging
internal import QHostBridging
internal import QHostInterfaces

/// Puts a network on a target: compiles it, writes the files, runs a split there and compares.
struct Deployer {
  let plan: ComponentPlan
  let network: any DeployableNetwork
  /// `nil`: nothing is calibrated, and nothing is run.
  let data: DataAssembly?
  let common: RunServices.Common
  /// Whether the rows are one table that was read whole, in the training split's place.
  var rowsAreWhole = false

  /// The most calibration rows where nothing but the operators matters.
  private static let rehearsalRows = 64
  /// Rows that a target runs at a time.
  private static let chunkRows = 1024

  /// Compiles and throws the result away: tells early what the 6502 target does not support.
  ///
  /// Other errors may go away with training and are left for then.
  func rehearse() throws(RunError) {
    try checkSeries()
    do throws(ComponentError) {
      _ = try compile(try target(), rows: Self.rehearsalRows)
    } catch let error where error.severity == .unsupported {
      throw RunError(.usage, error.message)
    } catch {
      common.logger.debug("target '\(name)' would refuse the untrained model: \(error.message)")
    }
  }

  /// Compiles, writes the files to a folder and runs a split.
  ///
  /// - Parameter folder: where the files go; `nil`: none are written, and none listed.
  /// - Returns: what the model does and costs there.
  /// - Throws: kind `usage` where the target has no code for the model; what components throw.
  func deploy(to folder: String?) throws(RunError) -> Deployment {
    try checkSeries()
    if isScaled, !TargetConvention(plan.configuration).knowsScaling {
      common.logger.notice(
        "target '\(name)' takes and gives scaled numbers: its files do not have the scaling")
    }
    let (target, compiled) = try made()
    if let folder { try FileAccess.makeFolder(folder) }
    var deployment = Deployment(target: name, split: "test", rows: 0, bytes: 0)
    for artifact in compiled.artifacts {
      deployment.bytes += artifact.bytes.count
      guard let folder else { continue }
      let path = folder + "/" + artifact.name
      try FileAccess.write(artifact.bytes, to: path)
      deployment.artifacts.append(
        RunRecord.Artifact(name: artifact.name, path: path, bytes: artifact.bytes.count))
    }
    for figure in compiled.figures { deployment.figures[figure.name] = figure.value }
    if let bytes = deployment.figures["bytes"] { deployment.bytes = Int(bytes) }
    for (name, value) in deployment.figures where name.hasPrefix("milliseconds.") {
      deployment.milliseconds[String(name.dropFirst("milliseconds.".count))] = value
    }
    try measure(target, into: &deployment)
    return deployment
  }

  private func checkSeries() throws(RunError) {
    let model = (network as? TrainedNetwork)?.parts.model
    try data?.checkDeployment(
      to: name, takesSeries: model?.modelDescription.takesSeries ?? false)
  }

  private var name: String { plan.component.descriptor.name }

  private func target() throws(ComponentError) -> any Target {
    var configuration = plan.configuration
    if let data {
      configuration = TargetConvention(configuration).naming(data.dataset.datasetDescription)
    }
    if let isolation = plan.isolation {
      return try isolation.target(plan, common, configuration)
    }
    var request = try plan.request(common, making: nil)
    request.configuration = configuration
    return try ForeignTarget(plan.component, request: request)
  }

  /// Whether rows as the dataset has them are others than those that the model sees.
  private var isScaled: Bool {
    data.map { !$0.preprocessing.shift.isEmpty || $0.preprocessing.targetShift != nil } ?? false
  }

  /// Whether the target is given rows as the dataset has them, and a network that scales them.
  private var takesMeasurements: Bool {
    isScaled && TargetConvention(plan.configuration).takesMeasurements
  }

  private func made() throws(RunError) -> (any Target, CompiledModel) {
    do throws(ComponentError) {
      let target = try target()
      return (target, try compile(target, rows: .max))
    } catch let error {
      throw error.severity == .unsupported ? RunError(.usage, error.message) : RunError(error)
    }
  }

  /// Compiles for at most so many calibration rows.
  private func compile(
    _ target: any Target, rows limit: Int
  ) throws(ComponentError) -> CompiledModel {
    let graph = try network.graph()
    guard let data else {
      return try target.compile(graph, calibration: Calibration(rowCount: 0, inputs: []))
    }
    guard takesMeasurements else {
      return try target.compile(graph, calibration: data.calibration(limit: limit))
    }
    return try target.compile(
      graph.ofMeasurements(data.preprocessing),
      calibration: try data.measurements(.train, data.calibrationRows(limit: limit)))
  }

  /// Runs the test split, or the last one that there is, on the target.
  private func measure(
    _ target: any Target, into deployment: inout Deployment
  ) throws(RunError) {
    let splits: [Split] = [.test, .validation, .train]
    guard let data, let split = splits.first(where: { data.table($0) != nil }),
      let table = data.table(split)
    else { return }
    deployment.split = rowsAreWhole ? TrainedModel.Record.whole : split.description
    var execution = DeployedRows(
      classCount: data.mapping.task == .classification ? data.mapping.output.count : nil,
      outputCount: data.mapping.output.count)
    var own: [Float] = []
    var results: [(rows: Range<Int>, execution: Execution)] = []
    do throws(ComponentError) {
      own = try ownOutputs(split, table, data.preprocessing)
      for start in stride(from: 0, to: table.rowCount, by: Self.chunkRows) {
        let rows = start..<min(start + Self.chunkRows, table.rowCount)
        let inputs =
          try takesMeasurements
          ? data.measurements(split, Array(rows)).inputs : table.inputs(ofRows: rows)
        let result = try target.execute(inputs: inputs, rowCount: rows.count)
        results.append((rows, result))
      }
    } catch let error where error.severity == .unsupported {
      common.logger.info("nothing was run: \(error.message)")
      return
    } catch { throw RunError(error) }
    for (rows, result) in results {
      try execution.add(result, rows: rows, own: own, table: table)
    }
    execution.finish(&deployment)
  }

  /// What the host itself gives, in the unit of what the target gives.
  private func ownOutputs(
    _ split: Split, _ table: SampleTable, _ preprocessing: Preprocessing
  ) throws(ComponentError) -> [Float] {
    let outputs = try network.outputs(split, table)
    guard takesMeasurements, let count = preprocessing.targetShift?.count else { return outputs }
    return outputs.enumerated().map {
      Float(preprocessing.restored(Double($0.element), output: $0.offset % count))
    }
  }
}
