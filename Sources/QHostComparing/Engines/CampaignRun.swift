public import QHostRuntime

/// Follows the elements of a campaign: takes what they find into the comparison's journal, and submits again what was lost.
public final class CampaignRun {
  /// How following ended.
  public enum Ending: Sendable {
    /// Every cell has ended.
    case done
    /// The user wants to leave; the jobs continue.
    case left
  }

  /// An element that did not end well is submitted so often.
  private static let mostSubmissions = 3
  /// Signs of life come every two seconds; shared folders may show them late, and a program takes a while to begin.
  public static let silenceSeconds = 120.0
  private static let pollSeconds = 2.0
  /// What ended may take a moment to be seen in a shared folder.
  private static let graceSeconds = 5.0

  /// The campaign as it is now.
  public private(set) var campaign: Campaign
  private let comparison: Comparison
  private let engine: any Engine
  private let folder: String
  private let note: (String) -> Void
  /// Bytes that were read of each attempt's journal.
  private var offsets: [String: Int] = [:]
  /// Since when an element has been seen as ended, on the host's clock.
  private var endedSince: [Int: UInt64] = [:]
  /// Cells that an element had left when it was over a limit last.
  private var leftAtLimit: [Int: Int] = [:]
  private var heartbeats = HeartbeatWatch()
  private let silenceSeconds: Double
  private var lastPoll: UInt64 = 0
  private var isSilent = false

  /// Prepares.
  ///
  /// - Parameters:
  ///   - campaign: the campaign.
  ///   - comparison: what its cells are of.
  ///   - engine: what does them.
  ///   - folder: where.
  ///   - silenceSeconds: an element that is said to run and has given no sign of life for so long is submitted again.
  ///   - note: is called with what the user should know.
  public init(
    _ campaign: Campaign, _ comparison: Comparison, _ engine: any Engine, folder: String,
    silenceSeconds: Double = CampaignRun.silenceSeconds, note: @escaping (String) -> Void
  ) {
    self.silenceSeconds = silenceSeconds
    self.campaign = campaign
    self.comparison = comparison
    self.engine = engine
    self.folder = folder
    self.note = note
  }

  /// Submits what nobody does, and follows until every cell has ended.
  ///
  /// - Parameters:
  ///   - isLeaving: whether the user wants to leave.
  ///   - show: is called with the progress.
  /// - Returns: whether every cell has ended, or the user has left.
  /// - Throws: kind `data` when the journal cannot be written, kind `usage` when the engine refuses.
  public func follow(
    isLeaving: () -> Bool, show: (Comparison.Progress) -> Void
  ) throws(RunError) -> Ending {
    if campaign.jobs.isEmpty, let job = engine.job(of: campaign) {
      campaign.jobs = [job]
      campaign.submissions = campaign.submissions.map { max($0, 1) }
      try campaign.write(in: folder)
    }
    if campaign.jobs.isEmpty { try submit(openElements()) }
    while true {
      try collect()
      show(comparison.progressOfOthers)
      if openElements().isEmpty { return .done }
      try poll()
      try engine.pause(isLeaving)
      // What is in attempts' journals stays there: an engine may have a moment left, and no more.
      if isLeaving() { return .left }
    }
  }

  /// How evenly cells were packed, by the seconds that they took; `nil`: fewer than two elements have all of their results.
  public var packing: CellPacking.Evenness? {
    CellPacking.Evenness(
      campaign.elements.compactMap { cells in
        let seconds = cells.compactMap { cell -> Double? in
          guard case .finished(let result) = comparison.entries[cell] else { return nil }
          return result.run.cost.seconds
        }
        return seconds.count == cells.count ? seconds.reduce(0, +) / Double(engine.width) : nil
      })
  }

  /// Takes what attempts have found, whoever does them now.
  public func takeResults() throws(RunError) { try collect() }

  private func openElements() -> [Int] {
    campaign.elements.indices.filter { !openCells(of: $0 + 1).isEmpty }.map { $0 + 1 }
  }

  private func openCells(of element: Int) -> [Int] {
    campaign.elements[element - 1].filter { comparison.entries[$0] == nil }
  }

