public import QHostRuntime

/// The online runs of an experiment, one after the other, in this process; each with the models that learn beside it.
///
/// What is done stands in a journal, a line a cell behind one of the plan, which is replaced in one step.
public struct OnlineCells {
  /// The name of the journal.
  public static let fileName = "online.jsonl"

  private struct Header: Codable {
    var schema = "qhost.online-cells/1"
    var plan: String
  }

  private let grid: Grid
  private let settings: OnlineSettings
  private let header: Header
  private var lines: [[OnlineResult]] = []

  /// Prepares the runs of an experiment.
  ///
  /// - Parameters:
  ///   - experiment: its plan, and what is expected.
  ///   - settings: how its runs learn.
  ///   - catalogue: the plugins.
  /// - Throws: kind `usage` for names and values that nothing has.
  public init(
    _ experiment: Experiment, _ settings: OnlineSettings, catalogue: PluginCatalogue
  ) throws(RunError) {
    grid = try Grid(experiment.plan, catalogue: catalogue, origins: experiment.origins)
    self.settings = settings
    let text = try experiment.plan.json() + JSONText.of(settings)
    header = Header(plan: Array(text.utf8).withUnsafeBytes { SHA256Digest.of($0) })
  }

  /// The number of runs.
  public var count: Int { grid.cellCount }
  /// Runs that are done.
  public var doneCount: Int { lines.count }
  /// What they came to.
  public var results: [OnlineResult] { lines.flatMap { $0 } }
  /// What the next run is called.
  public var nextTitle: String {
    let cell = grid.cell(lines.count + 1)
    return "\(cell.labels.text), seed \(cell.specification.seed)"
  }

  /// Takes the runs of a journal of the same experiment.
  ///
  /// - Throws: kind `usage` for the journal of another one, `data` for one that cannot be read.
  public mutating func resume(reading path: String) throws(RunError) {
    let texts = String(decoding: try FileAccess.read(path), as: UTF8.self).split(separator: "\n")
    let begin: Header = try Self.decoded(texts.first ?? "", path)
    guard begin.plan == header.plan else {
      throw RunError(
        .usage, "'\(path)' is of an experiment that was another; leave out --resume to begin it")
    }
    lines = []
    for text in texts.dropFirst() { lines.append(try Self.decoded(text, path)) }
  }

  /// Does the next run.
  ///
  /// - Parameters:
  ///   - catalogue: the plugins.
  ///   - common: what all runs share; the seed is the run's own.
  /// - Returns: whether it came to its end; else the user interrupted.
  /// - Throws: what a component throws.
  public mutating func runNext(
    catalogue: PluginCatalogue, common: RunServices.Common
  ) throws(RunError) -> Bool {
    let cell = grid.cell(lines.count + 1)
    var common = common
    common.seed = cell.specification.seed
    let assembly = try OnlineAssembly(
      cell.specification, settings, OnlineSource(), catalogue: catalogue, common: common)
    let record = try OnlineRun(assembly, folder: nil).run()
    guard record.isComplete else { return false }
    lines.append(record.learners.map { OnlineResult($0, of: cell, rows: record.rows) })
    return true
  }

  /// Writes the journal.
  ///
  /// - Throws: kind `data` when it cannot be written.
  public func write(to path: String) throws(RunError) {
    var text = try JSONText.of(header) + "\n"
    for line in lines { text += try JSONText.of(line) + "\n" }
    try FileAccess.write(Array(text.utf8), to: path)
  }

  private static func decoded<Value: Decodable>(
    _ text: Substring, _ path: String
  ) throws(RunError) -> Value {
    guard let value = JSONText.value(Value.self, of: text.utf8) else {
      throw RunError(.data, "'\(path)' is not a journal of online runs; remove it and begin again")
    }
    return value
  }
}
