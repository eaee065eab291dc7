import ArgumentParser
import CQHostGuard
import Glibc
import QHostComparing
import QHostRuntime

/// A worker of a comparison: this program, started by another one of it.
enum CellProcess {
  /// Answers requests until the comparison ends; dies with it.
  ///
  /// - Parameter parent: the process that started this one.
  /// - Throws: when the comparison cannot be understood, or no plugins found.
  static func run(parent: Int32) throws {
    for number in [SIGINT, SIGTERM] { signal(number, SIG_IGN) }
    qhost_guard_follow_parent()
    guard getppid() == parent else { return }
    let requests = LineReader(CellWorker.requestDescriptor)
    guard let line = try requests.next() else { return }
    let settings = try WorkerSettings(line: line)
    var words = ["--threads", "\(settings.threads)"]
    if settings.isVerbose { words.append("--verbose") }
    for folder in settings.pluginFolders { words += ["--plugins", folder] }
    let session = try Session(try HostOptions.parse(words))
    var isolation = try IsolationOptions.parse([])
    isolation.isolate = settings.isolated
    isolation.isolateMemory = settings.isolatedMegabytes
    try session.isolate(
      isolation, callTimeout: settings.callTimeout, isVerbose: settings.isVerbose)
    ProcessGuard.closePipesInCopies()
    session.watchCalls(
      forSeconds: settings.callTimeout, remedy: "ask the plugin's author, or leave the plugin out")
    let worker = CellWorker(catalogue: session.catalogue, common: session.common)
    try worker.serve(requests)
  }
}
