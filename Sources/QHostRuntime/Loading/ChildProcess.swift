internal import Glibc

/// Another program, run to its end with its output collected.
public struct ChildProcess {
  /// How a program ended.
  public enum Ending: Sendable, Equatable {
    /// With an exit code.
    case exited(Int32)
    /// By a signal.
    case signalled(Int32)
    /// It was killed because it took too long.
    case timedOut
  }

  private static let busyAttempts = 100

  /// How it ended.
  public let ending: Ending
  /// What it wrote to standard output.
  public let output: [UInt8]

  /// Runs a program.
  ///
  /// - Parameters:
  ///   - path: the program; looked for in `PATH` when it has no slash.
  ///   - arguments: its arguments, without its own name.
  ///   - timeoutSeconds: how long it may take.
  ///   - sharesError: whether it writes to this process's standard error, or to nowhere.
  ///   - mergesError: whether what it writes to standard error is collected with its output.
  /// - Throws: kind `usage` when it cannot be started.
  public init(
    running path: String, _ arguments: [String], timeoutSeconds: Double, sharesError: Bool = false,
    mergesError: Bool = false
  ) throws(RunError) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw FileAccess.failure("cannot make a pipe") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    if mergesError {
      posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO)
    } else if !sharesError {
      posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    }
    defer { posix_spawn_file_actions_destroy(&actions) }
    var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process = pid_t()
    var status: Int32
    var attempt = 0
    repeat {
      status = posix_spawnp(&process, path, &actions, nil, &words, environ)
      attempt += 1
      // Just written, and still open in another child of this process between its fork and exec.
      if status == ETXTBSY { usleep(5_000) }
    } while status == ETXTBSY && attempt < Self.busyAttempts
    close(ends[1])
    defer { close(ends[0]) }
    guard status == 0 else {
      throw RunError(
        .usage, "cannot start '\(path)': \(String(cString: strerror(status))); install it first")
    }
    let deadline = Clock.nanoseconds() + UInt64(timeoutSeconds * 1e9)
    output = Self.collect(ends[0], from: process, until: deadline)
    ending = Self.wait(for: process, until: deadline)
  }

  /// What a process writes, until it ends: one that it has started may hold the pipe open for longer.
  private static func collect(
    _ descriptor: Int32, from process: pid_t, until deadline: UInt64
  ) -> [UInt8] {
    var collected: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let now = Clock.nanoseconds()
      guard now < deadline else { return collected }
      var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let hasEnded = Self.hasEnded(process)
      let patience = hasEnded ? 0 : min((deadline - now) / 1_000_000 + 1, 50)
      let ready = poll(&poller, 1, Int32(clamping: patience))
      if ready < 0 && errno == EINTR || ready == 0 && !hasEnded { continue }
      guard ready > 0 else { return collected }
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      guard count > 0 else { return collected }
      collected.append(contentsOf: chunk[..<count])
    }
  }

  /// Whether a process has ended, which is still to be waited for.
  private static func hasEnded(_ process: pid_t) -> Bool {
    var info = siginfo_t()
    return waitid(P_PID, id_t(process), &info, WEXITED | WNOHANG | WNOWAIT) == 0
      && info.si_signo != 0
  }

  private static func wait(for process: pid_t, until deadline: UInt64) -> Ending {
    var status: Int32 = 0
    while waitpid(process, &status, WNOHANG) == 0 {
      if Clock.nanoseconds() > deadline {
        kill(process, SIGKILL)
        waitpid(process, &status, 0)
        return .timedOut
      }
      usleep(500)
    }
    let signal = status & 0x7F
    return signal == 0 ? .exited((status >> 8) & 0xFF) : .signalled(signal)
  }
}
