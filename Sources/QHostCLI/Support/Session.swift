import ArgumentParser
import CQHostGuard
import Glibc
import Logging
import QHostBridging
import QHostRuntime
import Synchronization

/// What every command starts with: messages, threads, signals, plugins.
struct Session {
  let common: RunServices.Common
  let catalogue: PluginCatalogue
  private static let cancellation = Cancellation()
  /// When the first interrupt came, on the host's clock; 0 before.
  private static let firstInterrupt = Atomic<UInt64>(0)
  /// Nanoseconds within which interrupts are one.
  private static let interruptSpan: UInt64 = 250_000_000
  /// Whether there is nothing yet that an interrupt could leave behind, so that the first one ends the process.
  private static let isPreparing = Atomic<Bool>(false)

  /// Prepares a command.
  init(_ options: HostOptions, seed: UInt64 = 1) throws {
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
    catalogue = try Self.catalogue(options.plugins, common)
    qhost_guard_install("ask the plugin's author, or leave the plugin out")
  }

  /// Searches for plugins.
  static func catalogue(
    _ folders: [String], _ common: RunServices.Common
  ) throws(RunError) -> PluginCatalogue {
    let named = (Environment.variables["QHOST_PLUGIN_PATH"] ?? "").split(separator: ":")
    for folder in folders + named.map(String.init) where !FileAccess.exists(folder) {
      common.logger.warning(
        "there is no folder '\(folder)' to look for plugins in; make it, or name another one")
    }
    let path = PluginSearchPath(
      extra: folders, environment: Environment.variables, executable: Environment.executable)
    return try PluginCatalogue(
      searching: path, scanner: PluginScanner(executable: Environment.executable),
      cachePath: cachePath, services: RunServices(common, place: "plugins"))
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
    return cancellation
  }

  private static let preparingWords = Array(
    "\ninterrupted while the data were read; nothing is left to go on from\n".utf8)

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
  func watchCalls(forSeconds seconds: Double, remedy: String) {
    qhost_guard_install(remedy)
    qhost_guard_watch()
    var thread = pthread_t()
    let limit = UnsafeMutablePointer<Double>.allocate(capacity: 1)
    limit.initialize(to: seconds)
    pthread_create(
      &thread, nil,
      { raw in
        guard let limit = raw?.assumingMemoryBound(to: Double.self) else { return nil }
        while true {
          usleep(UInt32(min(1, limit.pointee / 4) * 1e6))
          let spent = qhost_guard_seconds()
          if spent > limit.pointee { qhost_guard_give_up(spent, RunError.Kind.plugin.rawValue) }
        }
      }, limit)
    pthread_detach(thread)
  }

  static func logger(isQuiet: Bool, isVerbose: Bool) -> Logger {
    var logger = Logger(label: "qhost") { _ in TerminalLogHandler() }
    logger.logLevel = isQuiet ? .error : isVerbose ? .debug : .info
    return logger
  }
}
