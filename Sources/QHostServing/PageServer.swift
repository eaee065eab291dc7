internal import FlyingFox
internal import FlyingSocks
internal import FoundationEssentials
internal import Glibc
public import QHostRuntime

/// Serves pages about comparisons, while these continue.
public final class PageServer: Sendable {
  private let settings: ServerSettings
  private let server: HTTPServer
  private let watcher: Watcher

  /// Prepares a server of the comparisons in folders.
  ///
  /// - Parameters:
  ///   - folders: with journals in them, or in folders below them.
  ///   - settings: where.
  /// - Throws: kind `usage` for an address that is none.
  public init(_ folders: [String], _ settings: ServerSettings) throws(RunError) {
    self.settings = settings
    watcher = Watcher(folders)
    let address: sockaddr_in
    do {
      address = try .inet(ip4: settings.address, port: settings.port)
    } catch {
      throw RunError(
        .usage,
        "--address cannot be '\(settings.address)': write an IPv4 address in figures, such as 127.0.0.1, or "
          + "localhost")
    }
    let handler = PageHandler(watcher, ReportCache(), Access(settings))
    server = HTTPServer(
      config: .init(address: address, timeout: 60, logger: .disabled), handler: handler)
  }

  /// Serves until the task is cancelled.
  ///
  /// - Parameter isReady: is called with the address once it answers.
  /// - Throws: kind `usage` for a port that is taken, or an address that is not of this machine.
  public func run(isReady: @escaping @Sendable (String) -> Void) async throws(RunError) {
    await watcher.begin()
    let watching = Task { await watcher.run() }
    defer { watching.cancel() }
    let announcing = Task {
      try await server.waitUntilListening()
      guard case .ip4(_, let port) = await server.listeningAddress else { return }
      isReady(url(port))
    }
    do {
      try await server.run()
    } catch {
      announcing.cancel()
      if Task.isCancelled { return }
      throw failure(error)
    }
  }

  private func url(_ port: UInt16) -> String {
    let host = settings.address == "0.0.0.0" ? "localhost" : settings.address
    return "http://\(host):\(port)/" + (settings.token.map { "?token=\($0)" } ?? "")
  }

  private func failure(_ error: any Error) -> RunError {
    guard case SocketError.failed(_, let number, let message) = error else {
      return RunError(.data, "the page cannot be served: \(error)")
    }
    switch number {
    case EADDRINUSE:
      return RunError(
        .usage,
        "port \(settings.port) is in use; name another one with --port, or 0 for any that is free")
    case EADDRNOTAVAIL:
      return RunError(
        .usage, "'\(settings.address)' is not an address of this machine; name one with --address")
    case EACCES:
      return RunError(
        .usage, "port \(settings.port) is for the system; name one from 1024 on with --port")
    default: return RunError(.data, "the page cannot be served: \(message); try another --port")
    }
  }
}
