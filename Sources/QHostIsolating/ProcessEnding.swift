internal import CQHostIsolation
internal import Glibc

/// How a process of a plugin has ended, or stopped, by itself.
struct ProcessEnding {
  private enum Cause {
    case exited(Int32)
    case signalled(Int32)
    case stopped(Int32)
  }

  private let cause: Cause
  /// The most memory that it had, in kilobytes.
  private let peakKilobytes: Int

  /// Looks at a process, which is gone then if it has ended.
  ///
  /// Fails while it is at work.
  init?(of process: pid_t) {
    var status: Int32 = 0
    var usage = rusage()
    guard wait4(process, &status, WNOHANG | WUNTRACED, &usage) == process else { return nil }
    let low = status & 0x7F
    if status & 0xFF == 0x7F {
      cause = .stopped((status >> 8) & 0xFF)
    } else if low == 0 {
      cause = .exited((status >> 8) & 0xFF)
    } else {
      cause = .signalled(low)
    }
    peakKilobytes = usage.ru_maxrss
  }

  /// What is to be said of it.
  ///
  /// - Parameters:
  ///   - channel: where a crash was noted.
  ///   - culprit: who was asked.
  ///   - function: what was asked last.
  ///   - answered: calls before it.
  ///   - limits: what it might use.
  /// - Returns: one sentence: culprit, function, last call, remedy.
  func sentence(
    _ channel: OpaquePointer, _ culprit: String, _ function: IsolatedFunction, _ answered: Int,
    _ limits: IsolationLimits
  ) -> String {
    let (component, called) = noted(channel)
    let who = component.isEmpty ? culprit : component
    let place = called.isEmpty ? function.name : called
    let call = qhost_channel_stopped_call(channel)
    let what: String
    var remedy = "ask the plugin's author, or leave the plugin out"
    switch cause {
    case .signalled(SIGSYS) where call >= 0:
      what =
        "was stopped in \(place): it tried to \(String(cString: qhost_stopped_words(call))) (system call "
        + "\(call)), which an isolated plugin may not"
      remedy =
        "leave the plugin out, or have it in qhost's own process if you vouch for it ('qhost plugins trust FILE', "
        + "or --no-isolate once)"
    case .signalled(let signal):
      what = "crashed in \(place) (\(Self.text(signal)))" + hunger(limits)
    case .exited(let code): what = "ended its process in \(place), with exit code \(code)"
    case .stopped(let signal): what = "stopped its process in \(place) (\(Self.text(signal)))"
    }
    return "\(who) \(what), in call \(answered + 1) of its process; \(remedy)"
  }

  private func hunger(_ limits: IsolationLimits) -> String {
    let most = limits.memoryMegabytes
    guard peakKilobytes >> 10 >= most * 3 / 4 else { return "" }
    return " after it had used up the \(most) MB of memory that it may have"
  }

  private func noted(_ channel: OpaquePointer) -> (component: String, function: String) {
    var component = [CChar](repeating: 0, count: 128)
    var function = [CChar](repeating: 0, count: 64)
    qhost_channel_noted(channel, &component, &function)
    func text(_ bytes: [CChar]) -> String {
      String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    return (text(component), text(function))
  }

  private static func text(_ signal: Int32) -> String {
    switch signal {
    case SIGSEGV: "SIGSEGV, a bad memory access"
    case SIGBUS: "SIGBUS, a bad memory access"
    case SIGILL: "SIGILL, a trap"
    case SIGTRAP: "SIGTRAP, a trap"
    case SIGFPE: "SIGFPE, a bad arithmetic operation"
    case SIGABRT: "SIGABRT, it gave up"
    case SIGKILL: "SIGKILL, killed from outside or because memory ran out"
    case SIGSTOP: "SIGSTOP"
    case SIGSYS: "SIGSYS, a system call that is not allowed"
    case SIGALRM: "SIGALRM, an alarm"
    default: "signal \(signal)"
    }
  }
}
