#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif
internal import QHostInterfaces

/// A program that reads lines and answers each with a line, for as long as it is wanted.
///
/// Neither side waits for the other: what the program has not taken yet is kept here.
final class SimulatorProcess {
  /// Its end that is read.
  let output: Int32
  private let input: Int32
  private let process: pid_t
  private var unwritten: [UInt8] = []
  private var unread: [UInt8] = []
  private var isEnded = false

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - words: the program, looked for in `PATH` when it has no slash, and its arguments.
  ///   - folder: where it works.
  /// - Throws: an error that says why it cannot be started.
  init(running words: [String], in folder: String) throws(ComponentError) {
    var toChild: [Int32] = [0, 0]
    var fromChild: [Int32] = [0, 0]
    guard pipe(&toChild) == 0, pipe(&fromChild) == 0 else {
      throw ComponentError("cannot make a pipe: \(String(cString: strerror(errno)))")
    }
    for end in toChild + fromChild { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, toChild[0], STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, fromChild[1], STDOUT_FILENO)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A group of its own: Ctrl-C is for the host, which ends the program when it has ended itself.
    posix_spawnattr_setpgroup(&attributes, 0)
    var defaults = sigset_t()
    sigemptyset(&defaults)
    sigaddset(&defaults, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGDEF))
    // The shell changes the folder and becomes the program; posix_spawn itself cannot everywhere.
    let shell = ["/bin/sh", "-c", "cd -- \"$0\" || exit 127; exec \"$@\"", folder] + words
    var arguments: [UnsafeMutablePointer<CChar>?] = shell.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process = pid_t()
    let status = posix_spawn(&process, shell[0], &actions, &attributes, &arguments, environ)
    close(toChild[0])
    close(fromChild[1])
    guard status == 0 else {
      close(toChild[1])
      close(fromChild[0])
      throw .data(
        "cannot start '\(words[0])': \(String(cString: strerror(status))); correct 'command'")
    }
    self.process = process
    input = toChild[1]
    output = fromChild[0]
    for end in [input, output] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
  }

  /// Whether a program is there to be started.
  ///
  /// - Parameters:
  ///   - name: looked for in `PATH` when it has no slash, else from the folder.
  ///   - folder: where it works.
  /// - Returns: whether it is there.
  static func exists(_ name: String, in folder: String) -> Bool {
    if name.hasPrefix("/") { return access(name, X_OK) == 0 }
    if name.contains("/") { return access(folder + "/" + name, X_OK) == 0 }
    let folders = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    return folders.split(separator: ":").contains { access($0 + "/" + name, X_OK) == 0 }
  }

  deinit { end() }

  /// Its end that is written, when there is something to write; else −1.
  var waitingInput: Int32 { unwritten.isEmpty ? -1 : input }

  /// Sends a line, at once or when the program takes it.
  func send(_ line: [UInt8]) {
    unwritten += line
    flush()
  }

  /// Writes what the program takes.
  ///
  /// One that has ended is found out when it is read from.
  func flush() {
    guard !unwritten.isEmpty else { return }
    // A program that has ended must not take this process with it.
    var (blocked, before) = (sigset_t(), sigset_t())
    sigemptyset(&blocked)
    sigaddset(&blocked, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &blocked, &before)
    defer {
      var none = timespec()
      while sigtimedwait(&blocked, nil, &none) > 0 {}
      pthread_sigmask(SIG_SETMASK, &before, nil)
    }
    while !unwritten.isEmpty {
      let count = unwritten.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
      if count > 0 { unwritten.removeFirst(count) } else if errno != EINTR { break }
    }
    if !unwritten.isEmpty, errno == EPIPE { unwritten.removeAll() }
  }

  /// Takes what the program has written.
  ///
  /// - Returns: whole lines, and whether more may come.
  func receive() -> (lines: [String], isOpen: Bool) {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var isOpen = true
    while true {
      let count = read(output, &chunk, chunk.count)
      if count > 0 {
        unread += chunk[..<count]
        continue
      }
      if count < 0, errno == EINTR { continue }
      isOpen = count < 0 && errno == EAGAIN
      break
    }
    guard let last = unread.lastIndex(of: 0x0A) else { return ([], isOpen) }
    let lines = unread[..<last].split(separator: 0x0A, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    unread.removeFirst(last + 1)
    return (lines, isOpen)
  }

  /// Closes its input and waits a moment for it to end; ends it, with all that it has started, if it does not.
  ///
  /// - Returns: how it has ended.
  @discardableResult
  func end(patience: Double = 1) -> String {
    guard !isEnded else { return "it has been ended" }
    isEnded = true
    close(input)
    defer { close(output) }
    var status: Int32 = 0
    var waited = 0.0
    while waitpid(process, &status, WNOHANG) == 0 {
      if waited >= patience {
        kill(-process, SIGKILL)
        waitpid(process, &status, 0)
        return "it did not end"
      }
      usleep(2_000)
      waited += 0.002
    }
    let signal = status & 0x7F
    return signal == 0 ? "it ended with code \((status >> 8) & 0xFF)" : "signal \(signal) ended it"
  }
}
