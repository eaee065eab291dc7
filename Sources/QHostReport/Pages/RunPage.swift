internal import FoundationEssentials
import QHostDrawing
public import QHostRuntime

/// A run's folder as one page: its loss against the cost, and the figures that its components handed over.
public struct RunPage {
  private let folder: String

  /// Takes the folder of `qhost run`.
  public init(folder: String) { self.folder = folder }

  /// Whether a folder is that of a run that has ended.
  public static func isRun(_ folder: String) -> Bool {
    [TrainingRun.modelName, TrainingRun.traceName].allSatisfy {
      FileAccess.exists("\(folder)/\($0)")
    }
  }

  /// The page, which needs nothing else.
  ///
  /// - Throws: kind `data` when a file of the folder cannot be read.
  public func text() throws(RunError) -> String {
    let name = FileAccess.absolute(folder).split(separator: "/").last.map(String.init) ?? folder
    let title = Markup.escaped(name)
    let trace = try TraceChart(reading: "\(folder)/\(TrainingRun.traceName)")
    let figures = try RunFigures.files(in: folder).map { (file) throws(RunError) in
      "<figure>\(try Self.image("\(folder)/\(file)", file))"
        + "<figcaption>\(Markup.escaped(file))</figcaption></figure>"
    }
    let chart = trace.map { Sheet.element($0) } ?? "<p>The run has no trace yet.</p>"
    let none = "<p>No component of this run handed over figures.</p>"
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>"
      + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>"
      + "<title>\(title)</title>\n<style>\(StyleSheet.text)</style></head><body>"
      + "<header><h1>\(title)</h1></header>\n"
      + "<section><h2>Loss</h2><div class=\"grid\">\(chart)</div></section>\n"
      + "<section><h2>Figures</h2>"
      + (figures.isEmpty ? none : "<div class=\"grid\">\(figures.joined(separator: "\n"))</div>")
      + "</section></body></html>\n"
  }

  /// A drawing as an image of the page: what is in the file is not run.
  private static func image(_ path: String, _ name: String) throws(RunError) -> String {
    let data = Data(try FileAccess.read(path)).base64EncodedString()
    return "<img alt=\"\(Markup.escaped(name))\" style=\"width:100%;max-width:460px\" "
      + "src=\"data:image/svg+xml;base64,\(data)\"/>"
  }
}