  private func submit(_ elements: [Int]) throws(RunError) {
    guard !elements.isEmpty else { return }
    try FileAccess.makeFolder("\(folder)/elements")
    // Before it is submitted: whoever is killed now finds the job by its token.
    for element in elements {
      campaign.submissions[element - 1] += 1
      endedSince[element] = nil
      heartbeats.forget(element)
    }
    try campaign.write(in: folder)
    campaign.jobs.append(try engine.submit(elements, of: campaign))
    try campaign.write(in: folder)
  }

  /// Takes whole lines that attempts have added.
  private func collect() throws(RunError) {
    for element in openElements() {
      for path in Campaign.journals(of: element, in: folder) {
        let known = offsets[path] ?? 0
        guard FileAccess.size(path) > known else { continue }
        let bytes = try FileAccess.read(path)
        guard let end = bytes.lastIndex(of: 0x0A), end >= known else { continue }
        let lines = bytes[known...end].split(separator: 0x0A).map { Array($0) }
        for line in known == 0 ? Array(lines.dropFirst()) : lines {
          try comparison.accept(line, among: campaign.elements[element - 1])
        }
        offsets[path] = end + 1
      }
    }
  }

  /// Asks the engine now and then, and sees to elements that nobody does any more.
  private func poll() throws(RunError) {
    let now = Clock.nanoseconds()
    guard Double(now - lastPoll) * 1e-9 >= Self.pollSeconds else { return }
    lastPoll = now
    guard let states = engine.states(of: campaign) else {
      if !isSilent {
        note("\(engine.name) does not answer; its jobs may continue, and it is asked again")
      }
      isSilent = true
      return
    }
    isSilent = false
    var lost: [Int] = []
    for element in openElements() {
      let state = states[element] ?? .ended("forgotten")
      if state == .running, heartbeats.silence(of: element, in: folder, now: now) > silenceSeconds {
        if try isToBeSubmittedAfterSilence(element) { lost.append(element) }
        continue
      }
      guard !state.isAlive else {
        endedSince[element] = nil
        continue
      }
      let since = endedSince[element] ?? now
      endedSince[element] = since
      guard Double(now - since) * 1e-9 >= Self.graceSeconds else { continue }
      if try isToBeSubmitted(element, state) { lost.append(element) }
    }
    if !lost.isEmpty {
      note(
        "elements \(ElementScript.list(lost)) ended before their cells; they are submitted again")
      try submit(lost)
    }
  }

  /// Whether an element is tried again that its engine takes for running, and that is not; else its open cells have failed.
  private func isToBeSubmittedAfterSilence(_ element: Int) throws(RunError) -> Bool {
    let seconds = Int(silenceSeconds.rounded(.up))
    note(
      "element \(element) runs, as \(engine.name) says, but has given no sign of life for \(seconds) s; it is cancelled"
    )
    engine.cancel(element, of: campaign)
    return try isToBeSubmitted(element, .ended("no sign of life for \(seconds) s"))
  }

  /// Whether an element is tried again; else its open cells have failed.
  private func isToBeSubmitted(_ element: Int, _ state: ElementState) throws(RunError) -> Bool {
    let open = openCells(of: element)
    if case .overLimit(let what) = state {
      // As long as it gets on it may continue: what it has done is kept.
      if leftAtLimit[element] != open.count {
        leftAtLimit[element] = open.count
        note("\(engine.name) ended element \(element) for \(what)")
        return true
      }
      let cells = try campaign.openCells(of: element, in: folder)
      for cell in open where cells.contains(cell) {
        try comparison.fail(
          cell, "\(engine.name) ended it twice without a result, each time for \(what)")
      }
      return false
    }
    guard campaign.submissions[element - 1] < Self.mostSubmissions else {
      let word = if case .ended(let word) = state { word } else { "ended" }
      for cell in open {
        try comparison.fail(
          cell,
          "element \(element) ended \(Self.mostSubmissions) times without it (\(word)); see "
            + "'\(folder)/elements/' for what it said")
      }
      return false
    }
    return true
  }
}
