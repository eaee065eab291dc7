internal import QHostBridging
internal import QHostInterfaces

/// The parameters that a trained model generates for the model that it is made around, as that model's own.
public struct GeneratedWeights: Sendable {
  /// What `qhost export-weights --json` prints: schema `qhost.export-weights/1`.
  public struct Record: Encodable, Sendable {
    /// The version of this record's form.
    public var schema = "qhost.export-weights/1"
    /// The model whose parameters are written.
    public var model: String
    /// Where it stands in the trained model, for example `model.inner`.
    public var place: String
    /// How many parameters it has.
    public var parameterCount: Int
    /// What generates them.
    public var generator: ModelFile.Generator
    /// The size of the file in bytes.
    public var bytes: Int
    /// The file.
    public var path: String

    /// The record as one JSON object.
    public func json() throws(RunError) -> String { try JSONText.of(self) }
  }

  private let description: ModelFile.Description
  private let generator: ModelFile.Generator
  private let model: ModelDescription
  private let place: String
  private let parameters: [Double]

  /// Asks a trained model for the parameters of an inner one.
  ///
  /// - Parameters:
  ///   - trained: the trained model.
  ///   - place: of the inner model, for example `model.inner`; `nil`: the innermost.
  /// - Throws: kind `usage` for a model that is not made around one whose parameters it generates, a place
  ///   that it does not have, and parameters that the inner model does not take.
  public init(of trained: TrainedModel, at place: String?) throws(RunError) {
    var (model, plan, parameters) = (
      trained.parts.model as? any WeightGenerating, trained.plan, trained.parameters
    )
    var innermost = trained.parts.model.modelDescription
    var models: [String] = []
    while plan.place != place, let step = try Self.step(model, plan, parameters, place) {
      models.append(plan.component.descriptor.name)
      (model, plan, parameters) = step
      innermost = step.0.modelDescription
      try Self.check(parameters, innermost, plan)
    }
    guard !models.isEmpty, place == nil || plan.place == place else {
      let places = trained.plan.allDependencies.filter { $0.component.kind == .model }.map(\.place)
      throw RunError(
        .usage,
        "\(trained.plan.component.culprit) has no model at '\(place ?? "")' whose parameters are generated"
          + Suggestion.sentence(for: place ?? "", among: places))
    }
    self.place = plan.place
    self.parameters = parameters
    self.model = innermost
    generator = ModelFile.Generator(
      models: models, parameterCount: trained.parameters.count, sha256: trained.file.sha256)
    var description = trained.file.description
    description.specification = description.specification.ofModel(plan)
    description.generator = generator
    self.description = description
  }

  /// Writes them as a trained model of the inner one, in one step.
  ///
  /// - Throws: kind `data` when the file cannot be written.
  public func write(to path: String) throws(RunError) -> Record {
    let bytes = try ModelFile.write(
      description, parameters: parameters, blocks: model.blocks, to: path)
    return Record(
      model: description.specification.model, place: place, parameterCount: parameters.count,
      generator: generator, bytes: bytes, path: FileAccess.absolute(path))
  }

  /// One model further in; `nil`: the model is made around none, and one that generated it was found.
  private static func step(
    _ model: (any WeightGenerating)?, _ plan: ComponentPlan, _ parameters: [Double],
    _ place: String?
  ) throws(RunError) -> (any WeightGenerating, ComponentPlan, [Double])? {
    let inner = plan.dependencies.values.filter { $0.component.kind == .model }
    if inner.isEmpty, plan.place != "model" { return nil }
    do throws(ComponentError) {
      guard let model else {
        throw .unsupported("\(plan.component.culprit) is not made around another model")
      }
      let generated = try model.innerParameters(at: parameters)
      guard let next = try model.generated(), inner.count == 1 else {
        throw .unsupported(
          "\(plan.component.culprit) is made around \(inner.count) models, not one")
      }
      return (next, inner[0], generated)
    } catch let error where error.severity == .unsupported {
      let remedy =
        plan.place == "model"
        ? "name a trained model that generates the parameters of another one"
        : "write it itself, with --place \(plan.place)"
      throw RunError(.usage, "there are no weights to export: \(error.message); \(remedy)")
    } catch { throw RunError(error) }
  }

  /// Refuses parameters that the model does not take: its own file would be refused later.
  private static func check(
    _ parameters: [Double], _ description: ModelDescription, _ plan: ComponentPlan
  ) throws(RunError) {
    for (index, value) in parameters.enumerated() {
      let low = description.lower.isEmpty ? -Double.infinity : description.lower[index]
      let high = description.upper.isEmpty ? Double.infinity : description.upper[index]
      let isWhole = !description.kinds.isEmpty && description.kinds[index] != .real
      guard value < low || value > high || (isWhole && value != value.rounded()) else { continue }
      let block = description.blocks.last { $0.offset <= index }?.name ?? "parameters"
      throw RunError(
        .usage,
        "tensor '\(block)' of \(plan.component.culprit) at \(plan.place) would hold \(value), and it takes "
          + "\(isWhole ? "integers" : "numbers") from \(low) to \(high); put another model there, and "
          + "train again")
    }
  }
}

extension RunSpecification {
  /// The run as that of a model inside its model, which starts from no file.
  fileprivate func ofModel(_ plan: ComponentPlan) -> RunSpecification {
    func moved(_ key: String) -> String? {
      key.hasPrefix(plan.place + ".") ? "model" + key.dropFirst(plan.place.count) : nil
    }
    let from = "model." + ComponentPlan.startName
    var specification = self
    specification.model = plan.component.descriptor.name
    specification.settings = settings.without("model")
    for (key, value) in settings.under(plan.place).values {
      if let key = moved(key), key != from { specification.settings.set(key, to: value) }
    }
    var hashes: [String: String] = [:]
    for (key, value) in startHashes ?? [:] {
      if let key = moved(key), key != from { hashes[key] = value }
    }
    specification.startHashes = hashes.isEmpty ? nil : hashes
    specification.start = nil
    return specification
  }
}
