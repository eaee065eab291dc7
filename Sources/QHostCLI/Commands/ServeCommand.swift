import ArgumentParser
import Glibc
import QHostComparing
import QHostRuntime
import QHostServing
import Synchronization

/// Serves a page about comparisons.
struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve a page about comparisons, which follows them while they continue.",
    discussion: """
      The page lists the comparisons of the folders, and of folders below them, and shows each as 'qhost report'
      does, again with every run that ends; beside it the cells that are running. Without a folder it shows those
      of the user's state folder.
      It answers this machine alone. At another --address it needs a token, which the printed address has; send
      that address to nobody you would not show your comparisons, and use it in networks you trust: it is not
      encrypted. Ctrl-C ends it.
      """)

  @Argument(
    help: "Folders of 'qhost compare', or folders with several of them.", completion: .directory)
  var folders: [String] = []

  @Option(help: ArgumentHelp("The port; 0: one that is free.", valueName: "N"))
  var port: UInt16 = 8520

  @Option(
    help: ArgumentHelp(
      "The IPv4 address to answer at, such as 0.0.0.0 for all of this machine's.",
      valueName: "ADDRESS"))
  var address = "127.0.0.1"

  @Option(
    help: ArgumentHelp(
      "What requests must know (default: at an --address for others, a random one).",
      valueName: "WORD"))
  var token: String?

  func validate() throws {
    guard let token else { return }
    let isPlain = token.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || [0x2D, 0x5F].contains(byte)
    }
    guard isPlain, token.count >= 16 else {
      throw ValidationError(
        "--token needs 16 letters and digits at least; leave it out for a random one")
    }
  }

  func run() throws {
    for folder in folders where !FileAccess.isFolder(folder) {
      throw RunError(.data, "'\(folder)' is not a folder; name one that 'qhost compare' wrote")
    }
    var settings = ServerSettings(address: address, port: port, token: token)
    if token == nil, !settings.isLoopback { settings.token = ServerSettings.randomToken() }
    let shown =
      folders.isEmpty ? [UserFolder.state(Environment.variables) + "/comparisons"] : folders
    let server = try PageServer(shown.map(Self.withoutSlash), settings)
    let cancellation = Session.cancellingOnInterrupt()
    let failure = Mutex<RunError?>(nil)
    let hasEnded = Atomic<Bool>(false)
    let serving = Task.detached {
      do throws(RunError) {
        try await server.run { url in
          print(url)
          Terminal.line("Ctrl-C ends it")
        }
      } catch let error {
        failure.withLock { $0 = error }
      }
      hasEnded.store(true, ordering: .releasing)
    }
    while !cancellation.isRequested, !hasEnded.load(ordering: .acquiring) { usleep(50_000) }
    serving.cancel()
    if let error = failure.withLock({ $0 }), !cancellation.isRequested { throw error }
  }

  private static func withoutSlash(_ folder: String) -> String {
    folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
  }
}
