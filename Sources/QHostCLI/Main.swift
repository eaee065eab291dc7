import ArgumentParser
import CQHostGuard
import Glibc
import QHostComparing
import QHostIsolating
import QHostRuntime
import QHostValidating

/// Starts the program: scans for a parent, or runs the command line.
@main
enum Main {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.count == 2, arguments[0] == PluginScanner.command {
      Output.reserve()
      // Whoever comes from elsewhere is nobody's yet: what the user trusts is known after this.
      let own = PluginSearchPath.ownFolders(of: Environment.executable)
      if !own.contains(where: { arguments[1].hasPrefix($0 + "/") }) { Confinement.begin() }
      print(PluginScanner.runInChild(path: arguments[1], services: ScanServices()))
      // Without what the plugin registered for the end.
      _exit(0)
    }
    Environment.prepareLibraries()
    // A closed pipe and a limit on file sizes become errors of the calls that meet them.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    // Whoever started it may have kept back what is to interrupt it, or to end a plugin.
    var awaited = sigset_t()
    sigemptyset(&awaited)
    for number in [SIGINT, SIGTERM, SIGALRM] { sigaddset(&awaited, number) }
    pthread_sigmask(SIG_UNBLOCK, &awaited, nil)
    do {
      if arguments.count == 2, arguments[0] == CellWorker.command, let parent = Int32(arguments[1])
      {
        try CellProcess.run(parent: parent)
        end(with: 0)
      }
      if arguments.first == IsolatedServer.command {
        try PluginProcess.run(Array(arguments.dropFirst()))
        exit(0)
      }
      if arguments.first == CheckRunner.command {
        ProcessGuard.leaveStateToChecks()
        // A plugin may close standard output, or write to it.
        let output = dup(STDOUT_FILENO)
        let verdict = Array(try ValidateCommand.runInChild(Array(arguments.dropFirst())).utf8)
        _ = verdict.withUnsafeBytes { write(output, $0.baseAddress, $0.count) }
        // Without what the plugin registered for the end.
        _exit(0)
      }
      if let help = try ComponentHelp(for: arguments) {
        print(help.text)
        try Terminal.flushOutput()
        end(with: 0)
      }
      var command = try QHostCommand.parseAsRoot(arguments)
      try command.run()
      try Terminal.flushOutput()
      end(with: 0)
    } catch let error as RunError {
      Terminal.error(error.message)
      end(with: error.kind.rawValue)
    } catch let code as ExitCode {
      end(with: code.rawValue)
    } catch {
      finish(with: error)
    }
  }

  /// Ends the process, without what plugins registered for its end: the code is the host's.
  private static func end(with code: Int32) -> Never {
    qhost_guard_finish()
    fflush(nil)
    _exit(code)
  }

  /// Prints help, a version or a usage error; the latter ends with code 2.
  private static func finish(with error: any Error) -> Never {
    let code = QHostCommand.exitCode(for: error)
    let text = QHostCommand.fullMessage(for: error)
    if code == .success {
      print(text)
      end(with: 0)
    }
    let command = Self.command(in: CommandLine.arguments)
    Terminal.error(
      "\(QHostCommand.message(for: error).replacing("\n", with: " ")); see '\(command) --help'")
    end(with: RunError.Kind.usage.rawValue)
  }

  /// The words of a command line that name the command, for example `qhost data show`.
  private static func command(in arguments: [String]) -> String {
    var words = ["qhost"]
    var commands = QHostCommand.configuration.subcommands
    for argument in arguments.dropFirst() {
      guard let found = commands.first(where: { $0._commandName == argument }) else { break }
      words.append(argument)
      commands = found.configuration.subcommands
    }
    return words.joined(separator: " ")
  }
}
