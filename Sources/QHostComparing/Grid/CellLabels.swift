/// What a cell of a comparison is called, on each axis but the seed's.
public struct CellLabels: Sendable, Equatable, Hashable {
  /// The optimizer, with the parameters that the plan sets for it alone.
  public var optimizer: String
  /// The model, with its parameters.
  public var model: String
  /// The dataset, with its parameters.
  public var dataset: String
  /// The target, with its parameters; `nil` when models are not deployed.
  public var target: String?
  /// What components depend on, with its parameters, by place: `optimizer.solver`, `model.inner`,
  /// `model.inner.inner`.
  public var dependencies: [String: String]

  /// Makes labels.
  public init(
    optimizer: String, model: String, dataset: String, target: String? = nil,
    dependencies: [String: String] = [:]
  ) {
    self.optimizer = optimizer
    self.model = model
    self.dataset = dataset
    self.target = target
    self.dependencies = dependencies
  }

  /// The label on an axis: `optimizer`, `model`, `dataset`, `target` or the place of a dependency; `nil` where
  /// there is none.
  public subscript(axis: String) -> String? {
    switch axis {
    case "optimizer": optimizer
    case "model": model
    case "dataset": dataset
    case "target": target
    default: dependencies[axis]
    }
  }

  /// The label of a component and of all that it depends on, by axis.
  ///
  /// - Parameter root: `optimizer`, `model`, `dataset` or `target`.
  /// - Returns: the labels; none where there is no component.
  public func part(at root: String) -> [String: String] {
    var part = dependencies.filter { $0.key.hasPrefix(root + ".") }
    part[root] = self[root]
    return part
  }

  /// A component with all that it depends on, for example `tunneling with split-operator`.
  ///
  /// - Parameters:
  ///   - place: where it stands, for example `optimizer`.
  ///   - isShown: whether the dependency at a place is told.
  /// - Returns: the words; `nil` where there is no component.
  public func text(at place: String, _ isShown: (String) -> Bool = { _ in true }) -> String? {
    guard let label = self[place] else { return nil }
    let words = dependencies.keys.sorted().filter { $0.isDirectly(under: place) && isShown($0) }
      .compactMap { text(at: $0, isShown) }
    return words.isEmpty ? label : "\(label) with \(words.joined(separator: " and "))"
  }

  /// The labels as words of one line.
  public var text: String { "\(text(at: "optimizer") ?? optimizer), \(problemText)" }

  /// Those of model, dataset and target as words of one line.
  public var problemText: String {
    "\(text(at: "model") ?? model) on \(text(at: "dataset") ?? dataset)"
      + (text(at: "target").map { " for \($0)" } ?? "")
  }
}

extension CellLabels: Codable {
  private enum CodingKeys: String, CodingKey {
    case optimizer, model, dataset, target, dependencies
  }
  private enum EarlierKeys: String, CodingKey { case solver }

  /// Reads labels, also from journals of earlier forms, which knew of the optimizer's solver alone.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    optimizer = try container.decode(String.self, forKey: .optimizer)
    model = try container.decode(String.self, forKey: .model)
    dataset = try container.decode(String.self, forKey: .dataset)
    target = try container.decodeIfPresent(String.self, forKey: .target)
    dependencies =
      try container.decodeIfPresent([String: String].self, forKey: .dependencies) ?? [:]
    let earlier = try decoder.container(keyedBy: EarlierKeys.self)
    if let solver = try earlier.decodeIfPresent(String.self, forKey: .solver) {
      dependencies["optimizer.solver"] = solver
    }
  }

  /// Writes labels; dependencies only where there are some.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(optimizer, forKey: .optimizer)
    try container.encode(model, forKey: .model)
    try container.encode(dataset, forKey: .dataset)
    try container.encodeIfPresent(target, forKey: .target)
    if !dependencies.isEmpty { try container.encode(dependencies, forKey: .dependencies) }
  }
}

extension String {
  /// Whether it is the place of a dependency of the component at another place.
  fileprivate func isDirectly(under place: String) -> Bool {
    hasPrefix(place + ".") && !dropFirst(place.count + 1).contains(".")
  }
}
