/// A form of a figure.
public enum FigureFormat: String, Sendable, CaseIterable {
  /// Scalable Vector Graphics.
  case svg
  /// Portable Document Format, made of the SVG by another program.
  case pdf

  /// The form that a file's name has by its end.
  public init?(fileName: String) {
    let end = fileName.split(separator: ".", omittingEmptySubsequences: false).last ?? ""
    self.init(rawValue: end.lowercased())
  }
}
