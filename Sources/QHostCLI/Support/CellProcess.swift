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
    let options = try HostOptions.parse(words)
    let session = try Session(options)
    var isolation = IsolationChoice(options)
    isolation.names = settings.isolation.names
    isolation.memoryMegabytes = settings.isolation.memoryMegabytes
    isolation.isolatesUntrusted = settings.isolation.isolatesUntrusted
    isolation.trustList = settings.isolation.trustList
    isolation.callTimeout = settings.callTimeout
    // The comparison itself has said what is isolated, and why.
    isolation.isSilent = true
    try session.isolate(isolation)
    ProcessGuard.closePipesInCopies()
    session.watchCalls(
      forSeconds: settings.callTimeout, remedy: "ask the plugin's author, or leave the plugin out")
    let worker = CellWorker(catalogue: session.catalogue, common: session.common)
    try worker.serve(requests)
  }
}
