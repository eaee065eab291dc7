import FoundationEssentials
import QHostComparing
import QHostRuntime

/// The experiments that come with qhost: files in a folder.
struct ExperimentLibrary {
  private static let suffix = ".yaml"

  /// The folder.
  let folder: String
  /// The names of the experiments in it.
  let names: [String]

  /// Looks for the folder: `QHOST_EXPERIMENTS`, `../share/qhost/experiments` beside the program, or, in
  /// a checkout, `Experiments` in a folder above it.
  ///
  /// - Throws: kind `usage` when there is none.
  init() throws(RunError) {
    let own = Self.parent(of: Environment.executable)
    var candidates = [own + "/../share/qhost/experiments"]
    var above = own
    while !above.isEmpty {
      candidates.append(above + "/Experiments")
      above = Self.parent(of: above)
    }
    if let named = Environment.variables["QHOST_EXPERIMENTS"], !named.isEmpty {
      candidates = [named]
    }
    for candidate in candidates {
      guard let files = try? FileManager.default.contentsOfDirectory(atPath: candidate) else {
        continue
      }
      folder = candidate
      names = files.filter { $0.hasSuffix(Self.suffix) }.map {
        String($0.dropLast(Self.suffix.count))
      }.sorted()
      return
    }
    throw RunError(
      .usage,
      "there is no folder of experiments at \(candidates[0]); set QHOST_EXPERIMENTS to one")
  }

  /// Reads an experiment.
  func experiment(_ name: String) throws(RunError) -> Experiment {
    guard names.contains(name) else {
      throw RunError(
        .usage,
        "there is no experiment '\(name)'" + Suggestion.sentence(for: name, among: names + ["all"]))
    }
    return try Experiment(reading: "\(folder)/\(name)\(Self.suffix)")
  }

  private static func parent(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }
}
