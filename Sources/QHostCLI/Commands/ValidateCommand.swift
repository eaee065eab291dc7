import ArgumentParser
import Dispatch
import Foundation
import QHostBridging
import QHostInterfaces
import QHostRuntime
import QHostValidating

/// Tries everything that a plugin must do.
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Try everything that a plugin must do, each check in a process of its own.",
    discussion: """
      Levels: load (the file, its entry, its tables), contract (what calls promise), numeric (whether numbers are right), \
      stress (threads, and what is left behind). Exit codes: 0 all checks passed or do not apply, 4 one failed.
      """)

  @Argument(
    help: ArgumentHelp("The plugin's file, for example ./libqhost-mine.so.", valueName: "FILE"))
  var file: String?

  @Option(
    name: .customLong("level"),
    help: ArgumentHelp("Only checks of this level. May be repeated.", valueName: "LEVEL"))
  var levels: [String] = []

  @Option(
    name: .customLong("only"),
    help: ArgumentHelp("Only the check of this name. May be repeated.", valueName: "CHECK"))
  var only: [String] = []

  @Option(
    name: .customLong("skip"),
    help: ArgumentHelp(
      "Leave the check of this name out. May be repeated.", valueName: "CHECK"))
  var skipped: [String] = []

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Set a parameter, as for run; for those without a default.", valueName: "KIND.KEY=VALUE"))
  var settings: [String] = []

  @Option(
    help: ArgumentHelp("The seed of the random inputs of checks.", valueName: "SEED"))
  var reproduce: UInt64 = 1

  @Option(
    help: ArgumentHelp("Give up a check when it takes longer.", valueName: "SECONDS"))
  var timeout = 20.0

  @Flag(help: "List the checks, what each demands and what to do, and try nothing.")
  var list = false

  @Flag(help: "With --list: as a page in Markdown.")
  var markdown = false

  @Flag(help: "Print one JSON object (schema qhost.validation/1) instead of text.")
  var json = false

  @Option(help: ArgumentHelp("Write a report in JUnit's form too.", valueName: "FILE"))
  var junit: String?

  @OptionGroup(title: "Host") var host: HostOptions

  func run() throws {
    guard !list else { return print(markdown ? CheckList.markdown : CheckList.text) }
    guard let file else {
      throw RunError(
        .usage, "name the plugin's file, for example ./libqhost-mine.so, or give --list")
    }
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: file, isDirectory: &isFolder), isFolder.boolValue {
      let names = try? FileManager.default.contentsOfDirectory(atPath: file)
      let found = names?.sorted().first(where: PluginSearchPath.isLibrary)
      throw RunError(
        .usage,
        "'\(file)' is a folder; name the plugin's file"
          + (found.map { ", for example \(file)/\($0)" } ?? ", libqhost-NAME.so"))
    }
    guard FileManager.default.isReadableFile(atPath: file) else {
      throw RunError(.usage, "'\(file)' cannot be read; name the plugin's file")
    }
    let path = URL(filePath: file).standardizedFileURL.path()
    let trials = try trials(of: path)
    let runner = CheckRunner(
      executable: Environment.executable, path: path, settings: settings, seed: reproduce,
      timeoutSeconds: timeout)
    let outcomes = try run(trials, runner)
    let report = ValidationReport(file: file, seed: reproduce, outcomes: outcomes)
    if let junit {
      try FileAccess.write(Array(report.junit.utf8), to: junit)
    }
    print(json ? try JSONText.of(report, indented: true) : report.text(isVerbose: host.verbose))
    if report.failed > 0 { throw ExitCode(RunError.Kind.plugin.rawValue) }
  }

  private func trials(of path: String) throws -> [CheckRunner.Trial] {
    var wanted = Set(Check.Level.allCases)
    if !levels.isEmpty {
      wanted = []
      for name in levels {
        guard let level = Check.Level(rawValue: name) else {
          throw RunError(
            .usage,
            "there is no level '\(name)'; it may be "
              + Check.Level.allCases.map(\.rawValue).joined(separator: ", "))
        }
        wanted.insert(level)
      }
    }
    let names = CheckCatalogue.all.map(\.id)
    for name in only + skipped where !names.contains(name) {
      throw RunError(
        .usage, "there is no check '\(name)'" + Suggestion.sentence(for: name, among: names))
    }
    guard timeout > 0 else {
      throw RunError(.usage, "--timeout cannot be \(timeout): it must be above 0 seconds")
    }
    let scan = try PluginScanner(executable: Environment.executable, timeoutSeconds: timeout)
      .scan(path)
    var summary: PluginSummary?
    if case .plugin(let found) = scan { summary = found }
    return CheckRunner.trials(summary, levels: wanted, only: Set(only))
      .filter { !skipped.contains($0.check.id) }
  }

  /// Tries all, as many at once as there are processors.
  private func run(
    _ trials: [CheckRunner.Trial], _ runner: CheckRunner
  ) throws -> [CheckOutcome] {
    nonisolated(unsafe) let progress = ProgressCount(of: trials.count, isShown: !host.quiet)
    let slots = max(1, min(host.threads ?? Processor.count, trials.count))
    nonisolated(unsafe) var results = [Result<CheckOutcome, RunError>?](
      repeating: nil, count: trials.count)
    let lock = NSLock()
    nonisolated(unsafe) var next = 0
    DispatchQueue.concurrentPerform(iterations: slots) { _ in
      while true {
        let index = lock.withLock {
          defer { next += 1 }
          return next
        }
        guard index < trials.count else { return }
        let result = Result { () throws(RunError) in try runner.run(trials[index]) }
        lock.withLock {
          results[index] = result
          progress.step("\(trials[index].check.id) \(trials[index].component)")
        }
      }
    }
    progress.end()
    var outcomes: [CheckOutcome] = []
    for result in results {
      if let result { outcomes.append(try result.get()) }
    }
    return outcomes
  }

  /// What a child process does.
  static func runInChild(_ arguments: [String]) throws -> String {
    CheckRunner.runInChild(arguments) { kind, name in
      let session = try Session(HostOptions.parse([]))
      let listing = try session.catalogue.listing(kind, named: name)
      return try PluginLibrary(
        loading: listing.path, services: RunServices(session.common, place: "plugins"))
    }
  }
}

/// How many of some things are done, on a terminal.
private final class ProgressCount {
  private let total: Int
  private let isShown: Bool
  private var done = 0

  init(of total: Int, isShown: Bool) {
    self.total = total
    self.isShown = isShown && Environment.isTerminal(STDERR_FILENO)
  }

  func step(_ what: String) {
    done += 1
    guard isShown else { return }
    Terminal.write("\r\u{1B}[K\(done) of \(total): \(what.prefix(Terminal.width - 20))")
  }

  func end() {
    if isShown { Terminal.write("\r\u{1B}[K") }
  }
}
