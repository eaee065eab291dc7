internal import QHostComparing
internal import QHostReport
internal import QHostRuntime

/// The views that were made last, so that many pages that show the same cost what one does.
actor ReportCache {
  private struct Key: Hashable {
    let id: String
    let version: Int
    let choice: ViewChoice
  }

  private static let capacity = 8
  private var tasks: [(key: Key, task: Task<ComparisonReport, any Error>)] = []
  private var pages: [(key: Key, text: String)] = []

  /// The report of a comparison as it is now.
  func report(
    _ shown: WatchedComparison, _ choice: ViewChoice, _ watcher: Watcher
  ) async throws -> ComparisonReport {
    let key = Key(id: shown.id, version: shown.version, choice: choice)
    if let known = tasks.first(where: { $0.key == key }) { return try await known.task.value }
    let task = Task.detached {
      guard let contents = try await watcher.contents(shown.id) else {
        throw RunError(.data, "the comparison is not there any more")
      }
      return try choice.report(contents)
    }
    tasks.append((key, task))
    if tasks.count > Self.capacity { tasks.removeFirst() }
    return try await task.value
  }

  /// The view of a comparison as it is now.
  func page(
    _ shown: WatchedComparison, _ choice: ViewChoice, _ watcher: Watcher
  ) async throws -> String {
    let key = Key(id: shown.id, version: shown.version, choice: choice)
    if let known = pages.first(where: { $0.key == key }) { return known.text }
    let report = try await report(shown, choice, watcher)
    let text = await Task.detached { HTMLPage(report).fragment + Advice(report).html }.value
    pages.append((key, text))
    if pages.count > Self.capacity { pages.removeFirst() }
    return text
  }
}
