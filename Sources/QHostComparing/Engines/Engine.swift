internal import Glibc
public import QHostRuntime

/// Something that runs the elements of a campaign on other machines.
public protocol Engine {
  /// What it is called.
  var name: String { get }

  /// Cells that an element does at the same time.
  var width: Int { get }

  /// Whether its jobs continue when the command that submitted them ends.
  var outlivesCommand: Bool { get }

  /// Refuses to begin when it is not installed or does not answer.
  ///
  /// - Throws: kind `resumable`, with what to install or start.
  func check() throws(RunError)

  /// Submits elements of a campaign as one array.
  ///
  /// - Returns: the engine's number of the job.
  /// - Throws: kind `usage`, with the engine's own words.
  func submit(_ elements: [Int], of campaign: Campaign) throws(RunError) -> String

  /// How elements are doing, by number; those that the engine does not know any more are left out.
  ///
  /// - Returns: `nil` when the engine does not answer just now.
  func states(of campaign: Campaign) -> [Int: ElementState]?

  /// The job of a campaign that was submitted and whose number got lost; `nil`: there is none.
  func job(of campaign: Campaign) -> String?

  /// Ends all jobs of a campaign.
  func cancel(_ campaign: Campaign)

  /// Ends one element, where the engine can; another attempt at it does no harm.
  func cancel(_ element: Int, of campaign: Campaign)

  /// Waits a moment until elements are looked at again, and does what the engine itself has to do meanwhile.
  ///
  /// - Parameter isLeaving: whether the user wants to leave, which ends the pause of an engine that has little time for it.
  /// - Throws: when it cannot continue.
  func pause(_ isLeaving: () -> Bool) throws(RunError)
}

extension Engine {
  /// A fifth of a second: looking at elements reads a shared folder.
  public func pause(_ isLeaving: () -> Bool) throws(RunError) { usleep(200_000) }

  /// A scheduler's jobs do.
  public var outlivesCommand: Bool { true }
}

/// How an element is doing, as its engine says.
public enum ElementState: Sendable, Equatable {
  /// It has not begun.
  case waiting
  /// It works, as far as the engine knows.
  case running
  /// Its process has ended or is about to, and the engine tidies up.
  case ending
  /// It has ended, in the engine's word.
  case ended(String)
  /// The engine ended it for the time that it took, or the memory: which limit, and how to allow more.
  case overLimit(String)

  /// Whether the engine may still do something for it.
  public var isAlive: Bool {
    switch self {
    case .waiting, .running, .ending: true
    case .ended, .overLimit: false
    }
  }
}
