import QHostIsolating
import QHostRuntime

/// A process of its own for a plugin: this program, started by another one of it.
enum PluginProcess {
  /// Does what the host asks until it ends.
  ///
  /// - Parameter words: what it was started with.
  /// - Throws: when they are not what the host gives.
  static func run(_ words: [String]) throws {
    guard let arguments = IsolatedServer.Arguments(words) else {
      throw RunError(
        .usage, "\(IsolatedServer.command) is for qhost's own use; see 'qhost run --help'")
    }
    let common = RunServices.Common(
      seed: 0, pool: WorkerPool(threadCount: arguments.threads), cancellation: Cancellation(),
      dataFolders: DataFolders(environment: Environment.variables),
      logger: Session.logger(isQuiet: false, isVerbose: arguments.isVerbose))
    // Without a host there is nothing to do.
    guard let server = IsolatedServer(arguments, common: common) else { return }
    server.serve()
  }
}
