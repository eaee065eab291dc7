internal import Glibc
internal import QHostRuntime

/// What a comparison is doing just now, in a file beside its journal: schema `qhost.running/1`.
///
/// It is replaced twice a second, and removed when the comparison ends. A process that is killed leaves it behind:
/// it says something only while the journal is being written.
public struct RunningCells: Sendable, Codable, Equatable {
  /// A cell that a worker is at.
  public struct Cell: Sendable, Codable, Equatable {
    /// Its number.
    public var cell: Int
    /// What it is called, in words.
    public var name: String
    /// Its seed.
    public var seed: UInt64
    /// Seconds since it began.
    public var seconds: Double
    /// The part of its budget that is spent; `nil` before it has said so.
    public var fraction: Double?
    /// The best loss so far.
    public var bestLoss: Double?
  }

  /// The name of the file in the journal's folder.
  public static let fileName = "running.json"
  private static let interval: UInt64 = 500_000_000

  /// The version of its form.
  public var schema = "qhost.running/1"
  /// The machine.
  public var host: String
  /// The process.
  public var process: Int32
  /// Cells that can be done.
  public var cellCount: Int
  /// Those that have ended.
  public var doneCount: Int
  /// Seconds that are still to go; `nil` while nothing is known.
  public var remainingSeconds: Double?
  /// Processes that were running on the machine, on average over the last minute.
  public var loadAverage: Double
  /// What the workers are at.
  public var active: [Cell]

  /// Takes what a comparison says of itself.
  public init(_ progress: Comparison.Progress) {
    let machine = Self.host
    host = machine
    process = getpid()
    cellCount = progress.cellCount
    doneCount = progress.doneCount
    remainingSeconds = progress.remainingSeconds
    loadAverage = Machine.currentLoad()
    active = progress.active.map { activity in
      Cell(
        cell: activity.number, name: activity.labels.text, seed: activity.seed,
        seconds: activity.seconds, fraction: activity.progress?.fraction,
        bestLoss: activity.progress?.bestLoss)
    }
  }

  private static let host: String = {
    var buffer = [CChar](repeating: 0, count: 256)
    return gethostname(&buffer, buffer.count - 1) == 0
      ? buffer.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" } : ""
  }()

  /// The file of a journal's folder; `nil` when there is none that can be read.
  public static func read(beside journal: String) -> RunningCells? {
    let path = Self.path(beside: journal)
    guard FileAccess.exists(path), let bytes = try? FileAccess.read(path) else { return nil }
    return JSONText.value(of: bytes)
  }

  /// Where the file of a journal's folder is.
  public static func path(beside journal: String) -> String {
    (journal.lastIndex(of: "/").map { String(journal[...$0]) } ?? "") + fileName
  }

  /// Writes the file of a comparison, twice a second at most.
  public final class Writer {
    private let path: String
    private var last: UInt64 = 0
    private var isBroken = false

    /// Begins beside a journal.
    public init(beside journal: String) { path = RunningCells.path(beside: journal) }

    /// Writes it, when it is time to.
    ///
    /// - Returns: a sentence when it cannot be written, the first time; it is not tried again.
    public func note(_ progress: Comparison.Progress) -> String? {
      let now = Clock.nanoseconds()
      guard !isBroken, now - last >= RunningCells.interval else { return nil }
      last = now
      let temporary = "\(path).\(getpid())"
      do throws(RunError) {
        // Not synchronised: after a power cut nobody asks what was running.
        try FileAccess.write(
          unsynchronised: Array(JSONText.of(RunningCells(progress)).utf8), to: temporary)
        try FileAccess.move(temporary, to: path)
        return nil
      } catch let error {
        isBroken = true
        return "'qhost serve' cannot show what is running: \(error.message)"
      }
    }

    /// Removes it.
    public func finish() { unlink(path) }

    deinit { finish() }
  }
}
