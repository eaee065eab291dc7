import ArgumentParser
import CQHostGuard
import Glibc
import QHostDrawing
import QHostInterfaces
import QHostRuntime

/// An online run as a command does it.
struct OnlineJob {
  let specification: RunSpecification
  let settings: OnlineSettings
  let source: OnlineSource
  /// `nil`: one of the user's state folder that goes with the run.
  let folder: RunFolder?
  let isResumed: Bool

  func run(_ command: RunCommand) throws {
    if isResumed { try folder?.lock() }
    let session = try Session(command.host, seed: specification.seed)
    session.handleInterrupts()
    session.watchCalls(
      forSeconds: command.callTimeout, remedy: folder?.remedy ?? RunFolder.remedy)
    let assembly = try OnlineAssembly(
      specification, settings, source, catalogue: session.catalogue, common: session.common)
    let folder = folder ?? RunFolder(for: assembly)
    qhost_guard_install(folder.remedy)
    if !isResumed { try folder.make() }
    let isWatched = !command.host.quiet && Environment.isTerminal(STDERR_FILENO)
    let run = try OnlineRun(
      assembly, folder: folder.path,
      observer: isWatched ? { rows, error in Self.show(rows, error) } : nil)
    if isResumed { try run.resume() }
    let record = try run.run()
    if isWatched { Terminal.write(LoadingLine.eraser) }
    print(command.json ? try record.json() : OnlineSummary(record).text)
    guard record.isComplete else {
      guard run.canResume else { throw ExitCode(RunError.Kind.interrupted.rawValue) }
      if !command.host.quiet { Terminal.line("resume with: qhost run --resume '\(folder.path)'") }
      throw ExitCode(RunError.Kind.resumable.rawValue)
    }
    if isWatched, !command.json {
      try Terminal.flushOutput()
      for line in FigureSketch(run.figure).lines(width: Terminal.width - 1) { Terminal.line(line) }
    }
  }

  private static func show(_ rows: Int, _ error: Double?) {
    let text = error.map { ", error \(Numbers.short($0))" } ?? ""
    Terminal.write("\r\(rows) rows\(text)\u{1B}[K")
  }
}
