public import QHostRuntime

/// A claim that somebody makes, the comparison that tests it, and what it must find.
public struct Experiment: Sendable {
  private static let ownKeys = ["claim", "source", "figure", "notes", "expect"]

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
  /// What must be found for the claim to be reproduced: all of it.
  public let criteria: [Criterion]

  /// Reads an experiment: the keys of a plan, and `claim`, `source`, `figure`, `notes`, `expect`.
  ///
  /// - Throws: kind `usage`, with file, line and key; kind `data` when the file cannot be read.
  public init(reading file: String) throws(RunError) {
    let root = try PlanNode(reading: file)
    let values = try root.values(of: PlanFile.keys + Self.ownKeys)
    var texts: [String: String] = [:]
    var criteria: [Criterion] = []
    for (key, value) in values where Self.ownKeys.contains(key) {
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
    let file = try PlanFile(values.filter { !Self.ownKeys.contains($0.key) }, in: root)
    plan = file.plan
    origins = file.origins
  }
}
