internal import CQHostIsolation
internal import QHostBridging
internal import QHostInterfaces
internal import QHostRuntime

/// Checks of what a component promises whatever its kind: to repeat, to stop, to stay away from the network.
enum PromiseChecks {
  /// Seconds within which a call must return.
  private static let patience = 0.1
  /// How often a call that is late is tried, since a busy machine may be what is late.
  private static let attempts = 3
  /// Seconds that an instance may take which is made in two processes.
  private static let longest = 4.0

  static let all: [Check] = [
    Check(
      "seed-elsewhere", .numeric, .component(nil),
      "The same seed gives the same in another process.", needs: .pure,
      remedy:
        "Leave clocks, addresses, process numbers and files out; or declare less in qhost/draft/determinism.h."
    ) { subject in
      let begin = Clock.nanoseconds()
      let here = try Fingerprint.of(subject)
      let seconds = Double(Clock.nanoseconds() - begin) * 1e-9
      guard seconds < longest else { throw CheckSkip("an instance takes \(Int(seconds)) s") }
      try require(try Fingerprint.elsewhere(subject) == here, "another process gave something else")
    },
    Check(
      "stops", .contract, .component(nil),
      "A call returns within 100 ms once the user has asked to stop.",
      remedy: "Poll host->is_cancelled in what takes long, and return QHOST_CANCELLED."
    ) { subject in
      var late: (call: String, seconds: Double)?
      for _ in 0..<attempts {
        late = try slowest(subject)
        guard let late, late.seconds > patience else { return }
      }
      if let late {
        throw CheckFailure(
          "\(late.call) returned \(Int(late.seconds * 1000)) ms after the user had asked to stop")
      }
    },
    Check(
      "no-sockets", .contract, .component(nil), "No socket is opened.",
      remedy:
        "Take what you need from files that the host locates; an isolated plugin has no network."
    ) { subject in
      find(subject)
      guard qhost_refuse_sockets() != 0 else {
        throw CheckSkip("this kernel has no seccomp filters, or this container forbids them")
      }
      let result = Result { try Exercise(subject).work() }
      try require(qhost_asked_for_socket() == 0, "it asked the system for a socket")
      try result.get()
    },
  ]

  /// Finds and loads what a component depends on, which is the host's own work.
  private static func find(_ subject: CheckSubject) {
    _ = try? subject.request(mapping: Exercise.mappings[0])
  }

  /// The call that continued for longest after a stop was asked for; `nil`: none was under way.
  private static func slowest(
    _ subject: CheckSubject
  ) throws -> (call: String, seconds: Double)? {
    find(subject)
    let stop = StopTimer()
    subject.cancellation = stop.cancellation
    do {
      try Exercise(subject).work { name, body in try stop.time(name, body) }
    } catch is ComponentError where stop.cancellation.isRequested {
      // A call that was stopped may have nothing to give.
    }
    return stop.late
  }
}
