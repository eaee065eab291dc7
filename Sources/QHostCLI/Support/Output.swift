import CQHostIsolation
import Glibc
import QHostRuntime
import Synchronization

/// Standard output, which has the result and nothing else.
///
/// Once plugins may be loaded it is the host's alone, under a descriptor of its own: what plugins write to standard
/// output goes to standard error, and what they close is not closed for the host.
enum Output {
  /// Descriptors from there on are beyond those that programs close one by one, as far as the system allows.
  private static let firstDescriptor: Int32 = {
    var limit = rlimit()
    let status = getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    return status == 0 ? max(10, Int32(min(limit.rlim_cur, 4_096)) - 64) : 10
  }()
  private static let output = Atomic<Int32>(STDOUT_FILENO)
  private static let errors = Atomic<Int32>(STDERR_FILENO)
  /// Why something could not be written; 0: all was.
  private static let failure = Atomic<Int32>(0)

  /// Where results go.
  static var descriptor: Int32 { output.load(ordering: .relaxed) }
  /// Where messages go.
  static var errorDescriptor: Int32 { errors.load(ordering: .relaxed) }

  /// Writes a message.
  static func writeMessage(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      var count = bytes.withUnsafeBytes { Glibc.write(errorDescriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EBADF {
        // A plugin has closed what is not its own.
        count = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
      }
      if count < 0, errno == EBADF {
        // All of them.
        return bytes.withUnsafeBytes {
          _ = qhost_messenger_say($0.baseAddress, $0.count)
        }
      }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }

  /// Makes standard output the host's own; once.
  static func reserve() {
    guard descriptor == STDOUT_FILENO else { return }
    let own = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, firstDescriptor)
    let ownErrors = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, firstDescriptor)
    if ownErrors >= 0 { errors.store(ownErrors, ordering: .relaxed) }
    guard own >= 0 else { return }
    output.store(own, ordering: .relaxed)
    if dup2(STDERR_FILENO, STDOUT_FILENO) < 0 { close(STDOUT_FILENO) }
  }

  /// Writes a result; what fails is said by ``flush()``.
  static func write(_ text: String) {
    guard failure.load(ordering: .relaxed) == 0 else { return }
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return failure.store(errno, ordering: .relaxed) }
      bytes = bytes.dropFirst(count)
    }
  }

  /// Says whether all was written.
  ///
  /// - Throws: kind `data` when it was not, kind `plugin` when somebody has closed the host's output; a reader that
  ///   has read enough is not an error.
  static func flush() throws(RunError) {
    fflush(nil)
    switch failure.load(ordering: .relaxed) {
    case 0, EPIPE: return
    case EBADF where descriptor != STDOUT_FILENO:
      throw RunError(
        .plugin,
        "a plugin has closed standard output, so that the result cannot be printed; leave the plugin out"
      )
    case let number:
      throw RunError(
        .data,
        "standard output cannot be written: \(String(cString: strerror(number))); "
          + "free some space or write elsewhere")
    }
  }
}

/// Prints a result to standard output.
///
/// In place of the standard library's function: what that writes through is shared with plugins. What others wrote is
/// shown, not obeyed.
func print(_ text: String, terminator: String = "\n") {
  Output.write(Printable.text(text) + terminator)
}
