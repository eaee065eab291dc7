import Glibc
import QHostBridging
import QHostRuntime

/// Where messages for people go: standard error, coloured on a terminal.
enum Terminal {
  /// A colour or weight.
  enum Style: String {
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case cyan = "36"
  }

  /// Whether standard error may be coloured (see no-color.org).
  static let hasColour =
    Environment.isTerminal(STDERR_FILENO) && (Environment.variables["NO_COLOR"] ?? "").isEmpty
    && Environment.variables["TERM"] != "dumb"

  static let outputHasColour =
    Environment.isTerminal(Output.descriptor) && (Environment.variables["NO_COLOR"] ?? "").isEmpty
    && Environment.variables["TERM"] != "dumb"

  /// Columns of the terminal.
  static var width: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// Columns that standard output has: those of its terminal, or what `COLUMNS` says; `nil`: no limit.
  static var outputWidth: Int? {
    if let columns = Environment.variables["COLUMNS"].flatMap({ Int($0) }), columns > 0 {
      return columns
    }
    var size = winsize()
    guard ioctl(Output.descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return nil
    }
    return Int(size.ws_col)
  }

  /// Writes to standard error.
  static func write(_ text: String) { Output.writeMessage(text) }

  /// Writes a line to standard error.
  static func line(_ text: String) { write(Printable.text(text) + "\n") }

  /// Writes an error, on one line whatever the names in it hold.
  static func error(_ message: String) {
    line(styled("error:", .red, .bold) + " " + Printable.line(message))
  }

  /// Writes out what is still to go to standard output.
  ///
  /// - Throws: kind `data` when it cannot be written; a reader that has read enough is not an error.
  static func flushOutput() throws(RunError) {
    try Output.flush()
  }

  /// Text in a style, on a terminal that has one.
  static func styled(_ text: String, _ styles: Style..., toOutput: Bool = false) -> String {
    guard toOutput ? outputHasColour : hasColour else { return text }
    let codes = styles.map(\.rawValue).joined(separator: ";")
    return Printable.style(codes) + text + Printable.style("0")
  }
}
