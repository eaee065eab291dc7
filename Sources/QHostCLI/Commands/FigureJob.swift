import QHostReport
import QHostRuntime

/// The figures of a report as a command makes them.
struct FigureJob {
  /// What is made.
  enum Task {
    /// Their names, on standard output.
    case list
    /// One; `nil` as its name: the only one that there is.
    case one(named: String?, FigureFormat, file: String?)
    /// All, in a folder.
    case all(folder: String, [FigureFormat])
  }

  /// How many names a message has room for.
  private static let namesShown = 24

  let source: ReportSource
  let task: Task
  let showsTitles: Bool
  let isQuiet: Bool

  /// Makes them.
  func make() throws(RunError) {
    let figures = FigureFiles(try source.report())
    guard !figures.names.isEmpty else {
      throw RunError(.data, "there are no figures: '\(source.paths[0])' has no runs yet")
    }
    switch task {
    case .list: print(figures.names.joined(separator: "\n"))
    case .one(let name, let format, let file):
      let chosen = try choose(name, figures)
      guard let svg = figures.svg(chosen, showsTitle: showsTitles) else { return }
      guard let file else { return print(svg, terminator: "") }
      if format == .pdf { try PDFConverter.check() }
      try write(svg, format, to: file)
      if !isQuiet { print(file) }
    case .all(let folder, let formats): try writeAll(figures, formats, into: folder)
    }
  }

  private func writeAll(
    _ figures: FigureFiles, _ formats: [FigureFormat], into folder: String
  ) throws(RunError) {
    if formats.contains(.pdf) { try PDFConverter.check() }
    try FileAccess.makeFolder(folder)
    for name in figures.names {
      guard let svg = figures.svg(name, showsTitle: showsTitles) else { continue }
      for format in formats { try write(svg, format, to: "\(folder)/\(name).\(format.rawValue)") }
    }
    guard !isQuiet else { return }
    let count = figures.names.count
    let kinds = formats.map { $0.rawValue.uppercased() }.joined(separator: " and ")
    print("\(count) figure\(count == 1 ? "" : "s") as \(kinds): \(FileAccess.absolute(folder))")
  }

  private func write(_ svg: String, _ format: FigureFormat, to path: String) throws(RunError) {
    switch format {
    case .svg: try FileAccess.write(Array(svg.utf8), to: path)
    case .pdf: try FileAccess.write(try PDFConverter.pdf(svg, for: path), to: path)
    }
  }

  /// The figure that is meant; an error names those between which it has to be decided.
  private func choose(_ name: String?, _ figures: FigureFiles) throws(RunError) -> String {
    let meant = name.map(figures.names(meant:)) ?? figures.names
    if meant.count == 1 { return meant[0] }
    guard let name else {
      throw RunError(
        .usage,
        "the report has \(meant.count) figures; name one with --figure (\(list(meant))), or write all "
          + "with --figures DIR")
    }
    guard !meant.isEmpty else {
      throw RunError(
        .usage,
        "there is no figure '\(name)'; name one of \(list(figures.names))")
    }
    throw RunError(
      .usage, "'\(name)' is the end of \(meant.count) figures; name one of \(list(meant))")
  }

  private func list(_ names: [String]) -> String {
    let rest = names.count - Self.namesShown
    return names.prefix(Self.namesShown).joined(separator: ", ")
      + (rest > 0 ? " and \(rest) more, which --list-figures shows" : "")
  }
}
