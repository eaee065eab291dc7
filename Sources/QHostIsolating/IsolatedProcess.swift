internal import CQHostIsolation
internal import Glibc
internal import QHostInterfaces
internal import QHostRuntime

/// A process that works for one plugin, as the host sees it.
///
/// Requests and replies lie in memory that both share, and one waits for the other on a word of it: first by
/// looking, for some microseconds, then asleep. One thread at a time.
final class IsolatedProcess: @unchecked Sendable {
  /// How a process is started.
  struct Start: Sendable {
    var program: String
    var threads: Int
    var isVerbose: Bool
    var limits: IsolationLimits
    var cancellation: Cancellation
  }

  /// Bytes for requests, and again for replies; memory that nobody has touched takes no room.
  static let capacity = 256 << 20
  /// Bytes that both sides map.
  static let regionBytes = UInt64(QHOST_CHANNEL_HEADER) + 2 * UInt64(capacity)
  /// Nanoseconds after which a process that has not answered is looked at.
  private static let lookInterval: UInt64 = 20_000_000

  let start: Start
  private let process: pid_t
  private let channel: OpaquePointer
  private var failure: ComponentError?
  /// Calls that it has answered, for messages.
  private var answered = 0
  /// Whether the request holds an answer for the optimizer that has not been sent.
  private var pendingBytes: Int?

  /// Starts a process.
  ///
  /// - Throws: what the system refuses.
  init(_ start: Start) throws(ComponentError) {
    self.start = start
    let descriptor = qhost_channel_make(Self.regionBytes)
    guard descriptor >= 0, let channel = qhost_channel_map(descriptor, Self.regionBytes) else {
      let reason = String(cString: strerror(errno))
      if descriptor >= 0 { close(descriptor) }
      throw ComponentError(
        "no memory can be shared with a process for an isolated plugin: \(reason); raise the limit on "
          + "memory (ulimit -v), or leave --isolate out")
    }
    defer { close(descriptor) }
    self.channel = channel
    do throws(ComponentError) {
      process = try Self.spawn(start, sharing: descriptor)
    } catch {
      qhost_channel_unmap(channel, Self.regionBytes)
      throw error
    }
  }

  deinit {
    if failure == nil { end() }
    qhost_channel_unmap(channel, Self.regionBytes)
  }

  /// Whether it can be asked anything more.
  var isAlive: Bool { failure == nil }

  /// Puts an answer where the next request takes it along.
  func prepare(_ answer: Answer, _ culprit: String) throws(ComponentError) {
    if let failure { throw failure }
    var writer = MessageWriter(request, capacity: Self.capacity)
    answer.write(to: &writer)
    pendingBytes = Int(try writer.finish(culprit))
  }

  /// Whether an answer waits to be taken along.
  var hasPrepared: Bool { pendingBytes != nil }

  /// Sends a request and reads the reply.
  ///
  /// - Parameters:
  ///   - function: what is asked.
  ///   - culprit: who is asked, for messages.
  ///   - write: adds the arguments.
  ///   - read: reads the results.
  /// - Returns: the results.
  /// - Throws: what the component throws; how the process failed.
  func call<R>(
    _ function: IsolatedFunction, _ culprit: String,
    write: (inout MessageWriter) -> Void = { _ in },
    read: (inout MessageReader) throws(ComponentError) -> R
  ) throws(ComponentError) -> R {
    if let failure { throw failure }
    let before = pendingBytes ?? 0
    let flags = pendingBytes == nil ? 0 : IsolatedFlag.tells
    var writer = MessageWriter(request + before, capacity: Self.capacity - before)
    write(&writer)
    let count = try writer.finish(culprit)
    pendingBytes = nil
    qhost_channel_request(channel, function.rawValue, flags, UInt64(before) + count)
    if qhost_channel_await_reply(channel, Self.lookInterval) == 0 {
      try awaitReply(to: function, culprit)
    }
    answered += 1
    var reader = MessageReader(
      reply, count: Int(clamping: min(qhost_channel_reply_bytes(channel), UInt64(Self.capacity))))
    do throws(ComponentError) {
      guard let status = IsolatedStatus(rawValue: qhost_channel_status(channel)) else {
        throw MessageReader.damaged
      }
      guard status == .done else { throw try ComponentError(from: &reader).of(culprit) }
      return try read(&reader)
    } catch MessageReader.damaged {
      throw fail("\(culprit): \(MessageReader.damaged.message)")
    }
  }

  /// Waits longer, and looks now and then whether the process is still there.
  private func awaitReply(
    to function: IsolatedFunction, _ culprit: String
  ) throws(ComponentError) {
    let begun = Clock.nanoseconds() - Self.lookInterval
    // A request may have two functions: an answer is taken before a query is asked.
    var present: IsolatedFunction {
      IsolatedFunction(rawValue: qhost_channel_entered(channel)) == .tell ? .tell : function
    }
    repeat {
      if start.cancellation.isRequested { qhost_channel_cancel(channel) }
      if let ending = ProcessEnding(of: process) {
        throw fail(ending.sentence(channel, culprit, present, answered, start.limits))
      }
      let seconds = Double(Clock.nanoseconds() - begun) * 1e-9
      if seconds > start.limits.callSeconds {
        end()
        throw fail(
          "\(culprit) has not returned from \(present.name) for \(Int(seconds.rounded())) s, in call "
            + "\(answered + 1) of its process, which was ended; ask the plugin's author, or raise "
            + "--call-timeout")
      }
    } while qhost_channel_await_reply(channel, Self.lookInterval) == 0
  }

  private func fail(_ message: String) -> ComponentError {
    if failure == nil { end() }
    let error = ComponentError(message, severity: .fatal)
    failure = error
    return error
  }

  private func end() {
    kill(process, SIGKILL)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
  }

  private var request: UnsafeMutableRawPointer {
    UnsafeMutableRawPointer(channel) + Int(QHOST_CHANNEL_HEADER)
  }

  private var reply: UnsafeRawPointer {
    UnsafeRawPointer(request) + Self.capacity
  }
}

extension IsolatedProcess {
  /// The hidden argument that makes `qhost` a process for a plugin.
  static let command = "__isolated"
  /// Where it finds the region.
  static let descriptor: Int32 = 3

  private static func spawn(
    _ start: Start, sharing descriptor: Int32
  ) throws(ComponentError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, descriptor, Self.descriptor)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Signals as a new process has them, whatever this one ignores or blocks; and a group of its own: Ctrl-C is for
    // the host, which asks it to stop.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    let arguments = [
      start.program, command, "\(getpid())", "\(start.threads)", start.isVerbose ? "1" : "0",
      "\(start.limits.memoryMegabytes)", "\(start.limits.openFiles)",
    ]
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process = pid_t()
    let status = posix_spawn(&process, start.program, &actions, &attributes, &words, environ)
    guard status == 0 else {
      throw ComponentError(
        "no process can be started for an isolated plugin: \(String(cString: strerror(status))); "
          + "end other processes, or leave --isolate out")
    }
    return process
  }
}

extension ComponentError {
  /// The error with who it is about in front, where that is not said yet.
  fileprivate func of(_ culprit: String) -> ComponentError {
    guard !message.hasPrefix(culprit) else { return self }
    var error = self
    error.message = "\(culprit): \(message)"
    return error
  }
}
