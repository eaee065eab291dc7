internal import FoundationEssentials
internal import QHostComparing
internal import QHostRuntime

/// Watches the journals of folders, and tells whoever listens what has changed.
actor Watcher {
  /// What an event says, in one line of JSON.
  struct Event: Sendable, Encodable {
    /// The comparisons that have changed.
    var comparisons: [WatchedComparison]
    /// Whether these are all that there are.
    var isWhole = false
    /// Processes that run on this machine, on average over the last minute, and its processors.
    var load = Machine.currentLoad()
    var processors = Watcher.processors
  }

  private struct Place {
    let path: String
    var shown: WatchedComparison
    var follower: JournalFollower?
    var size = -1
    var runningText: [UInt8] = []
    /// Whether somebody wrote the journal when it was looked at last.
    var wasInUse = false
  }

  private static let pause = Duration.milliseconds(100)
  /// Rounds between two searches for new journals, and between two signs of life.
  private static let searchRounds = 20
  fileprivate static let processors = ProcessInfo.processInfo.activeProcessorCount

  private let folders: [String]
  private var places: [String: Place] = [:]
  private var order: [String] = []
  private var listeners: [Int: AsyncStream<[UInt8]>.Continuation] = [:]
  private var listenerCount = 0
  /// The comparison that was looked at last, with all its improvements.
  private var whole: (id: String, follower: JournalFollower)?

  init(_ folders: [String]) {
    self.folders = folders
  }

  /// Watches until the task is cancelled.
  func run() async {
    var round = 0
    while !Task.isCancelled {
      if round % Self.searchRounds == 0 { search() }
      let changed = order.filter { look(at: $0, isThorough: round % Self.searchRounds == 0) }
        .compactMap { places[$0]?.shown }
      if !changed.isEmpty || round % Self.searchRounds == 0 {
        send(Event(comparisons: changed))
      }
      round += 1
      try? await Task.sleep(for: Self.pause)
    }
  }

  /// Searches and looks once: for the first page.
  func begin() {
    search()
    for id in order { _ = look(at: id, isThorough: true) }
  }

  /// All comparisons, in the order of their folders.
  var all: [WatchedComparison] { order.compactMap { places[$0]?.shown } }

  /// A comparison; `nil` when there is none of that name.
  func comparison(_ id: String) -> WatchedComparison? { places[id]?.shown }

  /// The journal of a comparison with all improvements, as it is now.
  func contents(_ id: String) throws -> JournalContents? {
    guard let place = places[id] else { return nil }
    if whole?.id != id { whole = (id, try JournalFollower(place.path, .whole)) }
    _ = try whole?.follower.update()
    return whole?.follower.contents
  }

  /// A stream of events, each a line of JSON; the first has everything.
  func listen() -> AsyncStream<[UInt8]> {
    listenerCount += 1
    let number = listenerCount
    return AsyncStream(bufferingPolicy: .bufferingNewest(512)) { continuation in
      continuation.onTermination = { _ in Task { await self.forget(number) } }
      if let line = Self.line(Event(comparisons: all, isWhole: true)) { continuation.yield(line) }
      listeners[number] = continuation
    }
  }

  private func forget(_ number: Int) { listeners[number] = nil }

  private func send(_ event: Event) {
    guard !listeners.isEmpty, let line = Self.line(event) else { return }
    for listener in listeners.values { listener.yield(line) }
  }

  private static func line(_ event: Event) -> [UInt8]? {
    (try? JSONText.of(event)).map { Array($0.utf8) }
  }

  private func search() {
    for folder in folders {
      for found in JournalSearch.folders(in: folder) {
        let path = "\(found)/\(JournalContents.fileName)"
        let id = String(Array(path.utf8).withUnsafeBytes { SHA256Digest.of($0) }.prefix(12))
        guard places[id] == nil else { continue }
        let name =
          found == folder ? Self.lastName(folder) : String(found.dropFirst(folder.count + 1))
        places[id] = Place(path: path, shown: WatchedComparison(id: id, name: name))
        order.append(id)
      }
    }
  }

  private static func lastName(_ folder: String) -> String {
    FileAccess.absolute(folder).split(separator: "/").last.map(String.init) ?? folder
  }

  /// Looks whether a comparison has changed, and takes what it has.
  private func look(at id: String, isThorough: Bool) -> Bool {
    guard var place = places[id] else { return false }
    defer { places[id] = place }
    let before = place.shown
    let size = FileAccess.size(place.path)
    // What nobody writes is asked for its writer now and then only.
    let isAsked = isThorough || size != place.size || place.wasInUse
    let isInUse = isAsked ? JournalContents.isInUse(place.path) : false
    if size != place.size || isInUse != place.wasInUse {
      (place.size, place.wasInUse) = (size, isInUse)
      read(&place)
    }
    let text = isInUse ? Self.runningText(place.path) : []
    if text != place.runningText {
      place.runningText = text
      place.shown.running = JSONText.value(of: text)
    }
    return place.shown != before
  }

  private static func runningText(_ path: String) -> [UInt8] {
    let file = RunningCells.path(beside: path)
    guard FileAccess.exists(file) else { return [] }
    return (try? FileAccess.read(file)) ?? []
  }

  private func read(_ place: inout Place) {
    do throws(RunError) {
      if place.follower == nil {
        place.follower = try JournalFollower(place.path, .last)
      } else {
        _ = try place.follower?.update()
      }
      if let contents = place.follower?.contents { place.shown.take(contents) }
    } catch let error {
      place.follower = nil
      place.shown.state = .unreadable
      place.shown.problem = error.message
      place.shown.version += 1
    }
  }
}
