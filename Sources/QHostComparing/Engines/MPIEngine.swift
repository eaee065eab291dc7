internal import Glibc
public import QHostRuntime

/// The other ranks of this command under `mpirun`: this one, rank 0, hands out elements, and keeps the journal.
///
/// Messages are words: a rank says `ready`, or `done K`, or `refused SENTENCE`; it is told `element K FOLDER`, or `end`, which it
/// answers with `bye`.
/// Results are in the folders of attempts, as with any engine, so that what a rank has found outlives it.
public final class MPIEngine: Engine {
  /// An element is to take this long at least: one costs a folder and a few messages.
  public static let leastSeconds = 1.0
  /// What its last words are in, until ranks continue.
  private static let lastWordsName = "interrupted.txt"
  private static let endSeconds = 5.0
  private static let stepMicroseconds: UInt32 = 1_000
  private static let steps = 50

  /// What it is called.
  public let name = "mpi"
  /// Cells that an element does at the same time.
  public let width: Int
  /// The ranks end with the command.
  public let outlivesCommand = false

  private let ranks: MessagePassing
  private let folder: String
  private let note: (String) -> Void
  private var waiting: [Int] = []
  private var ended: [Int: String] = [:]
  /// The element that a rank does.
  private var busy: [Int: Int] = [:]
  /// Ranks that asked for one when there was none.
  private var idle: Set<Int> = []
  private var lost: Set<Int> = []
  private var jobCount = 0

  /// Prepares it.
  ///
  /// - Parameters:
  ///   - ranks: this process among them.
  ///   - folder: the campaign's, which all ranks see.
  ///   - width: cells that a rank does at the same time.
  ///   - note: is called with what the user should know.
  public init(
    _ ranks: MessagePassing, folder: String, width: Int, note: @escaping (String) -> Void
  ) {
    self.ranks = ranks
    self.folder = folder
    self.width = width
    self.note = note
  }

  /// Ranks that do cells.
  public var workerCount: Int { ranks.count - 1 }

  /// It is there when this process is.
  public func check() throws(RunError) {}

  /// Has elements done by ranks that are free, in order.
  public func submit(_ elements: [Int], of campaign: Campaign) throws(RunError) -> String {
    for element in elements {
      ended[element] = nil
      if !waiting.contains(element) { waiting.append(element) }
    }
    jobCount += 1
    unlink("\(folder)/\(Self.lastWordsName)")
    return "\(jobCount)"
  }

  /// What ranks do.
  public func states(of campaign: Campaign) -> [Int: ElementState]? {
    var states = ended.mapValues { ElementState.ended($0) }
    for element in busy.values { states[element] = .running }
    for element in waiting { states[element] = .waiting }
    return states
  }

  /// Ranks know of nothing that was before them.
  public func job(of campaign: Campaign) -> String? { nil }

  /// Hands out no more.
  public func cancel(_ campaign: Campaign) { waiting = [] }

  /// Counts the rank that does an element as lost, until it says something.
  public func cancel(_ element: Int, of campaign: Campaign) {
    for (rank, own) in busy where own == element { lose(rank, "gives no sign of life") }
  }

  /// Answers ranks for a moment.
  ///
  /// - Parameter isLeaving: ends it at once: ranks have about a second when they are asked to end, or less.
  /// - Throws: what a rank has refused, and kind `resumable` when no rank is left.
  public func pause(_ isLeaving: () -> Bool) throws(RunError) {
    for _ in 0..<Self.steps where !isLeaving() {
      for rank in 1..<ranks.count { try hear(rank) }
      if lost.count == workerCount {
        throw RunError(
          .resumable,
          "all ranks but this one are lost; the journal is kept: continue with --resume --output '\(folder)'"
        )
      }
      usleep(Self.stepMicroseconds)
    }
  }

  /// Tells all ranks to end, and waits until they say that they do.
  ///
  /// To end together with a rank that is not there can take for ever: then this one ends by itself.
  public func finish() {
    var awaited = Set(1..<ranks.count).subtracting(lost)
    for rank in awaited { _ = ranks.send("end", to: rank) }
    let begun = Clock.nanoseconds()
    while !awaited.isEmpty, Double(Clock.nanoseconds() - begun) * 1e-9 < Self.endSeconds {
      awaited = awaited.filter { ranks.receive(from: $0) != .message("bye") }
      usleep(Self.stepMicroseconds)
    }
    for rank in awaited { note("rank \(rank) does not end; this one ends without it") }
    if !lost.isEmpty || !awaited.isEmpty { ranks.endAlone() }
  }

  /// Says to the user why this process ends, when whoever has started it may not pass on what it says any more: also in a
  /// file of the folder.
  public func sayLast(_ text: String) {
    ranks.sayLast("\(name): \(text)")
    try? FileAccess.write(
      unsynchronised: Array("\(text)\n".utf8), to: "\(folder)/\(Self.lastWordsName)")
  }

  private func hear(_ rank: Int) throws(RunError) {
    switch ranks.receive(from: rank) {
    case .lost: lose(rank, "is lost")
    case .nothing:
      if idle.contains(rank) { give(to: rank) }
    case .message(let text):
      lost.remove(rank)
      let words = text.split(separator: " ", maxSplits: 1).map(String.init)
      if words.first == "refused" {
        throw RunError(.usage, "rank \(rank) cannot take part: \(words.last ?? "")")
      }
      if words.first == "done", let element = words.last.flatMap(Int.init) {
        ended[element] = "done by rank \(rank)"
      }
      busy[rank] = nil
      give(to: rank)
    }
  }

  private func give(to rank: Int) {
    guard let element = waiting.first else {
      idle.insert(rank)
      return
    }
    idle.remove(rank)
    guard ranks.send("element \(element) \(folder)", to: rank) else {
      lose(rank, "is lost")
      return
    }
    waiting.removeFirst()
    busy[rank] = element
  }

  private func lose(_ rank: Int, _ what: String) {
    guard lost.insert(rank).inserted else { return }
    if let element = busy.removeValue(forKey: rank) { ended[element] = "rank \(rank) \(what)" }
    idle.remove(rank)
    note("rank \(rank) \(what); the others continue")
  }
}
