import ArgumentParser
import QHostComparing
import QHostRuntime

/// Tests claims by experiments.
struct ReproduceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce",
    abstract: "Test claims about the methods by experiments, and print claim beside measurement.",
    discussion: """
      An experiment is a plan file with a claim, its source, and what the plan must find for the claim to be
      reproduced. A claim that is not reproduced is a result; with --require it ends with exit code 3.
      """)

  @Argument(
    help: "Names of experiments, or 'all'.",
    completion: .custom { _, _, _ in
      (try? ExperimentLibrary().names) ?? []
    })
  var names: [String] = []

  @Flag(help: "List the experiments and their claims.")
  var list = false

  @Option(
    help: ArgumentHelp(
      "Folder for the journals, one folder for each experiment (default: in the user's state folder).",
      valueName: "DIR"),
    completion: .directory)
  var output: String?

  @Flag(help: "Continue with journals that are there.")
  var resume = false

  @Flag(help: "End with exit code 3 when a claim is not reproduced.")
  var require = false

  @Flag(help: "Print one JSON object (schema qhost.reproduce/1) instead of text.")
  var json = false

  @OptionGroup var work: WorkOptions

  func run() throws {
    let library = try ExperimentLibrary()
    if list {
      for name in library.names { print("\(name): \(try library.experiment(name).claim)") }
      return
    }
    guard !names.isEmpty else {
      throw RunError(
        .usage, "name an experiment, or 'all'; 'qhost reproduce --list' shows what there are")
    }
    // All are read before the first is run: a mistake in the last one is said at once.
    let chosen = names.contains("all") ? library.names : names
    let experiments = try chosen.map { ($0, try library.experiment($0)) }
    var results: [ReproductionResult] = []
    for (name, experiment) in experiments {
      let result = try reproduce(name, experiment)
      results.append(result)
      guard !json else { continue }
      print(ReproductionText(result).text)
      try Terminal.flushOutput()
    }
    if json { print(try JSONText.of(ReproductionRecord(experiments: results))) }
    let failed = results.filter { !$0.isReproduced }.map(\.name)
    if require, !failed.isEmpty {
      throw RunError(
        .targetMissed, "not reproduced: \(failed.joined(separator: ", ")); see the measurements")
    }
  }

  private func reproduce(_ name: String, _ experiment: Experiment) throws -> ReproductionResult {
    let root = output ?? UserFolder.state(Environment.variables) + "/reproductions"
    let folder = CompareFolder(reproduction: root + "/" + name)
    let job = CompareJob(
      plan: experiment.plan, origins: experiment.origins, shard: nil, folder: folder, work: work,
      isStrict: true, resumes: resume && folder.hasJournal)
    work.note("\(name): \(experiment.claim)")
    if let settings = experiment.online {
      let job = OnlineReproduction(
        experiment: experiment, settings: settings, path: folder.path, work: work, resumes: resume)
      let runs = try job.run()
      let measurements = try experiment.criteria.map { try $0.measure(runs) }
      return ReproductionResult(name, experiment, measurements, nil, journal: job.journal)
    }
    let (comparison, summary) = try job.run()
    try job.stopUnlessComplete(
      comparison,
      goOn: "qhost reproduce \(name) --resume\(output.map { " --output '\($0)'" } ?? "")")
    if let failure = summary.failure { throw failure }
    let runs = comparison.results
    let measurements = try experiment.criteria.map { try $0.measure(runs) }
    return ReproductionResult(name, experiment, measurements, summary, journal: summary.journal)
  }
}
