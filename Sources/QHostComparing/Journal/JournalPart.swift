internal import QHostRuntime

/// The journals of one plan among those of others: with the names that tell its optimizers, and problems that
/// differ, from theirs.
struct JournalPart {
  static let remedy = "keep them apart by names, such as 'qhost report one=FOLDER two=FOLDER'"

  /// The name that the user gives it; `nil`: none.
  let name: String?
  let merge: JournalMerge
  /// Problems that others have under the same name, but with other data or another budget.
  private var ambiguous: Set<ProblemLabels> = []

  init(name: String?, _ merge: JournalMerge) {
    self.name = name
    self.merge = merge
  }

  /// The first of its files.
  var path: String { merge.sources.first?.path ?? "" }

  /// The parts with names that tell apart what differs.
  ///
  /// - Throws: kind `usage` when something differs that has the same name all the same.
  static func toldApart(_ parts: [JournalPart]) throws(RunError) -> [JournalPart] {
    var told = parts
    for place in told.indices {
      let own = told[place].facts
      for other in parts.indices where other != place {
        let others = parts[other].facts
        for (labels, facts) in own where others[labels].map({ differs($0, facts) }) ?? false {
          told[place].ambiguous.insert(labels)
        }
      }
    }
    for (place, part) in told.enumerated() {
      for former in told[..<place] { try part.check(beside: former) }
    }
    return told
  }

  /// Refuses what has one name and is not the same.
  private func check(beside former: JournalPart) throws(RunError) {
    let places = ("in '\(former.path)'", "in '\(path)'")
    let known = Dictionary(former.facts.map { (former.renamed($0.key), $0) }) { first, _ in first }
    for problem in merge.header.plan.problems {
      let labels = problem.labels
      guard let (key, others) = known[renamed(labels)], let own = facts[labels],
        Self.differs(own, others)
      else { continue }
      let words = Self.differences(others, own, places.0, places.1).joined(separator: "; ")
      throw RunError(
        .usage, "'\(key.text)' is not the same problem in both journals: \(words); \(Self.remedy)")
    }
    let common = Set(combinations).intersection(former.combinations)
    guard let first = combinations.first(where: { common.contains($0) }) else { return }
    let words = ComparisonPlan.differences(former.means, means, places.0, places.1)
    guard words.isEmpty else {
      throw RunError(
        .usage,
        "'\(first.optimizer)' is not the same in both journals: \(words.joined(separator: "; ")); "
          + Self.remedy)
    }
  }

  /// What all optimizers have in common, by name.
  private var means: [String: String] {
    settings(of: ["optimizer"]).merging(["qhost": merge.header.hostVersion]) { $1 }
  }

  /// All that makes a problem what it is beside the labels of its dataset and model, by name.
  private var facts: [ProblemLabels: [String: String]] {
    let header = merge.header
    let common = settings(of: ["dataset", "model", "target"])
    return header.plan.problemsByLabels.mapValues { problem in
      var facts = problem.facts.merging(common) { $1 }
      facts[Self.rows] = header.datasets.first { $0.dataset == problem.dataset.label }?.sha256
      return facts
    }
  }

  private static let rows = "the SHA-256 of the rows"

  /// Whether facts differ; rows that one journal does not know of do not count.
  private static func differs(_ one: [String: String], _ other: [String: String]) -> Bool {
    !differences(one, other, "", "").isEmpty
  }

  private static func differences(
    _ one: [String: String], _ other: [String: String], _ here: String, _ there: String
  ) -> [String] {
    var (one, other) = (one, other)
    if one[rows] == nil || other[rows] == nil { (one[rows], other[rows]) = (nil, nil) }
    return ComparisonPlan.differences(one, other, here, there)
  }

  private func settings(of places: [String]) -> [String: String] {
    let settings = Settings(merge.header.plan.settings)
    return places.reduce(into: [:]) { all, place in
      all.merge(settings.under(place).values) { $1 }
    }
  }
}

extension JournalPart {
  /// Its plan, with the names of this part.
  var plan: ComparisonPlan {
    var plan = merge.header.plan
    plan.optimizers = plan.optimizers.map { renamed($0) }
    plan.listedProblems = plan.problems.map { problem in
      guard ambiguous.contains(problem.labels) else { return problem }
      var renamed = problem
      renamed.dataset = self.renamed(problem.dataset)
      return renamed
    }
    return plan
  }

  /// Its combinations, those that cannot work among them.
  var combinations: [CellLabels] { merge.header.combinations.map { renamed($0) } }

  /// Those that cannot work.
  var skipped: [JournalHeader.Skipped] {
    merge.header.skipped.map { .init(labels: renamed($0.labels), reason: $0.reason) }
  }

  /// Its datasets.
  var datasets: [JournalHeader.Data] {
    merge.header.datasets.flatMap { data in
      let problems = merge.header.plan.problems.map(\.labels).filter { $0.dataset == data.dataset }
      return Set(problems.map { renamed($0).dataset }).sorted().map { label in
        JournalHeader.Data(dataset: label, sha256: data.sha256, rows: data.rows)
      }
    }
  }

  /// Its files.
  var sources: [JournalSource] {
    merge.sources.map { source in
      var named = source
      named.name = name
      return named
    }
  }

  /// How its cells ended, in the order of its plan.
  var entries: [JournalContents.Entry] {
    merge.entries.sorted { $0.key < $1.key }.map { _, entry in
      let labels = renamed(entry.labels)
      switch entry {
      case .finished(var result):
        result.labels = labels
        return .finished(result)
      case .failed(var failure):
        failure.labels = labels
        return .failed(failure)
      }
    }
  }

  private func renamed(_ labels: CellLabels) -> CellLabels {
    var renamed = labels
    renamed.optimizer = text(labels.optimizer)
    renamed.dataset = self.renamed(ProblemLabels(labels)).dataset
    return renamed
  }

  fileprivate func renamed(_ labels: ProblemLabels) -> ProblemLabels {
    guard ambiguous.contains(labels) else { return labels }
    return ProblemLabels(dataset: text(labels.dataset), model: labels.model)
  }

  private func renamed(_ choice: ComponentChoice) -> ComponentChoice {
    ComponentChoice(text(choice.name), settings: choice.settings)
  }

  private func text(_ label: String) -> String { name.map { "\($0): \(label)" } ?? label }
}

extension JournalContents.Entry {
  /// What its cell is called.
  var labels: CellLabels {
    switch self {
    case .finished(let result): result.labels
    case .failed(let failure): failure.labels
    }
  }

  /// Its seed.
  var seed: UInt64 {
    switch self {
    case .finished(let result): result.seed
    case .failed(let failure): failure.seed
    }
  }
}
