import QHostDatasets
import QHostInterfaces

/// How the text of one value of a series is understood.
enum SeriesNumber {
  /// A number that 32 bits can hold.
  ///
  /// - Parameters:
  ///   - text: what is written.
  ///   - place: file, line and more, for messages.
  /// - Returns: the number.
  /// - Throws: kind `data` for a missing value, a text, or a number that is not finite.
  static func read(_ text: some StringProtocol, _ place: String) throws(ComponentError) -> Float {
    let text = String(trimmed(text))
    if let number = Float(text), number.isFinite { return number }
    if CSVField.isMissing(text) {
      throw .data("\(place): the value is missing ('\(text)'); fill it in or remove the series")
    }
    guard Double(text) != nil else {
      throw .data("\(place): '\(text)' is not a number; correct it (numbers have a decimal point)")
    }
    throw .data("\(place): '\(text)' is not a finite 32-bit number; correct it or rescale the file")
  }

  /// A text without the spaces around it.
  static func trimmed(_ text: some StringProtocol) -> Substring {
    var rest = Substring(text)
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return rest
  }
}
