public import QHostRuntime

/// A claim that somebody makes, the comparison that tests it, and what it must find.
public struct Experiment: Sendable {
  private static let ownKeys = ["claim", "source", "figure", "notes", "expect", "online"]

  /// What is claimed.
  public let claim: String
  /// Who claims it, and where.
  public let source: String
  /// The figure that the source gives; `nil` where it gives none.
  public let figure: String?
  /// What the comparison does not show.
  public let notes: String?
  /// The comparison.
  public let plan: ComparisonPlan
  /// Where the plan is written.
  public let origins: PlanOrigins
  /// How its runs learn from rows that come one after the other; `nil`: they are ordinary ones.
  public let online: OnlineSettings?
  /// What must be found for the claim to be reproduced: all of it.
  public let criteria: [Criterion]

  /// Reads an experiment: the keys of a plan, and `claim`, `source`, `figure`, `notes`, `expect`, `online`.
  ///
  /// - Throws: kind `usage`, with file, line and key; kind `data` when the file cannot be read.
  public init(reading file: String) throws(RunError) {
    let root = try PlanNode(reading: file)
    let values = try root.values(of: PlanFile.keys + Self.ownKeys)
    var texts: [String: String] = [:]
    var criteria: [Criterion] = []
    var online: OnlineSettings?
    for (key, value) in values where Self.ownKeys.contains(key) {
      if key == "online" {
        online = try OnlinePlan.settings(value)
        continue
      }
      guard key == "expect" else {
        texts[key] = try value.text()
        continue
      }
      for element in value.elements { criteria.append(try Criterion(reading: element)) }
    }
    for key in ["claim", "source"] where texts[key] == nil {
      throw root.error("the experiment has no \(key); write one")
    }
    guard !criteria.isEmpty else {
      throw root.error("the experiment expects nothing; write what it must find under 'expect'")
    }
    claim = texts["claim"] ?? ""
    source = texts["source"] ?? ""
    figure = texts["figure"]
    notes = texts["notes"]
    self.criteria = criteria
    self.online = online
    let foreign = values.first { ["budget", "targets", "weights", "metric"].contains($0.key) }
    if online != nil, let foreign {
      throw foreign.value.error("\(foreign.key) does not go with online; leave it out")
    }
    let file = try PlanFile(values.filter { !Self.ownKeys.contains($0.key) }, in: root)
    plan = file.plan
    origins = file.origins
  }
}
