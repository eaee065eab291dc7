internal import QHostInterfaces

/// Which figures are measured beside loss and accuracy; metrics of components may be expensive.
public enum MetricSelection: Sendable, Equatable {
  /// All that there are.
  case all
  /// No metrics.
  case none
  /// Those that come with the one of a name.
  case named(String)

  /// Whether some of the figures of these names are measured.
  func includes(_ names: [String]) -> Bool {
    switch self {
    case .all: !names.isEmpty
    case .none: false
    case .named(let name): names.contains(name)
    }
  }
}

/// The metrics of a run's model and dataset.
struct RunMetrics {
  /// One of the two.
  struct Source {
    let kind: ComponentKind
    let name: String
    let provider: any MetricProviding

    var names: [String] { provider.metricDescriptions.map(\.name) }
  }

  /// The name of the volume that a run's points dominate.
  static let hypervolume = "hypervolume"

  /// The components that have metrics.
  let sources: [Source]
  /// A scenario's metrics of its own table, which have neither unit nor direction.
  let scenarioNames: [String]
  private let task: Task
  private let hasViolations: Bool
  private let objectives: [ObjectiveDescription]

  init(_ parts: Objective.Parts) {
    let description = parts.dataset.datasetDescription
    task = description.task
    hasViolations = parts.loss == .score && description.hasViolations
    objectives = parts.loss == .score ? description.objectives : []
    scenarioNames = task == .scenario ? description.metricNames : []
    let components: [(ComponentKind, String, Any)] = [
      (.dataset, parts.datasetName, parts.dataset), (.model, parts.modelName, parts.model),
    ]
    sources = components.compactMap { kind, name, component in
      guard let provider = component as? any MetricProviding, !provider.metricDescriptions.isEmpty
      else { return nil }
      return Source(kind: kind, name: name, provider: provider)
    }
  }

  /// What the metrics are, by name; the host's own figures are left out.
  var facts: [String: MetricFacts] {
    var facts = scoreFacts
    for name in scenarioNames {
      facts[name] = MetricFacts(.neutral, component: ComponentKind.dataset.rawValue)
    }
    for source in sources {
      for metric in source.provider.metricDescriptions {
        facts[metric.name] = MetricFacts(
          metric.direction, unit: metric.unit, component: source.kind.rawValue)
      }
    }
    return facts
  }

  /// What a scenario's scores are beside a loss.
  private var scoreFacts: [String: MetricFacts] {
    var facts: [String: MetricFacts] = [:]
    if hasViolations { facts["violation"] = MetricFacts(.lower, component: "dataset") }
    for objective in objectives {
      facts[objective.name] = MetricFacts(
        objective.isMaximised ? .higher : .lower, unit: objective.unit, component: "dataset")
    }
    if !objectives.isEmpty { facts[Self.hypervolume] = MetricFacts(.higher, component: "dataset") }
    return facts
  }

  /// What all figures of a run are, by name.
  var allFacts: [String: MetricFacts] {
    let own: [String] =
      switch task {
      case .classification: ["loss", "accuracy"]
      case .regression: ["loss", "rmse", "r2"] + (facts["mae"] == nil ? ["mae"] : [])
      case .scenario: ["loss"]
      }
    // A volume is that of a whole run, not of parameters.
    return facts.filter { $0.key != Self.hypervolume }.merging(
      MetricFacts.ofHost.filter { own.contains($0.key) }
    ) { $1 }
  }

  /// Refuses a name that two have.
  ///
  /// - Throws: kind `usage`.
  func check() throws(RunError) {
    var owners: [String: String] = [:]
    for name in scoreFacts.keys { owners[name] = "the scenario's scores" }
    for name in scenarioNames { owners[name] = "the scenario's table" }
    for source in sources {
      let culprit = "\(source.kind) '\(source.name)'"
      for name in source.names {
        guard let other = owners.updateValue(culprit, forKey: name) else { continue }
        throw RunError(
          .usage,
          "metric '\(name)' is of \(other) and of \(culprit), and runs have figures by name; use "
            + "another model or dataset, or rename it in one of them")
      }
    }
  }
}
