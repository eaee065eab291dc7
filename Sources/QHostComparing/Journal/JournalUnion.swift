public import QHostRuntime

/// Journals of one plan or of several, put together for a report.
///
/// Problems of the same model, dataset, budget and all else are one, with the optimizers and seeds of all
/// journals; the others stand beside each other.
public struct JournalUnion: Sendable {
  /// The header that the journal of one comparison would have; of several plans with the problems of all.
  public internal(set) var header: JournalHeader
  /// How cells ended, by numbers in the order of the journals.
  public internal(set) var entries: [Int: JournalContents.Entry] = [:]
  /// The seeds of each combination.
  public internal(set) var seeds: [CellLabels: [UInt64]] = [:]
  /// What users should know.
  public private(set) var notes: [String] = []
  /// The journals.
  public private(set) var sources: [JournalSource] = []
  /// Others' results among the entries.
  public internal(set) var imports: [ImportedSource] = []

  /// The same without the combinations that are not chosen.
  package func keeping(_ isChosen: (CellLabels) -> Bool) -> JournalUnion {
    var union = self
    union.header.combinations.removeAll { !isChosen($0) }
    union.header.skipped.removeAll { !isChosen($0.labels) }
    union.entries = entries.filter { isChosen($0.value.labels) }
    return union
  }

  /// Takes a journal, or the shards of one plan.
  public init(_ merge: JournalMerge) {
    header = merge.header
    entries = merge.entries
    notes = merge.notes
    sources = merge.sources
    for labels in header.combinations { seeds[labels] = header.plan.seeds }
  }

  /// Takes the journal that this process has written.
  ///
  /// - Throws: what ``JournalMerge`` throws of a single journal: nothing that users can correct.
  public init(_ contents: JournalContents) throws(RunError) {
    self.init(try JournalMerge([contents], remedy: JournalPart.remedy))
  }

  /// Reads journals, and puts them together: those of one plan and name as its shards.
  ///
  /// A cell that is in several counts once: a result before a failure, else the first.
  ///
  /// - Throws: kind `usage` when problems of one name differ, kind `data` when a journal is damaged.
  public init(_ journals: [NamedJournal]) throws(RunError) {
    var groups: [(name: String?, journals: [JournalContents])] = []
    for journal in journals {
      let contents = try JournalContents(reading: journal.path)
      let place = groups.firstIndex {
        $0.name == journal.name && $0.journals[0].header.planHash == contents.header.planHash
      }
      if let place {
        groups[place].journals.append(contents)
      } else {
        groups.append((journal.name, [contents]))
      }
    }
    let parts = try groups.map { (group) throws(RunError) in
      JournalPart(
        name: group.name, try JournalMerge(group.journals, remedy: JournalPart.remedy))
    }
    guard let first = parts.first, parts.count > 1 || first.name != nil else {
      try self.init(JournalMerge(groups.first?.journals ?? [], remedy: JournalPart.remedy))
      return
    }
    try self.init(try JournalPart.toldApart(parts), first.merge.header)
  }

  private init(_ parts: [JournalPart], _ first: JournalHeader) throws(RunError) {
    header = first
    header.plan = ComparisonPlan()
    (header.combinations, header.skipped, header.datasets, header.plugins) = ([], [], [], [])
    (header.plan.seeds, header.cells) = ([], 0)
    for part in parts { add(part) }
    let metrics = Set(parts.map(\.plan.metric))
    header.plan.metric = metrics.count == 1 ? parts.first?.plan.metric : nil
    if metrics.count > 1 {
      notes.append(
        "the comparisons are made by different figures: \(Self.text(metrics)); the report is by "
          + "accuracy or loss, unless --metric names another one")
    }
    try finish(parts)
  }

  private static func text(_ metrics: Set<String?>) -> String {
    metrics.map { $0 ?? "accuracy or loss" }.sorted().joined(separator: ", ")
  }

