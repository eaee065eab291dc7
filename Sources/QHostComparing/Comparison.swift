public import QHostRuntime

/// A comparison that is being made: cells go to workers, what they find to the journal.
public final class Comparison {
  /// How a comparison is doing.
  public struct Progress: Sendable {
    /// Cells of the shard that can be done.
    public var cellCount: Int
    /// Those that are finished or have failed, now or before.
    public var doneCount: Int
    /// Those of them that have failed.
    public var failureCount: Int
    /// Seconds that are still to go; `nil` while nothing is known.
    public var remainingSeconds: Double?
    /// What the workers are doing.
    public var active: [WorkerCrew.Activity]
  }

  /// What every cell ended with.
  public internal(set) var entries: [Int: JournalContents.Entry]
  /// The header of the journal.
  public let header: JournalHeader

  /// What is said of the processes that wrote the journal.
  private var sessions: [JournalSession] = []

  private let path: String
  private let grid: Grid
  let journal: Journal
  let open: [Int]
  private let jobs: Int
  var pace: Pace

  /// Begins a comparison in a folder.
  ///
  /// - Throws: kind `usage` when there is a journal already.
  public init(
    _ grid: Grid, survey: Survey, header: JournalHeader, folder: String, jobs: Int
  ) throws(RunError) {
    try FileAccess.makeFolder(folder)
    self.grid = grid
    self.header = header
    self.jobs = jobs
    entries = [:]
    path = folder + "/" + JournalContents.fileName
    open = grid.cells(in: header.shard).filter { survey.works[grid.combinationIndex(of: $0)] }
    journal = try Journal(header, at: path)
    pace = Pace(width: grid.combinations.count, sharing: grid.targetCount)
  }

  /// Continues with a comparison.
  ///
  /// - Parameters:
  ///   - contents: its journal.
  ///   - grid: its grid.
  ///   - survey: what was found of it.
  ///   - header: what the journal would begin with now.
  ///   - retriesFailures: whether cells that have failed are done again.
  ///   - jobs: the number of workers.
  /// - Throws: kind `usage` when the journal is of another plan, version, or build of a plugin.
  public init(
    resuming contents: JournalContents, _ grid: Grid, survey: Survey, header: JournalHeader,
    retriesFailures: Bool, jobs: Int
  ) throws(RunError) {
    let remedy = "name another folder with --output"
    try contents.header.check(
      header, path: contents.path, here: "in the journal", there: "now", remedy: remedy)
    let changed = contents.header.changedPlugins(from: header)
    guard changed.isEmpty else {
      throw RunError(
        .usage,
        "plugin \(changed.joined(separator: ", ")) has changed since '\(contents.path)' was begun, and "
          + "its results may have too; \(remedy)")
    }
    self.grid = grid
    self.header = contents.header
    self.jobs = jobs
    entries = contents.entries
    sessions = contents.sessions
    path = contents.path
    open = grid.cells(in: contents.header.shard).filter {
      switch contents.entries[$0] {
      case .finished: false
      case .failed: retriesFailures
      case nil: survey.works[grid.combinationIndex(of: $0)]
      }
    }
    for cell in open { entries[cell] = nil }
    journal = try Journal(resuming: contents)
    pace = Pace(width: grid.combinations.count, sharing: grid.targetCount)
    for case .finished(let result) in entries.values { pace.note(result) }
    try note(
      JournalSession(
        record: .resumed, machine: header.machine, arguments: header.arguments,
        time: header.started))
  }

  /// Does every cell that is open.
  ///
  /// - Parameters:
  ///   - crew: the workers.
  ///   - isStopped: whether the user asked to stop; cells that have begun are finished.
  ///   - show: is called with the progress, about ten times a second.
  ///   - failed: is called with each failure.
  /// - Throws: kind `data` when the journal cannot be written, kind `plugin` when workers cannot work.
  public func run(
    _ crew: WorkerCrew, isStopped: () -> Bool, show: (Progress) -> Void,
    failed: (FailureRecord) -> Void
  ) throws(RunError) {
    var queue = CellQueue(open, sharing: grid.targetCount)
    let before = entries.count
    try crew.perform(
      next: { last in
        guard !isStopped(), let number = queue.take(after: last?.cell.number) else { return nil }
        return CellRequest(kind: .run, cell: cell(number))
      },
      tick: { active in
        show(progress(active, before: before, pending: queue.cells))
      },
      finished: { (request, outcome) throws(RunError) in
        try take(request.cell.number, outcome)
        if case .failed(let failure) = entries[request.cell.number] { failed(failure) }
      })
    try end()
  }

