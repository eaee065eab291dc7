import ArgumentParser
import QHostReport
import QHostRuntime

/// What a report is made as: a page of it all, or one of its figures.
enum ReportForm: Equatable {
  case page(ReportFormat)
  case figure(FigureFormat)

  /// The names of all.
  static let names = ReportFormat.allCases.map(\.rawValue) + FigureFormat.allCases.map(\.rawValue)

  /// The names as words of a sentence.
  static var list: String { names.joined(separator: ", ") }

  /// The form that a user names.
  static func named(_ name: String) throws -> Self {
    if let format = ReportFormat(rawValue: name) { return .page(format) }
    if let format = FigureFormat(rawValue: name) { return .figure(format) }
    throw ValidationError("there is no format '\(name)'; name one of \(list)")
  }

  /// The form that a file's name has by its end.
  ///
  /// - Throws: kind `usage` when it has none.
  init(fileName: String) throws(RunError) {
    if let format = ReportFormat(fileName: fileName) {
      self = .page(format)
    } else if let format = FigureFormat(fileName: fileName) {
      self = .figure(format)
    } else {
      throw RunError(
        .usage,
        "'\(fileName)' does not tell its form by its end; name one with --format "
          + "(\(Self.list)), or end it with .html, .md, .tex, .csv, .svg or .pdf")
    }
  }

  /// The form of a page; `nil` of a figure.
  var page: ReportFormat? {
    if case .page(let format) = self { format } else { nil }
  }

  /// The form of a figure; `nil` of a page.
  var figure: FigureFormat? {
    if case .figure(let format) = self { format } else { nil }
  }
}
