import ArgumentParser
import QHostComparing
import QHostInterfaces
import QHostRuntime

extension DataCommand {
  /// `qhost data export NAME`.
  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write a dataset's rows for other programs.",
      discussion: """
        csv: a table for each split
        npz, safetensors: one file of arrays, inputs and targets of each split

        Inputs are as the dataset has them: nothing is scaled.
        """)

    private static let formats = DatasetFormat.allCases.map(\.rawValue)

    @Argument(help: "The dataset.", completion: ComponentNames.completion(.dataset))
    var name: String

    @Option(
      name: .customLong("set"),
      help: ArgumentHelp("Set a parameter (dataset.KEY=VALUE).", valueName: "KEY=VALUE"))
    var settings: [String] = []

    @Option(
      help: ArgumentHelp(
        "The form: \(Self.formats.joined(separator: ", ")).", valueName: "NAME"),
      completion: .list(Self.formats))
    var format: String

    @Option(
      help: ArgumentHelp("A new folder for the files.", valueName: "DIR"), completion: .directory)
    var output: String

    @OptionGroup(title: "Host") var host: HostOptions

    func run() throws {
      guard let format = DatasetFormat(rawValue: format) else {
        throw RunError(
          .usage,
          "there is no format '\(format)'" + Suggestion.sentence(for: format, among: Self.formats))
      }
      guard !FileAccess.exists(output) else {
        throw RunError(
          .usage, "'\(output)' is there already; remove it, or name another folder with --output")
      }
      let session = try Session(host, ownsOutput: false)
      let words = try Settings(settings)
      let plan = try ComponentPlan(
        .dataset, named: name, at: "dataset", settings: words, catalogue: session.catalogue)
      try ComponentPlan.check(words, against: [plan])
      let data = try DataAssembly(plan, scaling: "none", common: session.common)
      let export = try format.export(of: data)
      try export.write(to: output)
      print(
        "\(data.name), SHA-256 \(data.sha256): \(export.files.count) files, "
          + "\(Numbers.bytes(export.byteCount)): \(FileAccess.absolute(output))")
    }
  }
}
