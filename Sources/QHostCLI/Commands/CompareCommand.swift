import ArgumentParser
import QHostInterfaces
import QHostComparing
import QHostRuntime

/// Trains every combination of optimizers, models, datasets and seeds.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Train every combination of optimizers, models, datasets and seeds; keep a journal.",
    discussion: """
      Axes take names separated by commas, and parameters with alternatives in brackets:
        qhost compare -o 'tunneling[hbar_start=0.05,0.1]' -o adam,ga -m mlp -d iris,digits --seeds 30
      'qhost run --optimizer NAME --model NAME --help' lists the parameters of components.
      A value with commas of its own stands in parentheses: -m 'mlp[hidden=(12,8),16]'. A plan may be in a
      YAML file instead: qhost compare plan.yaml; there each dataset may have a model and a budget of its own.
      All optimizers start a seed at the same point, and take the same minibatch unless told otherwise.
      With --target each trained model is also compiled and run there; equal trainings are done once.
      --max-forward-equivalents counts passes of the whole training split here, for all optimizers alike.
      Cells run in --jobs processes of one thread each (--threads); a crash costs its cell alone.
      Exit codes: 0 as asked, 2 usage, 3 an --until-... missed with --require, 4 a cell failed, 5 data,
      75 interrupted and can be resumed.
      """)

  @Argument(
    help: "A plan file, instead of axes on the command line.",
    completion: .file(extensions: ["yaml", "yml"]))
  var plan: String?

  @OptionGroup(title: "Axes") var axes: AxisOptions

  @OptionGroup(title: "Budget of each run") var budget: BudgetOptions

  @Option(
    help: ArgumentHelp(
      "Folder for the journal (default: one of the user's state folder).", valueName: "DIR"),
    completion: .directory)
  var output: String?

  @Flag(
    help:
      "Continue with the journal of the output folder, if there is one; finished cells are kept.")
  var resume = false

  @Flag(help: "With --resume, do cells that have failed again.")
  var retryFailures = false

  @Option(
    help: ArgumentHelp("Do only part k of N of the cells; see 'qhost merge'.", valueName: "k/N"))
  var shard: String?

  @Flag(help: "Refuse combinations that cannot work, instead of skipping them.")
  var strict = false

  @Flag(help: "Show the cells and how long they may take, and end.")
  var dryRun = false

  @Flag(help: "With --dry-run, do not try cells for two seconds to see how long they take.")
  var noEstimate = false

  @Option(
    name: .customLong("import"),
    help: ArgumentHelp(
      "Set others' results beside, as 'qhost report' does: an archive of COCO, a folder of IOHprofiler, or a CSV of "
        + "problem, seed, evaluations and loss; may be repeated.", valueName: "[NAME=]PATH"),
    completion: .file())
  var imports: [String] = []

  @Flag(
    help: "Print one JSON object instead of text (schema qhost.compare/1; qhost.dry-run/1).")
  var json = false

  @OptionGroup(title: "Other machines") var engine: EngineOptions

  @OptionGroup var work: WorkOptions

  func run() throws {
    guard engine.on == "mpi", !dryRun else { return try compare(among: nil) }
    let ranks = try MessagePassing(
      Environment.variables, keptIn: UserFolder.cache(Environment.variables) + "/mpi")
    guard ranks.rank == 0 else {
      // A rank does one cell at a time unless told otherwise: there are as many ranks as processors.
      var work = work
      work.jobs = work.jobs ?? 1
      return try RankJob(ranks: ranks, work: work).run()
    }
    try compare(among: ranks)
  }

  /// Compares; as rank 0 among others, or alone.
  private func compare(among ranks: MessagePassing?) throws {
    guard !retryFailures || resume else {
      throw RunError(.usage, "--retry-failures goes with --resume; add it")
    }
    guard !noEstimate || dryRun else {
      throw RunError(.usage, "--no-estimate goes with --dry-run; add it")
    }
    if shard != nil, engine.on != nil {
      throw RunError(.usage, "--shard and --on both share out the cells; leave one of them out")
    }
    let shard = try shard.map { (text) throws(RunError) in try Shard(text) }
    let file = try plan.map { (path) throws(RunError) in try PlanFile(reading: path) }
    let asked = try file?.plan ?? askedPlan()
    let folder = try CompareFolder(output, resumes: resume, plan: asked, shard: shard)
    let job = CompareJob(
      plan: try asked ?? folder.contents().header.plan, origins: file?.origins ?? PlanOrigins(),
      shard: shard, folder: folder, work: work, isStrict: strict,
      resumes: resume && folder.hasJournal,
      retriesFailures: retryFailures, engineOptions: engine, ranks: ranks)
    // Before the first cell: a file that cannot be read is not a reason to lose hours.
    for text in imports { try ImportSource(text).check() }
    guard !dryRun else { return try job.dryRun(isJSON: json, triesCells: !noEstimate) }
    let (comparison, summary) = try job.run()
    // What comes after this may end with another code than 0, which ends ranks that have not.
    if comparison.isComplete { ranks?.end() }
    let others = try JournalUnion(comparison.contents, imported: imports)
    let table = ComparisonSummary(others, journal: folder.journalPath)
    print(json ? try JSONText.of(table) : ComparisonTable(table).text)
    job.writeReport(of: comparison, others)
    try job.stopUnlessComplete(
      comparison,
      goOn: (ranks.map { "mpirun -n \($0.count) " } ?? "")
        + "qhost compare --resume --output '\(folder.path)'"
        + (engine.on.map { " --on \($0)" } ?? ""))
    try finish(summary)
  }

  private func finish(_ summary: ComparisonSummary) throws(RunError) {
    if let error = summary.failure { throw error }
    let missed = summary.rows.reduce(0) { $0 + $1.runs - ($1.successes ?? $1.runs) }
    if budget.require, missed > 0 {
      throw RunError(
        .targetMissed,
        "\(missed) runs did not reach the target; raise the budget or lower the target")
    }
  }

  /// Refuses what goes with axes on the command line only.
  func validate() throws {
    if let plan, axes.isGiven || budget.isGiven {
      throw ValidationError(
        "axes and budget are in the plan file '\(plan)'; leave them out of the command line")
    }
  }

  /// The plan that the command line asks for; `nil` when it asks for the journal's.
  private func askedPlan() throws -> ComparisonPlan? {
    if resume, !axes.isGiven, !budget.isGiven { return nil }
    return try axes.plan(budget: try budget.budget())
  }
}