  /// Takes all of a journal but its runs.
  private mutating func add(_ part: JournalPart) {
    let plan = part.plan
    header.plan.optimizers.append(new: plan.optimizers)
    header.plan.solvers.append(new: plan.solvers)
    for (place, choices) in plan.dependencies {
      header.plan.dependencies[place, default: []].append(new: choices)
    }
    header.plan.targets.append(new: plan.targets)
    header.plan.seeds.append(new: plan.seeds)
    header.plan.listedProblems.append(new: plan.problems)
    header.plan.settings =
      sources.isEmpty
      ? plan.settings : header.plan.settings.filter { plan.settings[$0.key] == $0.value }
    header.plugins.append(new: part.merge.header.plugins)
    header.datasets.append(new: part.datasets)
    let version = part.merge.header.hostVersion
    if !header.hostVersion.split(separator: ", ").contains(Substring(version)) {
      notes.append(
        "'\(part.path)' was written by qhost \(version), not \(header.hostVersion): figures may be "
          + "counted otherwise")
      header.hostVersion += ", " + version
    }
    header.combinations.append(new: part.combinations)
    for labels in part.combinations { seeds[labels, default: []].append(new: plan.seeds) }
    header.skipped.append(new: part.skipped)
    notes += part.merge.notes
    sources += part.sources
  }

  /// Takes the runs.
  private mutating func finish(_ parts: [JournalPart]) throws(RunError) {
    // What one journal could not do, another one may have done.
    let done = Set(
      parts.flatMap { part in
        let skipped = Set(part.skipped.map(\.labels))
        return part.combinations.filter { !skipped.contains($0) }
      })
    header.skipped.removeAll { done.contains($0.labels) }
    header.cells = header.combinations.reduce(0) { $0 + (seeds[$1]?.count ?? 0) }
    header.planHash = try header.plan.hash()
    var cells = CellCollection()
    for part in parts { notes += cells.add(part) }
    entries = Dictionary(
      uniqueKeysWithValues: cells.entries.enumerated().map { ($0.offset + 1, $0.element) })
  }
}

/// Cells of several journals, each once.
private struct CellCollection {
  private struct Key: Hashable {
    var labels: CellLabels
    var seed: UInt64
  }

  /// How they ended, in order.
  private(set) var entries: [JournalContents.Entry] = []
  private var places: [Key: (place: Int, path: String)] = [:]

  /// Adds the cells of a journal.
  ///
  /// - Returns: what is to be said of those that were there.
  mutating func add(_ part: JournalPart) -> [String] {
    var repeated: [String: (count: Int, otherCount: Int, first: String)] = [:]
    for entry in part.entries {
      let key = Key(labels: entry.labels, seed: entry.seed)
      guard let known = places[key] else {
        places[key] = (entries.count, part.path)
        entries.append(entry)
        continue
      }
      let (isBetter, isOther) = Self.compare(entry, entries[known.place])
      if isBetter { entries[known.place] = entry }
      let name = "\(key.labels.text), seed \(key.seed)"
      repeated[known.path, default: (0, 0, name)].count += 1
      if isOther { repeated[known.path, default: (0, 0, name)].otherCount += 1 }
    }
    return repeated.sorted { $0.key < $1.key }.map { path, cells in
      let others = cells.otherCount == 0 ? "" : ", though \(cells.otherCount) have another result"
      return
        "\(cells.count) runs of '\(part.path)' are in '\(path)' too, the first is \(cells.first); "
        + "those of '\(path)' are kept\(others)"
    }
  }

  private static func compare(
    _ entry: JournalContents.Entry, _ known: JournalContents.Entry
  ) -> (isBetter: Bool, isOther: Bool) {
    switch (known, entry) {
    case (.failed, .finished): return (true, false)
    case (.finished(var one), .finished(let other)):
      one.cell = other.cell
      return (false, one.withoutTimings != other.withoutTimings)
    case (_, .failed): return (false, false)
    }
  }
}

extension Array where Element: Equatable {
  /// Appends the elements that are not there.
  fileprivate mutating func append(new elements: [Element]) {
    for element in elements where !contains(element) { append(element) }
  }
}
