import Logging
import QHostIsolating
import QHostRuntime
import QHostTrusting

/// What a command says about processes for plugins.
struct IsolationChoice {
  /// What `--isolate` names.
  var names: [String] = []
  /// The memory of a process; `nil`: the most.
  var memoryMegabytes: Int?
  /// Whether a user has given that memory, who is told where nothing has it.
  var isMemoryAsked = false
  /// Seconds that a call may take.
  var callTimeout = Session.callTimeout
  /// Whether plugins are isolated for not being trusted.
  var isolatesUntrusted: Bool
  /// The file of the user's list of trusted plugins.
  var trustList: String
  /// Whether messages for authors of plugins are shown.
  var isVerbose: Bool
  /// Whether the user is not told what is isolated.
  var isSilent = false

  /// What the options of every command say.
  init(_ host: HostOptions) {
    isolatesUntrusted = !host.noIsolate
    trustList = host.trust.path
    isVerbose = host.verbose
  }

  /// What a command with options of its own says.
  init(_ host: HostOptions, _ options: IsolationOptions, callTimeout: Double) {
    self.init(host)
    names = options.isolate
    memoryMegabytes = options.isolateMemory
    isMemoryAsked = memoryMegabytes != nil
    self.callTimeout = callTimeout
  }
}

extension Session {
  /// Has components work in processes of their own: those that the user names, and those of plugins that nobody
  /// vouches for.
  ///
  /// - Parameter choice: what the command says.
  /// - Returns: what was decided.
  /// - Throws: kind `usage` for a name that nothing has, and for memory that nothing is given.
  @discardableResult
  func isolate(_ choice: IsolationChoice) throws(RunError) -> IsolationPolicy {
    let judge = TrustJudge(
      by: choice.trustList, ownFolders: PluginSearchPath.ownFolders(of: Environment.executable))
    let policy = try IsolationPolicy(choice.names, catalogue: catalogue) { listing in
      guard choice.isolatesUntrusted,
        case .none(let reason) = judge.trust(of: listing.path, listing.plugin)
      else { return nil }
      return IsolationPolicy.Distrust(reason: reason)
    }
    if choice.isMemoryAsked, !catalogue.listings.contains(where: policy.isolates) {
      throw RunError(
        .usage,
        "--isolate-memory needs a plugin that is isolated, and all here are trusted; give --isolate NAME too, or "
          + "leave it out")
    }
    let logger = common.logger
    catalogue.isolation = Isolation(
      policy, program: Environment.executable, common: common, isVerbose: choice.isVerbose,
      limits: IsolationLimits(
        memoryMegabytes: choice.memoryMegabytes, callSeconds: choice.callTimeout),
      tell: { if !choice.isSilent { logger.notice("\($0)") } })
    return policy
  }
}
