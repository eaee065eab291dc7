public import QHostRuntime

/// Others' results that are to stand beside a comparison's: a file or folder, with the name of who made them.
///
/// What they are is seen from what is there: a folder with `.info` files is an archive of COCO, one with
/// `IOHprofiler_*.json` is of IOHprofiler, and a file is a CSV of problem, seed, evaluations and loss.
public struct ImportSource: Sendable, Equatable {
  /// What the file is called in.
  public enum Form: String, Sendable, Encodable {
    /// An archive of COCO.
    case coco = "COCO"
    /// A folder of IOHprofiler.
    case ioh = "IOHprofiler"
    /// A CSV.
    case csv = "CSV"
  }

  /// What their algorithm is called; `nil`: as their files say.
  public var name: String?
  /// The file or folder.
  public var path: String

  /// Reads `PATH` or `NAME=PATH`; a path that is there is no name, even with an equals sign.
  public init(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let isNamed = parts.count == 2 && !parts[0].isEmpty && !parts[0].contains("/")
    guard isNamed, !FileAccess.exists(text) else {
      path = text
      return
    }
    name = String(parts[0])
    path = String(parts[1])
  }

  /// Refuses what cannot be read.
  ///
  /// - Throws: kind `data`, with file and line.
  public func check() throws(RunError) { _ = try runs() }

  /// What it has, with the names of algorithms settled.
  ///
  /// - Throws: kind `data`, with file and line, for what cannot be read.
  func runs() throws(RunError) -> (form: Form, runs: [ImportedRun]) {
    guard FileAccess.exists(path) else {
      throw RunError(.data, "--import: there is no '\(path)'; name a file or folder that is there")
    }
    guard FileAccess.isFolder(path) else {
      return (.csv, named(try CSVImport.runs(path), otherwise: Self.stem(path)))
    }
    let files = FileTree.files(in: path)
    let infos = files.filter { $0.hasSuffix(".info") }
    let descriptions = files.filter {
      $0.hasSuffix(".json") && Self.last($0).hasPrefix("IOHprofiler_")
    }
    if !descriptions.isEmpty {
      return (.ioh, named(try IOHImport.runs(descriptions), otherwise: Self.stem(path)))
    }
    if infos.contains(where: { Self.last($0).hasPrefix("IOHprofiler_") }) {
      throw RunError(
        .data,
        "--import: '\(path)' is of IOHprofiler's form before 0.3, with .info files; write it again with a current "
          + "IOHexperimenter, or name a CSV")
    }
    guard !infos.isEmpty else {
      throw RunError(
        .data,
        "--import: '\(path)' has neither .info files of COCO nor IOHprofiler_*.json; name an unpacked archive, or a "
          + "CSV with the columns problem, seed, evaluations and loss")
    }
    return (.coco, named(try COCOImport.runs(infos), otherwise: Self.stem(path)))
  }

  private func named(_ runs: [ImportedRun], otherwise stem: String) -> [ImportedRun] {
    runs.map { run in
      var run = run
      run.algorithm = name ?? run.algorithm ?? stem
      return run
    }
  }

  private static func last(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// The name of a file or folder without what comes after its first dot.
  private static func stem(_ path: String) -> String {
    last(path).split(separator: ".").first.map(String.init) ?? path
  }
}
