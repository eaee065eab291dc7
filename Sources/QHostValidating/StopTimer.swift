internal import Glibc
internal import QHostRuntime
internal import Synchronization

/// Asks calls to stop when they have gone on for a while, and takes the time until they return.
final class StopTimer {
  /// Where the calls see it.
  let cancellation = Cancellation()
  /// The call that continued for longest after that.
  private(set) var late: (call: String, seconds: Double)?

  /// Nanoseconds after which a call is asked to stop.
  private static let delay: UInt64 = 20_000_000

  /// Makes a call, and asks it to stop if it does not return soon; it continues asking all calls after it.
  func time(_ name: String, _ call: () throws -> Void) throws {
    let asked = cancellation.isRequested ? nil : Waiter(cancellation, after: Self.delay)
    let begin = Clock.nanoseconds()
    defer {
      let end = Clock.nanoseconds()
      let from = asked.map { $0.finish() } ?? begin
      if let from, end > from {
        let seconds = Double(end - from) * 1e-9
        if seconds > late?.seconds ?? 0 { late = (name, seconds) }
      }
    }
    try call()
  }

  /// A thread that waits.
  private final class Waiter: Sendable {
    private let state = Mutex<(isFinished: Bool, asked: UInt64?)>((false, nil))

    init(_ cancellation: Cancellation, after delay: UInt64) {
      let job = Unmanaged.passRetained(Job(self, cancellation, delay))
      var thread = pthread_t()
      let status = pthread_create(
        &thread, nil,
        { job in
          if let job { Unmanaged<Job>.fromOpaque(job).takeRetainedValue().run() }
          return nil
        }, job.toOpaque())
      if status == 0 {
        pthread_detach(thread)
      } else {
        job.release()
      }
    }

    /// When it asked; `nil`: it has not, and does not any more.
    func finish() -> UInt64? {
      state.withLock { state in
        state.isFinished = true
        return state.asked
      }
    }

    /// What the thread has.
    private final class Job: Sendable {
      private let waiter: Waiter
      private let cancellation: Cancellation
      private let delay: UInt64

      init(_ waiter: Waiter, _ cancellation: Cancellation, _ delay: UInt64) {
        self.waiter = waiter
        self.cancellation = cancellation
        self.delay = delay
      }

      func run() {
        usleep(UInt32(delay / 1000))
        waiter.state.withLock { state in
          guard !state.isFinished else { return }
          cancellation.request()
          state.asked = Clock.nanoseconds()
        }
      }
    }
  }
}
