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
    let found = try InstalledFolder(
      "experiments", inCheckout: "Experiments", variable: "QHOST_EXPERIMENTS")
    folder = found.path
    names = found.names.filter { $0.hasSuffix(Self.suffix) }.map {
      String($0.dropLast(Self.suffix.count))
    }
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
}
