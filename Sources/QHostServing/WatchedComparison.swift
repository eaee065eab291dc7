internal import QHostComparing
internal import QHostDrawing
internal import QHostInterfaces
internal import QHostRuntime

/// A comparison as the list of all shows it: a row of JSON in events.
struct WatchedComparison: Sendable, Encodable, Equatable {
  /// How a comparison is doing.
  enum State: String, Encodable {
    case running
    case ended
    /// Cells are missing, and nobody writes the journal.
    case interrupted
    /// The journal cannot be read.
    case unreadable
  }

  /// What its pages are called by.
  var id: String
  /// Its folder, below the one that is served.
  var name: String
  var title = ""
  var state = State.unreadable
  /// Why it cannot be read.
  var problem: String?
  var cells = 0
  var finished = 0
  var failed = 0
  /// The best of its combinations by their medians, on its first problem.
  var best: String?
  /// What that is, such as `test accuracy`.
  var metric: String?
  var started = ""
  /// What is running.
  var running: RunningCells?
  /// Counts what was read: whoever shows another number shows an old state.
  var version = 0
}

extension WatchedComparison {
  /// Takes what a journal has now.
  mutating func take(_ contents: JournalContents) {
    let summary = ComparisonSummary(contents.header, contents.entries, journal: contents.path)
    problem = nil
    title = Self.title(contents.header.plan)
    (cells, finished, failed) = (summary.cells, summary.finished, summary.failed.count)
    started = contents.header.started
    let isWritten =
      contents.sessions.last?.record != .ended && JournalContents.isInUse(contents.path)
    state = isWritten ? .running : finished + failed < cells ? .interrupted : .ended
    let first = summary.rows.first.map { ($0.labels.model, $0.labels.dataset, $0.labels.target) }
    let rows = summary.rows.filter { row in
      first.map { $0 == (row.labels.model, row.labels.dataset, row.labels.target) } ?? false
        && row.value?.median.isFinite ?? false
    }
    let isMoreBetter = rows.first?.direction == .higher
    let top = rows.max { one, other in
      let (a, b) = (one.value?.median ?? 0, other.value?.median ?? 0)
      return isMoreBetter ? a < b : a > b
    }
    metric = top?.metric
    best = top.flatMap { row in
      row.value.map { value in
        let text =
          row.isPart ? NumberText.percent(value.median) + " %" : NumberText.measured(value.median)
        return "\(text) \(row.labels.text(at: "optimizer") ?? row.labels.optimizer)"
      }
    }
    version += 1
  }

  private static func title(_ plan: ComparisonPlan) -> String {
    let problems = plan.problems
    let names = [
      plan.optimizers.map(\.name), problems.map(\.model.name), problems.map(\.dataset.name),
    ].map { names in
      let once = names.enumerated().filter { !names[..<$0.offset].contains($0.element) }
        .map(\.element)
      return once.count > 4 ? "\(once.count) kinds" : once.joined(separator: ", ")
    }
    return "\(names[0]) · \(names[1]) on \(names[2])"
  }
}
