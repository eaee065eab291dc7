internal import CForeignFunctions
#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif
internal import QHostInterfaces

/// A first call in a process of its own, so that a wrong declaration ends that process and not the host's.
enum Trial {
  private final class Body {
    let call: () -> Void
    init(_ call: @escaping () -> Void) { self.call = call }
  }

  /// Makes a call in a child process.
  ///
  /// - Parameters:
  ///   - culprit: what is called, for messages.
  ///   - seconds: how long it may take.
  ///   - call: what is done there; its effects on memory and files stay there.
  /// - Throws: an error that says how the child ended.
  static func run(
    _ culprit: String, seconds: Double, _ call: @escaping () -> Void
  ) throws(ComponentError) {
    let body = Body(call)
    var detail: Int32 = 0
    let outcome = withExtendedLifetime(body) {
      qhost_trial(
        { context in
          guard let context else { return }
          Unmanaged<Body>.fromOpaque(context).takeUnretainedValue().call()
        }, Unmanaged.passUnretained(body).toOpaque(), seconds, &detail)
    }
    switch outcome {
    case QHOST_TRIAL_DONE: return
    case QHOST_TRIAL_SIGNAL:
      throw ComponentError(
        "\(culprit) ended its first call by signal \(detail) (\(String(cString: strsignal(detail)))); "
          + "compare 'signature' with its header, and see that it takes any point within the bounds"
      )
    case QHOST_TRIAL_EXIT:
      throw ComponentError(
        "\(culprit) ended its process with exit code \(detail) at the first call; a function that is "
          + "optimised has to return")
    case QHOST_TRIAL_TIMEOUT:
      throw ComponentError(
        "\(culprit) has not returned from its first call within \(seconds) s; raise 'first_call', or "
          + "compare 'signature' with its header")
    default:
      throw ComponentError(
        "there is no process for the first call of \(culprit) (\(String(cString: strerror(detail)))); "
          + "set first_call=0 to call it without one")
    }
  }
}
