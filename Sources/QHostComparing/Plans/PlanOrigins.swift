internal import QHostRuntime

/// Where the parts of a plan are written, for messages: nowhere, for a command line.
public struct PlanOrigins: Sendable {
  private var places: [String: String] = [:]

  /// Knows of no place.
  public init() {}

  /// Notes the place of a choice on an axis, of a common setting, or of a problem.
  mutating func note(_ word: String, of axis: String, at place: String) {
    places["\(axis) \(word)"] = place
  }

  /// Where a choice, a common setting or a problem is written; `nil`: nowhere.
  func place(_ word: String, of axis: String) -> String? { places["\(axis) \(word)"] }

  /// Puts the place of a choice, or of a common setting, before an error that is thrown about it.
  func locating<R>(
    _ word: String, of axis: String, _ body: () throws(RunError) -> R
  ) throws(RunError) -> R {
    do throws(RunError) {
      return try body()
    } catch let error {
      guard let place = place(word, of: axis) else { throw error }
      throw RunError(error.kind, "\(place): \(error.message)")
    }
  }
}
