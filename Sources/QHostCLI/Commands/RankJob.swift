import ArgumentParser
import Glibc
import QHostComparing
import QHostRuntime

/// A rank of `mpirun` that does elements, as rank 0 tells it to.
struct RankJob {
  private static let pause: UInt32 = 1_000

  let ranks: MessagePassing
  let work: WorkOptions

  /// Does elements until rank 0 says that there are no more.
  ///
  /// What it cannot do it says to rank 0, which ends all of them with that sentence.
  ///
  /// - Throws: the exit code when it is interrupted, or rank 0 is gone.
  func run() throws {
    let cancellation = Session.cancellingOnInterrupt()
    let parent = getppid()
    var job: ElementJob?
    var answer = "ready"
    while ranks.send(answer, to: 0), let order = next(parent, cancellation) {
      guard let (element, folder) = Self.element(of: order) else {
        _ = ranks.send("bye", to: 0)
        ranks.end()
        return
      }
      do {
        // Before the plugins are looked up, which may take a while.
        let attempt = Campaign.attempt(at: element, in: folder)
        try Heartbeat.begin(in: attempt)
        let known = try job ?? ElementJob(folder: folder, work: work)
        job = known
        _ = try known.perform(element, in: attempt)
        answer = "done \(element)"
      } catch let error as RunError {
        answer = "refused \(error.message)"
      }
    }
    throw ExitCode(RunError.Kind.interrupted.rawValue)
  }

  /// What rank 0 says next; `nil`: it says nothing any more, or this process is to end.
  private func next(_ parent: pid_t, _ cancellation: Cancellation) -> String? {
    // Some programs that start ranks leave them alone when they are killed.
    while !cancellation.isRequested, getppid() == parent {
      switch ranks.receive(from: 0) {
      case .message(let text): return text
      case .nothing: usleep(Self.pause)
      case .lost: return nil
      }
    }
    return nil
  }

  /// The number and folder of `element K FOLDER`.
  private static func element(of order: String) -> (Int, String)? {
    let words = order.split(separator: " ", maxSplits: 2).map(String.init)
    guard words.count == 3, words[0] == "element", let element = Int(words[1]) else { return nil }
    return (element, words[2])
  }
}
