import ArgumentParser
import QHostComparing
import QHostRuntime

/// The online runs of an experiment as `qhost reproduce` does them.
struct OnlineReproduction {
  let experiment: Experiment
  let settings: OnlineSettings
  let path: String
  let work: WorkOptions
  let resumes: Bool

  /// The file with the runs.
  var journal: String { path + "/" + OnlineCells.fileName }

  /// Does the runs that the journal does not have.
  func run() throws -> [OnlineResult] {
    let session = try work.session(for: experiment.plan)
    session.handleInterrupts()
    session.watchCalls(
      forSeconds: work.callTimeout, remedy: "continue with --resume, or use another plugin")
    var cells = try OnlineCells(experiment, settings, catalogue: session.catalogue)
    try FileAccess.makeFolder(path)
    if resumes, FileAccess.exists(journal) {
      try cells.resume(reading: journal)
    } else {
      try CompareFolder.moveAside(journal)
    }
    while cells.doneCount < cells.count {
      work.note("\(cells.doneCount + 1) of \(cells.count): \(cells.nextTitle)")
      guard try cells.runNext(catalogue: session.catalogue, common: session.common) else {
        work.note("\(cells.doneCount) of \(cells.count) runs are done; continue with --resume")
        throw ExitCode(RunError.Kind.resumable.rawValue)
      }
      try cells.write(to: journal)
    }
    return cells.results
  }
}