  /// Does some cells of a comparison that another process keeps the journal of, in a journal of its own.
  ///
  /// - Parameters:
  ///   - cells: the cells.
  ///   - contents: the journal of the whole.
  ///   - grid: its grid.
  ///   - survey: what was found of it here.
  ///   - header: what the journal would begin with here.
  ///   - folder: for the journal of these cells.
  ///   - jobs: the number of workers.
  /// - Throws: kind `usage` when the plan, the version or a build of a plugin is another one here.
  public init(
    _ cells: Set<Int>, of contents: JournalContents, _ grid: Grid, survey: Survey,
    header: JournalHeader, folder: String, jobs: Int
  ) throws(RunError) {
    let remedy = "install the same qhost and plugins on all machines"
    try contents.header.check(
      header, path: contents.path, here: "there", there: "on this machine", remedy: remedy)
    let changed = contents.header.changedPlugins(from: header)
    guard changed.isEmpty else {
      throw RunError(
        .usage,
        "plugin \(changed.joined(separator: ", ")) is another build on this machine than in "
          + "'\(contents.path)'; \(remedy)")
    }
    try FileAccess.makeFolder(folder)
    self.grid = grid
    self.header = header
    self.jobs = jobs
    entries = [:]
    path = folder + "/" + JournalContents.fileName
    open = cells.sorted().filter { survey.works[grid.combinationIndex(of: $0)] }
    journal = try Journal(header, at: path)
    pace = Pace(width: grid.combinations.count, sharing: grid.targetCount)
  }

  private func note(_ session: JournalSession) throws(RunError) {
    try journal.append(session)
    sessions.append(session)
  }

  /// The journal as it is now.
  public var contents: JournalContents {
    JournalContents(writtenTo: path, header, entries, sessions)
  }

  /// The results of the cells that are finished, in the plan's order.
  public var results: [CellResult] {
    entries.sorted { $0.key < $1.key }.compactMap { _, entry in
      if case .finished(let result) = entry { result } else { nil }
    }
  }

  /// Whether every cell has ended.
  public var isComplete: Bool { open.allSatisfy { entries[$0] != nil } }

  /// Notes that this process has done what it could.
  public func end() throws(RunError) {
    try note(
      JournalSession(record: .ended, machine: .current(), arguments: nil, time: Timestamp.now()))
  }

  /// The cell of a number, by the labels that the journal's header has for it.
  func cell(_ number: Int) -> Cell {
    var cell = grid.cell(number)
    cell.labels = header.combinations[grid.combinationIndex(of: number)]
    return cell
  }

  private func take(_ number: Int, _ outcome: WorkerCrew.Outcome) throws(RunError) {
    switch outcome {
    case .done(.record(let line)):
      guard let result = JournalContents.result(of: line) else { throw CellMessage.unreadable }
      try journal.append(line: line)
      entries[number] = .finished(result)
      pace.note(result)
    case .failed(let kind, let message):
      let cell = cell(number)
      let failure = FailureRecord(
        cell: number, labels: cell.labels, seed: cell.specification.seed, kind: kind,
        message: message)
      try journal.append(failure)
      entries[number] = .failed(failure)
    case .done: throw CellMessage.unreadable
    }
  }

  private func progress(
    _ active: [WorkerCrew.Activity], before: Int, pending: ArraySlice<Int>
  ) -> Progress {
    let failures = entries.values.count {
      if case .failed = $0 { true } else { false }
    }
    return Progress(
      cellCount: open.count + before, doneCount: entries.count, failureCount: failures,
      remainingSeconds: pace.remaining(pending, active).map { $0 / Double(jobs) }, active: active)
  }
}
