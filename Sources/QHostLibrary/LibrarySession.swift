import CLibQHost
import FoundationEssentials
import Glibc
import QHostBridging
import QHostInterfaces
import QHostIsolating
import QHostRuntime
import QHostSDK
import QHostTrusting
import Synchronization

/// What the library has of plugins and threads, found at the first call that needs it.
final class LibrarySession: @unchecked Sendable {
  /// What a caller sets.
  struct Choices: Decodable, Sendable {
    var plugins: [String]?
    var threads: Int?
    var isolate: Bool?
  }

  /// The vendor of what is in the library itself.
  static let ownVendor = "libqhost"
  private static let state = Mutex<(choices: Choices, session: LibrarySession?)>((Choices(), nil))

  let catalogue: PluginCatalogue
  /// Plugins are looked up and loaded by one thread at a time; recursive, since a plugin may call back.
  private let turn = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let pool: Mutex<(process: pid_t, pool: WorkerPool)>
  private let folders = DataFolders(environment: ProcessInfo.processInfo.environment)

  /// Sets what the session is made with.
  ///
  /// - Throws: kind `usage` where it is made already.
  static func choose(_ choices: Choices) throws(RunError) {
    let isLate = state.withLock { state in
      guard state.session == nil else { return true }
      state.choices = choices
      return false
    }
    if isLate {
      throw RunError(
        .usage, "qhost has looked for plugins already; configure it before anything else")
    }
  }

  /// The session, made where there is none yet.
  static func shared() throws(RunError) -> LibrarySession {
    let result = state.withLock { state -> Result<LibrarySession, RunError> in
      if let session = state.session { return .success(session) }
      return Result { () throws(RunError) in
        let session = try LibrarySession(state.choices)
        state.session = session
        return session
      }
    }
    return try result.get()
  }

  private init(_ choices: Choices) throws(RunError) {
    let threads = choices.threads ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    guard (1...1024).contains(threads) else {
      throw RunError(.usage, "threads cannot be \(threads): it must be at least 1 and at most 1024")
    }
    pool = Mutex((getpid(), WorkerPool(threadCount: threads)))
    var attributes = pthread_mutexattr_t()
    pthread_mutexattr_init(&attributes)
    pthread_mutexattr_settype(&attributes, Int32(PTHREAD_MUTEX_RECURSIVE))
    pthread_mutex_init(turn, &attributes)
    let environment = ProcessInfo.processInfo.environment
    let program = try Self.program()
    let common = RunServices.Common(
      seed: 1, pool: pool.withLock { $0.pool }, cancellation: Cancellation(),
      dataFolders: folders, logger: LibraryLog.logger())
    let services = RunServices(common, place: "plugins")
    let path = PluginSearchPath(
      extra: choices.plugins ?? [], environment: environment, executable: program)
    for folder in path.missing() {
      LibraryLog.say(2, "there is no folder '\(folder)' to look for plugins in; correct the path")
    }
    let found = try PluginCatalogue(
      searching: path, scanner: PluginScanner(executable: program),
      cachePath: UserFolder.cache(environment) + "/plugins.json", services: services)
    catalogue = PluginCatalogue(found, adding: [try Self.ownPlugin(services)])
    guard choices.isolate ?? true else { return }
    let own = PluginSearchPath.ownFolders(of: program)
    let judge = TrustJudge(by: TrustList.userPath, ownFolders: own)
    let policy = try IsolationPolicy([], catalogue: catalogue) { listing in
      guard listing.plugin.vendor != Self.ownVendor,
        case .none(let reason) = judge.trust(of: listing.path, listing.plugin)
      else { return nil }
      return IsolationPolicy.Distrust(reason: reason)
    }
    catalogue.isolation = Isolation(
      policy, program: program, common: common, isVerbose: false,
      limits: IsolationLimits(memoryMegabytes: nil, callSeconds: 300),
      tell: { LibraryLog.say(1, $0) })
  }

  /// The program beside the library, which looks into plugins and isolates them.
  private static func program() throws(RunError) -> String {
    let library = FileAccess.resolved(String(cString: libqhost_place()))
    let folder = library[..<(library.lastIndex(of: "/") ?? library.startIndex)]
    for path in ["\(folder)/qhost", "\(folder)/../bin/qhost", "\(folder)/../../bin/qhost"]
    where access(path, X_OK) == 0 { return FileAccess.resolved(path) }
    throw RunError(
      .data,
      "the program 'qhost' is not beside '\(library)', where it is needed to look into plugins; install it again"
    )
  }

  private static func ownPlugin(_ services: any HostServices) throws(RunError) -> PluginLibrary {
    let host = Unmanaged.passRetained(HostTable(services)).takeUnretainedValue()
    guard let table = ownTable.enter(host.pointer, nil) else {
      throw RunError(.plugin, "the library refuses its own components; report it")
    }
    return try PluginLibrary(path: ownVendor, table: table)
  }

  private static let ownTable = PluginTable(
    vendor: ownVendor, name: "caller", version: HostTable.version,
    summary: "What a calling program has in memory.",
    components: [
      .dataset(FunctionScenario.self), .model(Variables.self), .dataset(MemoryDataset.self),
    ])

  /// What the components of one run have in common; after a fork() with threads of its own.
  func common(seed: UInt64, threads: Int?, stop: Cancellation) -> RunServices.Common {
    let pool =
      threads.map { WorkerPool(threadCount: $0) }
      ?? self.pool.withLock { own in
        if own.process != getpid() {
          // The threads of the old one are not in this process; it is left as it is.
          _ = Unmanaged.passRetained(own.pool)
          own = (getpid(), WorkerPool(threadCount: own.pool.threadCount))
        }
        return own.pool
      }
    return RunServices.Common(
      seed: seed, pool: pool, cancellation: stop, dataFolders: folders,
      logger: LibraryLog.logger())
  }

  /// Looks plugins up, alone.
  ///
  /// OpenBLAS reads how many threads it may have when it is loaded, and so does every other copy of it in the program:
  /// the variable is set for as long as plugins are loaded.
  func alone<R>(_ body: () throws(RunError) -> R) throws(RunError) -> R {
    guard catalogue.listings.contains(where: { $0.plugin.vendor != Self.ownVendor }) else {
      throw RunError(
        .usage,
        "no plugins were found in \(catalogue.folders.joined(separator: ", ")); install qhost again, name folders when it "
          + "is configured, or set QHOST_PLUGIN_PATH")
    }
    pthread_mutex_lock(turn)
    defer { pthread_mutex_unlock(turn) }
    let isSet = getenv("OPENBLAS_NUM_THREADS") != nil
    if !isSet { setenv("OPENBLAS_NUM_THREADS", "1", 1) }
    defer { if !isSet { unsetenv("OPENBLAS_NUM_THREADS") } }
    return try body()
  }
}
