internal import Logging
internal import QHostBridging
internal import QHostInterfaces

/// Where a run starts that continues from a trained model.
struct StartingPoint {
  /// Numbers in the rows at which a model of another kind comes near to the network: some rows for each weight of a unit, as far as
  /// memory allows.
  private static let calibratingNumbers = 8_000_000

  private let path: String
  private let file: ModelFile
  /// Of the file.
  var sha256: String { file.sha256 }
  /// The names by which rows are put in order for it; `nil`: it goes by places.
  var columns: ModelColumns? { ModelColumns(file.description) }

  /// Reads a model's file.
  ///
  /// - Throws: kind `data` when it is damaged or no model of ours.
  init(reading path: String) throws(RunError) {
    self.path = path
    file = try ModelFile(reading: path)
  }

  /// Where the run starts: at the file's parameters, or for a model of another kind or shape at those with which it
  /// comes nearest to the file's network.
  ///
  /// - Parameters:
  ///   - model: what is to be trained.
  ///   - plan: what it was made from.
  ///   - data: the run's data.
  ///   - catalogue: the plugins.
  ///   - common: what the components have in common.
  /// - Returns: the parameters, [n].
  /// - Throws: kind `usage` where the model cannot start there, `data` for a file that does not fit.
  func parameters(
    for model: any Model, _ plan: ComponentPlan, data: DataAssembly, catalogue: PluginCatalogue,
    common: RunServices.Common
  ) throws(RunError) -> [Double] {
    try check(data)
    let isSameKind = file.description.specification.model == plan.component.descriptor.name
    let isOther = model.modelDescription.hasApproximation && !file.fits(model.modelDescription)
    if isSameKind, !isOther {
      let parameters = try file.parameters(for: model.modelDescription)
      try check(parameters, model.modelDescription)
      return parameters
    }
    let source = try ComponentPlan(
      .model, named: file.description.specification.model, at: "model",
      settings: file.description.specification.settings, catalogue: catalogue)
    let trained = try ModelMaking(
      data, catalogue: catalogue, common: common,
      known: file.description.specification.startHashes ?? [:]
    ).model(source)
    let parameters = try file.parameters(for: trained.modelDescription)
    let limit = min(max(Self.calibratingNumbers / max(data.mapping.input.count, 1), 1000), 4000)
    do throws(ComponentError) {
      return try model.approximation(
        of: try trained.graph(parameters: parameters),
        calibration: data.calibration(limit: limit))
    } catch let error where error.severity == .unsupported {
      throw RunError(
        .usage,
        "\(plan.component.culprit) cannot start from '\(path)', a "
          + "'\(source.component.descriptor.name)'\(isSameKind ? " of another shape" : ""): \(error.message)"
      )
    } catch { throw RunError(error) }
  }

  private func check(_ data: DataAssembly) throws(RunError) {
    let (description, mapping) = (file.description, data.mapping)
    guard mapping.input.extents == description.input,
      mapping.output.extents == description.output
    else {
      throw RunError(
        .data,
        "'\(path)' maps \(Shape(description.input)) to \(Shape(description.output)), dataset "
          + "'\(data.name)' has \(mapping.input) and \(mapping.output); start from a model of the "
          + "dataset's shape")
    }
    let names = data.dataset.datasetDescription
    for (role, own, others) in [
      ("columns", description.featureNames ?? [], names.featureNames),
      ("classes or outputs", description.outputNames, names.outputNames),
    ] where !own.isEmpty && !others.isEmpty && own != others {
      throw RunError(
        .data,
        "'\(path)' has the \(role) \(NameList.of(own)), and dataset '\(data.name)' has \(NameList.of(others)) in "
          + "this order; start from a model of the dataset's")
    }
    guard description.preprocessing == data.preprocessing else {
      throw RunError(
        .usage,
        "'\(path)' was trained on other inputs: scaling '\(description.preprocessing.scaling)' of its "
          + "own rows, '\(data.preprocessing.scaling)' of these here; give --scaling and --target-scaling, and "
          + "the dataset's settings, as they were")
    }
  }

  private func check(_ parameters: [Double], _ description: ModelDescription) throws(RunError) {
    for (index, value) in parameters.enumerated() {
      let low = description.lower.isEmpty ? -Double.infinity : description.lower[index]
      let high = description.upper.isEmpty ? Double.infinity : description.upper[index]
      guard value < low || value > high else { continue }
      let block = description.blocks.last { $0.offset <= index }
      throw RunError(
        .usage,
        "'\(path)': tensor '\(block?.name ?? "parameters")' holds \(value), and the model as "
          + "configured takes \(low) to \(high); use the settings that the file's model was trained with"
      )
    }
  }
}

extension DataAssembly {
  /// Typical inputs: at most `limit` training rows, evenly spread.
  func calibration(limit: Int = 1000) -> Calibration {
    guard let table = table(.train) else { return Calibration(rowCount: 0, inputs: []) }
    let rows = calibrationRows(limit: limit)
    var calibration = Calibration(rowCount: rows.count, inputs: [])
    calibration.inputs.reserveCapacity(rows.count * table.inputCount)
    calibration.targets.reserveCapacity(rows.count * table.targetWidth)
    for row in rows {
      calibration.inputs += table.inputs(ofRows: row..<row + 1)
      calibration.targets += table.targets[row * table.targetWidth..<(row + 1) * table.targetWidth]
    }
    return calibration
  }

  /// The numbers of at most `limit` training rows, evenly spread.
  func calibrationRows(limit: Int) -> [Int] {
    let rowCount = table(.train)?.rowCount ?? 0
    let count = min(rowCount, limit)
    return (0..<count).map { $0 * rowCount / count }
  }

  /// Rows as the dataset has them, before anything is scaled.
  ///
  /// - Throws: what the dataset throws.
  func measurements(_ split: Split, _ rows: [Int]) throws(ComponentError) -> Calibration {
    guard let table = table(split), !rows.isEmpty else {
      return Calibration(rowCount: 0, inputs: [])
    }
    let memory = UnsafeMutableBufferPointer<Float>.allocate(
      capacity: rows.count * (table.inputCount + table.targetWidth))
    defer { memory.deallocate() }
    memory.initialize(repeating: 0)
    let inputs = UnsafeMutableBufferPointer(rebasing: memory[..<(rows.count * table.inputCount)])
    let targets = UnsafeMutableBufferPointer(rebasing: memory[(rows.count * table.inputCount)...])
    try dataset.read(split, rows: rows, inputs: inputs, targets: targets)
    return Calibration(rowCount: rows.count, inputs: Array(inputs), targets: Array(targets))
  }
}
