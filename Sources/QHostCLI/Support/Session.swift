import ArgumentParser
import CQHostIsolation
import Glibc
import Logging
import QHostBridging
import QHostRuntime
import Synchronization

/// What every command starts with: messages, threads, signals, plugins.
struct Session {
  /// What components are given; the seed of the next run can be set.
  var common: RunServices.Common
  let catalogue: PluginCatalogue
  private static let cancellation = Cancellation()
  /// When the first interrupt came, on the host's clock; 0 before.
  private static let firstInterrupt = Atomic<UInt64>(0)
  /// Nanoseconds within which interrupts are one.
  private static let interruptSpan: UInt64 = 250_000_000
  /// Whether there is nothing yet that an interrupt could leave behind, so that the first one ends the process.
  private static let isPreparing = Atomic<Bool>(false)

  /// Prepares a command.
  ///
  /// - Parameters:
  ///   - options: what the user has said.
  ///   - seed: of the random numbers of its components.
  ///   - ownsOutput: whether standard output is the host's alone from here on; not where somebody else writes the result
  ///     to it, be it by the name /dev/stdout.
  /// - Throws: when an option is out of range, or plugins cannot be searched for.
  init(_ options: HostOptions, seed: UInt64 = 1, ownsOutput: Bool = true) throws {
    if ownsOutput { Output.reserve() }
    let logger = Self.logger(isQuiet: options.quiet, isVerbose: options.verbose)
    let threads = options.threads ?? Processor.count
    guard threads >= 1, threads <= 1024 else {
      throw RunError(
        .usage, "--threads cannot be \(threads): it must be at least 1 and at most 1024")
    }
    let isShown = !options.quiet && Environment.isTerminal(STDERR_FILENO)
    common = RunServices.Common(
      seed: seed, pool: WorkerPool(threadCount: threads), cancellation: Self.cancellation,
      dataFolders: DataFolders(environment: Environment.variables), logger: logger,
      showProgress: { fraction, message in
        if isShown { LoadingLine.show(fraction, message) }
      })
    ProcessGuard.begin(logger)
    catalogue = try Self.catalogue(options.plugins, common)
    let own = PluginSearchPath.ownFolders(of: Environment.executable)
    let others = catalogue.entries.filter { entry in
      !own.contains { entry.path.hasPrefix($0 + "/") }
    }
    // One that comes from elsewhere may close all descriptors of the process.
    if !others.isEmpty { qhost_messenger_start() }
    try isolate(IsolationChoice(options))
  }

  /// Searches for plugins.
  static func catalogue(
    _ folders: [String], _ common: RunServices.Common
  ) throws(RunError) -> PluginCatalogue {
    let path = PluginSearchPath(
      extra: folders, environment: Environment.variables, executable: Environment.executable)
    for folder in path.missing() {
      guard !folders.contains(folder) else {
        throw RunError(
          .usage,
          "--plugins '\(folder)': there is no such folder; build the plugin first, correct the path, or leave it out"
        )
      }
      common.logger.warning("QHOST_PLUGIN_PATH has '\(folder)', and there is no such folder")
    }
    let catalogue = try PluginCatalogue(
      searching: path, scanner: PluginScanner(executable: Environment.executable),
      cachePath: cachePath, services: RunServices(common, place: "plugins"))
    for file in catalogue.passedOver {
      let folder = file[..<(file.lastIndex(of: "/") ?? file.startIndex)]
      guard folders.contains(String(folder)), !catalogue.hasPlugin(in: String(folder)) else {
        continue
      }
      common.logger.warning("'\(file)' is passed over: plugins are named libqhost-NAME.so")
    }
    return catalogue
  }

  /// The file that remembers scans.
  static var cachePath: String { UserFolder.cache(Environment.variables) + "/plugins.json" }

  /// Makes the first Ctrl-C a request to stop, and a later one final.
  ///
  /// `timeout` and some shells send a signal to the process and to its group: two that come together are one.
  func handleInterrupts() { _ = Self.cancellingOnInterrupt() }

  /// Lets the first interrupt end the process, with a sentence, while a body prepares and there is nothing to keep.
  ///
  /// It is heard at once, whatever a plugin reads and however long that takes.
  func preparing<R>(_ body: () throws -> R) rethrows -> R {
    Self.isPreparing.store(true, ordering: .relaxed)
    defer {
      Self.isPreparing.store(false, ordering: .relaxed)
      Terminal.write(LoadingLine.eraser)
    }
    return try body()
  }

  /// The same for a command that needs no plugins.
  ///
  /// - Returns: where the request is seen.
  static func cancellingOnInterrupt() -> Cancellation {
    for number in [SIGINT, SIGTERM] {
      signal(number) { _ in
        if Session.isPreparing.load(ordering: .relaxed) { Session.endWhilePreparing() }
        let now = Clock.nanoseconds()
        let (isFirst, first) = Session.firstInterrupt.compareExchange(
          expected: 0, desired: now, ordering: .relaxed)
        if !isFirst, now - first > Session.interruptSpan { _exit(130) }
        Session.cancellation.request()
      }
    }
    ProcessGuard.keepHandlers()
    return cancellation
  }

  private static let preparingWords = Array(
    "\ninterrupted while the data were read; nothing is left to continue from\n".utf8)

  /// Called by the handler of a signal: writes and ends, and nothing else.
  private static func endWhilePreparing() -> Never {
    preparingWords.withUnsafeBytes { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    _exit(RunError.Kind.interrupted.rawValue)
  }

  /// Ends the process when a plugin does not return for too long, or crashes.
  ///
  /// - Parameters:
  ///   - seconds: how long one call may take.
  ///   - remedy: what the user can do then.
  func watchCalls(
    forSeconds seconds: Double = Self.callTimeout,
    remedy: String = "ask the plugin's author, or leave the plugin out"
  ) { ProcessGuard.watchCalls(forSeconds: seconds, remedy: remedy) }

  /// How long one call into a plugin may take where the user says nothing, in seconds.
  static let callTimeout = 300.0

  static func logger(isQuiet: Bool, isVerbose: Bool) -> Logger {
    var logger = Logger(label: "qhost") { _ in TerminalLogHandler() }
    logger.logLevel = isQuiet ? .error : isVerbose ? .debug : .info
    return logger
  }
}
