public import QHostRuntime

/// The minibatch of a comparison as users write it: rows, 0 for all, or `preferred`.
///
/// In a plan it is a number of rows, or `nil`: each optimizer takes what it prefers, which was so in all
/// plans before there was a common default.
public enum BatchSize {
  /// Rows of a minibatch where a user names none: of a split that has fewer, all.
  public static let standard = 1_024
  /// The word for what each optimizer prefers.
  public static let preferred = "preferred"

  /// What a text means.
  ///
  /// - Parameters:
  ///   - text: the text.
  ///   - name: what it is called where it stands, for the message.
  /// - Returns: the rows; `nil`: what each optimizer prefers.
  /// - Throws: kind `usage`.
  public static func rows(_ text: String, name: String) throws(RunError) -> Int? {
    if text == preferred { return nil }
    guard let rows = Int(text), rows >= 0 else {
      throw RunError(
        .usage,
        "\(name) cannot be '\(text)': it must be a number of rows, 0 for all, or '\(preferred)' for what "
          + "suits each optimizer")
    }
    return rows
  }

  /// How users write it.
  static func text(_ rows: Int?) -> String { rows.map { $0 == 0 ? "all" : "\($0)" } ?? preferred }

  /// The minibatch in words, for example `minibatches of 1024 of 1257 rows`.
  ///
  /// - Parameters:
  ///   - rows: its rows.
  ///   - total: the rows of the training split.
  /// - Returns: the words.
  public static func words(_ rows: Int, of total: Int) -> String {
    rows >= total ? "all \(total) rows at once" : "minibatches of \(rows) of \(total) rows"
  }
}
