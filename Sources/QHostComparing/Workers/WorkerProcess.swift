internal import Glibc
internal import QHostRuntime

/// A worker process, as the comparison sees it.
final class WorkerProcess {
  /// How a worker ended that was not asked to.
  struct Ending: Equatable {
    /// Whether another attempt may end otherwise: it was killed from outside.
    var mayPass: Bool
    /// What failed: `plugin` or `worker`.
    var kind: String
    /// One sentence.
    var message: String
  }

  /// Descriptors below this one are given to the child in fixed places.
  private static let firstDescriptor: Int32 = 10
  private static let waitMilliseconds: Int32 = 20

  let replyDescriptor: Int32
  let errorDescriptor: Int32
  /// What it works on.
  var request: CellRequest?
  /// What it works on, or has worked on last.
  private(set) var lastRequest: CellRequest?
  var progress: CellProgress?
  var startedAt: UInt64 = 0
  private(set) var isReady = false
  /// Whether something that is not a message of this program came from it: a component has written into its pipe.
  private(set) var isConfused = false
  private var stoppedSince: UInt64?

  private let process: pid_t
  private let requestDescriptor: Int32
  private let replies: LineReader
  private let errors: LineReader
  private var lastError: String?

  /// Starts a worker.
  ///
  /// - Throws: kind `usage` when it cannot be started.
  init(program: String, settings: WorkerSettings) throws(RunError) {
    let requests = try Self.pipe()
    let replies = try Self.pipe()
    let errors = try Self.pipe()
    defer { for end in [requests.read, replies.write, errors.write] { close(end) } }
    requestDescriptor = requests.write
    replyDescriptor = replies.read
    errorDescriptor = errors.read
    self.replies = LineReader(replies.read)
    self.errors = LineReader(errors.read)
    process = try Self.start(program, requests.read, replies.write, errors.write)
    try send(try settings.line())
  }

  deinit {
    for end in [requestDescriptor, replyDescriptor, errorDescriptor] { close(end) }
  }

  /// Gives it something to do.
  func begin(_ request: CellRequest) throws(RunError) {
    self.request = request
    lastRequest = request
    progress = nil
    startedAt = Clock.nanoseconds()
    try send(try CellMessage.line(request))
  }

  /// Takes what it has replied.
  ///
  /// - Parameter body: is called with each reply but those that are for this object.
  /// - Returns: `false` when the worker has ended.
  /// - Throws: what `body` throws, and when a reply cannot be understood.
  func readReplies(_ body: (CellReply) throws(RunError) -> Void) throws(RunError) -> Bool {
    let isOpen = try replies.fill()
    while let line = replies.takeLine() {
      guard let reply = try? CellReply(line: line), accepts(reply) else {
        isConfused = true
        return isOpen
      }
      switch reply {
      case .ready: isReady = true
      case .progress(let value): progress = value
      case let reply: try body(reply)
      }
    }
    return isOpen
  }

  /// Whether a reply is one to what it was asked.
  private func accepts(_ reply: CellReply) -> Bool {
    switch reply {
    case .ready, .progress: true
    case .record(let line): request.map { CellMessage.cell(of: line) == $0.cell.number } ?? false
    case .checked, .refused: request != nil
    }
  }

  /// Whether a signal has made it stand still for so long: its own watch of calls stands still with it.
  func isStopped(forSeconds limit: Double) -> Bool {
    var status = siginfo_t()
    let isStopped =
      waitid(P_PID, id_t(process), &status, WSTOPPED | WNOHANG | WNOWAIT) == 0
      && status.si_signo == SIGCHLD
    let now = Clock.nanoseconds()
    guard isStopped else {
      stoppedSince = nil
      return false
    }
    let since = stoppedSince ?? now
    stoppedSince = since
    return Double(now - since) * 1e-9 >= limit
  }

  /// Takes what it has written for people.
  ///
  /// - Parameter note: is called with each line but errors.
  /// - Returns: `false` at the end.
  /// - Throws: when the pipe fails.
  func readErrors(_ note: (String) -> Void) throws(RunError) -> Bool {
    let isOpen = try errors.fill()
    while let line = errors.takeLine() {
      let text = String(decoding: line, as: UTF8.self)
      if text.hasPrefix("error: ") {
        lastError = String(text.dropFirst("error: ".count))
      } else if !text.isEmpty {
        note(text)
      }
    }
    return isOpen
  }

  /// Waits for the end of a worker that has closed its replies, and says why.
  func ending(_ note: (String) -> Void) throws(RunError) -> Ending {
    let status = try wait(note)
    let signal = status & 0x7F
    guard signal != 0 else {
      let code = (status >> 8) & 0xFF
      return Ending(
        mayPass: false, kind: code == RunError.Kind.plugin.rawValue ? "plugin" : "worker",
        message: lastError ?? "a worker process ended with code \(code); report it")
    }
    let isKilled = signal == SIGKILL || signal == SIGTERM
    return Ending(
      mayPass: isKilled, kind: "worker",
      message: isKilled
        ? "the worker process was killed (signal \(signal)), possibly because memory ran out; use fewer "
          + "--jobs, or run it again"
        : "the worker process crashed (signal \(signal)); report it")
  }

  /// Waits for its end, and takes what it has still written for people.
  ///
  /// Copies that components have made of it may hold that pipe open for ever: once it has ended, what is there
  /// is all.
  private func wait(_ note: (String) -> Void) throws(RunError) -> Int32 {
    var status: Int32 = 0
    var hasEnded = false
    while true {
      var poller = pollfd(fd: errorDescriptor, events: Int16(POLLIN), revents: 0)
      let isReady = poll(&poller, 1, hasEnded ? 0 : Self.waitMilliseconds) > 0
      let isOpen = isReady ? try readErrors(note) : true
      if isReady, isOpen { continue }
      if hasEnded { return status }
      if !isOpen {
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        return status
      }
      hasEnded = waitpid(process, &status, WNOHANG) == process
    }
  }

  /// Ends it at once.
  func stop() {
    kill(process, SIGKILL)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
  }

  private func send(_ bytes: [UInt8]) throws(RunError) {
    do throws(RunError) {
      try LineWriter(requestDescriptor).write(bytes)
    } catch let error {
      // A worker that has just died is found out when its replies end.
      guard errno == EPIPE else { throw error }
    }
  }

  /// A pipe whose ends no other child inherits.
  private static func pipe() throws(RunError) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [0, 0]
    guard Glibc.pipe(&ends) == 0 else { throw FileAccess.failure("cannot make a pipe") }
    let moved = ends.map { fcntl($0, F_DUPFD_CLOEXEC, firstDescriptor) }
    for end in ends { close(end) }
    guard moved[0] >= 0, moved[1] >= 0 else { throw FileAccess.failure("cannot make a pipe") }
    return (moved[0], moved[1])
  }

  private static func start(
    _ program: String, _ requests: Int32, _ replies: Int32, _ errors: Int32
  ) throws(RunError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, errors, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
    posix_spawn_file_actions_adddup2(&actions, requests, CellWorker.requestDescriptor)
    posix_spawn_file_actions_adddup2(&actions, replies, CellWorker.replyDescriptor)
    var words: [UnsafeMutablePointer<CChar>?] =
      [strdup(program), strdup(CellWorker.command), strdup("\(getpid())"), nil]
    defer { for word in words { free(word) } }
    var process = pid_t()
    let status = posix_spawn(&process, program, &actions, nil, &words, environ)
    guard status == 0 else {
      throw RunError(
        .usage,
        "cannot start a worker process: \(String(cString: strerror(status))); "
          + "use fewer --jobs")
    }
    return process
  }
}
