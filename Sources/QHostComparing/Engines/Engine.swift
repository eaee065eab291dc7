public import QHostRuntime

/// Something that runs the elements of a campaign on other machines.
public protocol Engine {
  /// What it is called.
  var name: String { get }

  /// Cells that an element does at the same time.
  var width: Int { get }

  /// Refuses to begin when it is not installed or does not answer.
  ///
  /// - Throws: kind `usage`, with what to install or start.
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
}

/// How an element is doing, as its engine says.
public enum ElementState: Sendable, Equatable {
  /// It waits, or works.
  case alive
  /// It has ended, in the engine's word.
  case ended(String)
  /// The engine ended it for the time that it took, or the memory.
  case overLimit(String)
}

/// What to write in a shell for a word.
enum ShellText {
  /// In single quotes.
  static func quoted(_ word: String) -> String { "'\(word.replacing("'", with: "'\\''"))'" }
}
