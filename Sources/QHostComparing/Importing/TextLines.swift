internal import QHostRuntime

/// The lines of a text file that others have written, each with its number.
struct TextLines {
  let path: String
  private let lines: [Substring]

  /// Reads a file.
  ///
  /// - Throws: kind `data`.
  init(reading path: String) throws(RunError) {
    self.path = path
    let text = String(decoding: try FileAccess.read(path), as: UTF8.self)
    lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }

  /// Those that are not empty, with their numbers from 1.
  var numbered: [(number: Int, text: Substring)] {
    lines.enumerated().compactMap { place, text in
      text.allSatisfy(\.isWhitespace) ? nil : (place + 1, text)
    }
  }

  /// What is wrong with a line.
  func refusal(_ line: Int, _ what: String) -> RunError {
    RunError(.data, "--import: '\(path)' line \(line): \(what)")
  }
}

extension Substring {
  /// Its words between blanks.
  var words: [Substring] { split(whereSeparator: { $0 == " " || $0 == "\t" }) }
}
