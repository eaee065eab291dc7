import QHostRuntime

/// SVG to PDF by `rsvg-convert`, the program of librsvg: text stays text, and its type is embedded.
enum PDFConverter {
  private static let program = "rsvg-convert"
  private static let timeoutSeconds = 60.0

  /// Refuses to begin when the program is not there.
  static func check() throws(RunError) { _ = try run(["--version"]) }

  /// A document as PDF, of the same size on paper.
  ///
  /// - Parameters:
  ///   - svg: the document.
  ///   - path: the file that the PDF is for; a file beside it has the SVG meanwhile.
  /// - Returns: the bytes of the file.
  /// - Throws: kind `usage` when the program is not there, `data` when it fails or no file can be written there.
  static func pdf(_ svg: String, for path: String) throws(RunError) -> [UInt8] {
    let temporary = path + ".partial.svg"
    try FileAccess.write(Array(svg.utf8), to: temporary)
    let result: ChildProcess
    do throws(RunError) {
      result = try run(["--format", "pdf", temporary])
    } catch let error {
      try FileAccess.remove(temporary)
      throw error
    }
    try FileAccess.remove(temporary)
    guard result.ending == .exited(0), result.output.starts(with: "%PDF".utf8) else {
      throw RunError(
        .data, "\(program) cannot make '\(path)' (\(words(result.ending))); write .svg instead")
    }
    return result.output
  }

  private static func run(_ arguments: [String]) throws(RunError) -> ChildProcess {
    do throws(RunError) {
      return try ChildProcess(running: program, arguments, timeoutSeconds: timeoutSeconds)
    } catch {
      throw RunError(
        .usage,
        "there is no '\(program)', which makes PDF of SVG; install it (Debian: librsvg2-bin), or ask for SVG"
      )
    }
  }

  private static func words(_ ending: ChildProcess.Ending) -> String {
    switch ending {
    case .exited(let code): "it ended with code \(code)"
    case .signalled(let signal): "it was ended by signal \(signal)"
    case .timedOut: "it did not end within \(Int(timeoutSeconds)) s"
    }
  }
}
