internal import QHostComparing
internal import QHostReport
internal import QHostRuntime

/// The views that were made last, so that many pages that show the same cost what one does.
///
/// A view stays for twenty times as long as it took to make, whatever has ended since: making views takes a twentieth of a
/// processor at most for each choice. A page sees the version of what it was given, and asks again.
actor ReportCache {
  private struct Key: Hashable {
    let id: String
    let choice: ViewChoice
  }
  private struct Report {
    let key: Key
    let version: Int
    let task: Task<ComparisonReport, any Error>
    let begun = ContinuousClock.now
    /// Until when it stays; `nil`: it is being made.
    var stays: ContinuousClock.Instant?
  }
  private struct Page {
    let key: Key
    let version: Int
    let text: String
    let stays: ContinuousClock.Instant
  }

  /// Reports have all improvements, pages are text.
  private static let (reportCapacity, pageCapacity) = (2, 8)
  private static let rest = 20
  private var reports: [Report] = []
  private var pages: [Page] = []

  /// The report of a comparison as it is now, or, where that will do (not `isExact`), as it was when one was made that stays.
  func report(
    _ shown: WatchedComparison, _ choice: ViewChoice, _ watcher: Watcher, isExact: Bool = true
  ) async throws -> (report: ComparisonReport, version: Int) {
    let key = Key(id: shown.id, choice: choice)
    let now = ContinuousClock.now
    if let known = reports.last(where: {
      $0.key == key
        && ($0.version == shown.version || !isExact && $0.stays.map { now < $0 } ?? true)
    }) {
      return (try await known.task.value, known.version)
    }
    let task = Task.detached {
      guard let contents = try await watcher.contents(shown.id) else {
        throw RunError(.data, "the comparison is not there any more")
      }
      return try choice.report(contents)
    }
    reports.removeAll { $0.key == key }
    reports.append(Report(key: key, version: shown.version, task: task))
    if reports.count > Self.reportCapacity { reports.removeFirst() }
    let report: ComparisonReport
    do {
      report = try await task.value
    } catch {
      reports.removeAll { $0.key == key && $0.version == shown.version }
      throw error
    }
    if let place = reports.firstIndex(where: { $0.key == key && $0.version == shown.version }) {
      reports[place].stays = Self.end(since: reports[place].begun)
    }
    return (report, shown.version)
  }

  /// The view of a comparison, and the version that it shows.
  func page(
    _ shown: WatchedComparison, _ choice: ViewChoice, _ watcher: Watcher
  ) async throws -> (text: String, version: Int) {
    let key = Key(id: shown.id, choice: choice)
    let begun = ContinuousClock.now
    if let known = pages.last(where: {
      $0.key == key && ($0.version == shown.version || begun < $0.stays)
    }) {
      return (known.text, known.version)
    }
    let made = try await report(shown, choice, watcher, isExact: false)
    // Another request may have made it while this one waited.
    if let known = pages.last(where: { $0.key == key && $0.version == made.version }) {
      return (known.text, known.version)
    }
    let text = await Task.detached {
      HTMLPage(made.report).fragment + Advice(made.report).html
    }.value
    pages.removeAll { $0.key == key }
    pages.append(
      Page(key: key, version: made.version, text: text, stays: Self.end(since: begun)))
    if pages.count > Self.pageCapacity { pages.removeFirst() }
    return (text, made.version)
  }

  private static func end(since begun: ContinuousClock.Instant) -> ContinuousClock.Instant {
    let now = ContinuousClock.now
    return now + begun.duration(to: now) * rest
  }
}
