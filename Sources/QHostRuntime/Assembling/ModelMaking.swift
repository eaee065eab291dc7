internal import QHostBridging
internal import QHostInterfaces

/// Makes models for a run's data, with the files that models which others are made around start from.
final class ModelMaking {
  /// The run's data.
  let data: DataAssembly
  /// The SHA-256 of the files that were read, by the key that names them.
  private(set) var startHashes: [String: String] = [:]
  private let catalogue: PluginCatalogue
  private let common: RunServices.Common
  private let known: [String: String]

  /// Makes models.
  ///
  /// - Parameters:
  ///   - data: the run's data.
  ///   - catalogue: the plugins.
  ///   - common: what the components have in common.
  ///   - known: the SHA-256 that files had when the run began, by the key that names them; others are taken as
  ///     they are.
  init(
    _ data: DataAssembly, catalogue: PluginCatalogue, common: RunServices.Common,
    known: [String: String]
  ) {
    self.data = data
    self.catalogue = catalogue
    self.common = common
    self.known = known
  }

  /// Makes a model, and checks that it fits.
  ///
  /// - Throws: what it throws, and kind `data` for a file of an inner model that cannot be read, does not fit, or is
  ///   not what it was.
  func model(_ plan: ComponentPlan) throws(RunError) -> any Model {
    let mapping = data.mapping
    let model: any Model
    if let isolation = plan.isolation {
      let surroundings = try surroundings(of: plan)
      model = try translating { () throws(ComponentError) in
        try isolation.model(plan, common, surroundings)
      }
    } else {
      model = try translating { () throws(ComponentError) in
        try ForeignModel(
          plan.component, request: try plan.request(common, making: self), mapping: mapping)
      }
    }
    let description = model.modelDescription
    guard !description.isIdentity || description.parameterCount == mapping.output.count else {
      throw RunError(
        .plugin,
        "\(plan.component.culprit) says that its outputs are its parameters, but it has "
          + "\(description.parameterCount) of them for \(mapping.output.count) outputs; "
          + "report it to its author")
    }
    let names = description.blocks.map(\.name)
    if let name = names.first(where: { name in names.filter { $0 == name }.count > 1 }) {
      throw RunError(
        .plugin,
        "\(plan.component.culprit) has two blocks of parameters named '\(name)', of which a file of its weights could "
          + "hold one; report it to its author")
    }
    try data.checkLengths(for: description, plan.component.culprit, catalogue: catalogue)
    return model
  }

  /// What a model of another process is made for: files of inner models are read here, each for a model that is made
  /// for that alone.
  private func surroundings(of plan: ComponentPlan) throws(RunError) -> ModelSurroundings {
    var surroundings = ModelSurroundings(mapping: data.mapping)
    for inner in plan.allDependencies where inner.start != nil {
      let model = try model(inner)
      surroundings.starts[inner.place] = try translating { () throws(ComponentError) in
        try start(of: model, inner)
      }
    }
    if plan.component.has(.inner) || !plan.dependencies.isEmpty {
      surroundings.calibration = data.calibration()
    }
    return surroundings
  }

  /// The parameters [n] of the file that an inner model starts from; `nil` where none is named.
  func start(of model: any Model, _ plan: ComponentPlan) throws(ComponentError) -> [Double]? {
    guard let path = plan.start else { return nil }
    let key = "\(plan.place).\(ComponentPlan.startName)"
    do throws(RunError) {
      let start = try StartingPoint(reading: path)
      if let before = known[key], before != start.sha256 {
        throw RunError(
          .data,
          "'\(path)' has changed since the run began; put the file back that it had then, or train again"
        )
      }
      startHashes[key] = start.sha256
      return try start.parameters(
        for: model, plan, data: data, catalogue: catalogue, common: common)
    } catch {
      throw ComponentError(
        "\(key): \(error.message)", kind: error.kind == .usage ? .parameter : .data)
    }
  }
}
