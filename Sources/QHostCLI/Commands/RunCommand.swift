import ArgumentParser
import Glibc
import QHostBridging
import QHostInterfaces
import QHostIsolating
import QHostRuntime

/// Trains a model.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Train a model and print how good it is.",
    discussion: """
      Any optimizer goes with any model and dataset. Their parameters are set with --set, for example
      --set optimizer.offsets=5 --set model.hidden=12,8; 'qhost run --optimizer NAME --help' lists them.
      The first Ctrl-C writes a checkpoint and stops, the second ends at once.
      Exit codes: 0 as asked, 2 usage, 3 an --until-... missed with --require, 4 a plugin failed,
      5 data, 75 interrupted and can be resumed, 130 interrupted.
      """)

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("What proposes parameters.", valueName: "NAME"),
    completion: ComponentNames.completion(.optimizer))
  var optimizer: String?

  @Option(
    help: ArgumentHelp(
      "What solves the Schrödinger equation for the optimizer.", valueName: "NAME"),
    completion: ComponentNames.completion(.solver))
  var solver: String?

  @Option(
    name: [.customShort("m"), .long],
    help: ArgumentHelp("What is trained.", valueName: "NAME"),
    completion: ComponentNames.completion(.model))
  var model: String?

  @Option(
    name: [.customShort("d"), .long],
    help: ArgumentHelp("What it is trained on.", valueName: "NAME"),
    completion: ComponentNames.completion(.dataset))
  var dataset: String?

  @Option(
    help: ArgumentHelp(
      "Start from a trained model: its parameters, or for another kind of model what comes nearest to "
        + "its network.", valueName: "MODEL"),
    completion: .file(extensions: ["safetensors"]))
  var from: String?

  @Option(
    name: [.customShort("t"), .long],
    help: ArgumentHelp("What the trained model is compiled for.", valueName: "NAME"),
    completion: ComponentNames.completion(.target))
  var target: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("Set a parameter of a component. May be repeated.", valueName: "KEY=VALUE"))
  var settings: [String] = []

  @Option(
    help: ArgumentHelp(
      "The loss: \(Loss.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "NAME"),
    completion: .list(Loss.allCases.map(\.rawValue)))
  var loss: String?

  @Option(
    help: ArgumentHelp("How inputs are scaled: none, standardize, minmax.", valueName: "NAME"),
    completion: .list(["none", "standardize", "minmax"]))
  var scaling: String?

  @Option(
    help: ArgumentHelp(
      "How targets that are numbers are scaled: none, standardize (default: standardize in tables).",
      valueName: "NAME"),
    completion: .list(["none", "standardize"]))
  var targetScaling: String?

  @Option(
    help: ArgumentHelp(
      "Add a Gaussian prior to the loss: its width, in spreads of the parameters (default: none).",
      valueName: "WIDTH"))
  var prior: Double?

  @Option(
    help: ArgumentHelp(
      "How much objectives of a scenario weigh in the loss (default: all the same).",
      valueName: "NAME=X,..."))
  var weights: String?

  @Option(
    help: ArgumentHelp(
      "Make the loss of a scenario's objectives by alpha-fairness, with this alpha.",
      valueName: "ALPHA"))
  var fairness: Double?

  // Without a condition, so that a sign is refused as one rather than taken for an option.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The seed of all random numbers (default: 1).", valueName: "N"),
    transform: RunCommand.parsedSeed)
  var seed: UInt64?

  @Option(
    help: ArgumentHelp(
      "Train this many times, with the seed and those after it, and keep the lowest loss on the validation split, "
        + "or on the training split (default: 1).", valueName: "N"))
  var starts: Int?

  @Option(
    help: ArgumentHelp(
      "Rows of a minibatch; 0: all (default: what suits the optimizer).", valueName: "N"))
  var batchSize: Int?

  @OptionGroup(title: "Budget") var budget: BudgetOptions

  @Option(
    help: ArgumentHelp(
      "Folder for the model and the checkpoint (default: one of the user's state folder).",
      valueName: "DIR"),
    completion: .directory)
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Keep the model at the start and this many times in each decade of passes, for 'qhost entangle'.",
      valueName: "N"))
  var snapshots: Int?

  @Option(
    help: ArgumentHelp("Continue with the interrupted run of this folder.", valueName: "DIR"),
    completion: .directory)
  var resume: String?

  @Option(
    help: ArgumentHelp(
      "Give up when one call into a plugin takes longer.", valueName: "SECONDS"))
  var callTimeout: Double = 300

  @Flag(help: "Print one JSON object (schema qhost.run/2) instead of text.")
  var json = false

  @OptionGroup(title: "A model before") var first: FirstOptions

  @OptionGroup(title: "Online") var online: OnlineOptions

  @OptionGroup(title: "Isolation") var isolation: IsolationOptions

  @OptionGroup(title: "Host") var host: HostOptions

  static func parsedSeed(_ text: String) throws -> UInt64 {
    guard let seed = UInt64(text) else {
      throw ValidationError("it must be an integer from 0 to \(UInt64.max)")
    }
    return seed
  }

  /// What the options ask for.
  ///
  /// - Parameter catalogue: where models say what goes with them.
  /// - Returns: the run.
  /// - Throws: kind `usage`.
  func specification(_ catalogue: PluginCatalogue) throws -> RunSpecification {
    var words = try Settings(settings)
    if let solver { words.set("optimizer.solver", to: solver) }
    var specification = RunSpecification(
      optimizer: optimizer ?? "tunneling", model: model ?? "mlp", dataset: dataset ?? "iris",
      settings: words, seed: seed ?? 1)
    specification.target = target
    specification.start = from
    specification.loss = loss
    specification.scaling = scaling
    specification.targetScaling = targetScaling
    specification.prior = prior
    specification.scalarisation = try Scalarisation(weights: weights, fairness: fairness)
    if let batchSize, batchSize < 0 {
      throw RunError(.usage, "--batch-size cannot be \(batchSize): it must be at least 0")
    }
    specification.batchRows = batchSize
    if let snapshots, !(1...TrainingRun.mostSnapshots).contains(snapshots) {
      throw RunError(
        .usage,
        "--snapshots cannot be \(snapshots): it must be 1 to \(TrainingRun.mostSnapshots)")
    }
    specification.snapshots = snapshots
    specification.budget = try budget.budget()
    if model != nil {
      var open: OpenChoices = dataset == nil ? .dataset : []
      if optimizer == nil, !budget.isGiven { open.insert(.optimizer) }
      try specification.takeCompanions(open, from: catalogue)
    }
    return specification
  }

  func run() throws {
    guard callTimeout > 0, callTimeout.isFinite else {
      throw RunError(.usage, "--call-timeout cannot be \(callTimeout): it must be above 0")
    }
    if let job = try online.job(for: self) { return try job.run(self) }
    let known = try resume.map { try resumed($0) }
    let session = try Session(host, seed: known?.specification.seed ?? seed ?? 1)
    let policy = try session.isolate(
      IsolationChoice(host, isolation, callTimeout: callTimeout))
    let job = try known ?? fresh(session.catalogue)
    try Self.checkUse(of: policy, job.specification, session.catalogue)
    session.handleInterrupts()
    session.watchCalls(forSeconds: callTimeout, remedy: job.folder?.remedy ?? RunFolder.remedy)
    if let starts {
      try StartsJob(count: starts, job: job).run(session, command: self)
    } else {
      try startNear(job, session).run(session, command: self)
    }
  }

  /// The run from the model of --first, which is trained now; without one as it is.
  func startNear(_ job: RunJob, _ session: Session) throws -> RunJob {
    guard let specification = try first.specification(before: job.specification) else { return job }
    let folder = try job.folder.map { (folder) throws(RunError) in
      try RunFolder(named: folder.path + "/first")
    }
    let first = RunJob(specification: specification, folder: folder, isResumed: false)
    var own = job.specification
    own.start = try first.runFirst(session, command: self)
    return RunJob(specification: own, folder: job.folder, isResumed: false)
  }

  /// Refuses to isolate what the run does not have: the user would take it for isolated.
  private static func checkUse(
    of policy: IsolationPolicy, _ specification: RunSpecification, _ catalogue: PluginCatalogue
  ) throws(RunError) {
    guard !policy.names.isEmpty else { return }
    let plans = try RunPlans(specification, catalogue: catalogue).all
    let all = plans.flatMap { [$0] + $0.allDependencies }
    guard let name = policy.unused(all).first else { return }
    throw RunError(
      .usage,
      "--isolate \(name): nothing of it is in this run, which has "
        + all.map(\.component.culprit).joined(separator: ", ") + "; name one of these")
  }

  private func fresh(_ catalogue: PluginCatalogue) throws -> RunJob {
    let specification = try specification(catalogue)
    let folder = try output.map { (path) throws(RunError) in try RunFolder(named: path) }
    return RunJob(specification: specification, folder: folder, isResumed: false)
  }

  private func resumed(_ path: String) throws -> RunJob {
    try checkResuming()
    return RunJob(
      specification: try TrainingRun.specification(in: path), folder: RunFolder(existing: path),
      isResumed: true)
  }

  /// Refuses what does not go with a run that continues.
  ///
  /// - Throws: kind `usage`.
  func checkResuming() throws(RunError) {
    let given: [(String, Bool)] = [
      ("--optimizer", optimizer != nil), ("--solver", solver != nil), ("--model", model != nil),
      ("--dataset", dataset != nil), ("--from", from != nil), ("--first", first.first != nil),
      ("--starts", starts != nil), ("--target", target != nil),
      ("--set", !settings.isEmpty),
      ("--loss", loss != nil),
      ("--scaling", scaling != nil), ("--target-scaling", targetScaling != nil),
      ("--prior", prior != nil),
      ("--weights", weights != nil), ("--fairness", fairness != nil), ("--seed", seed != nil),
      ("--batch-size", batchSize != nil), ("--snapshots", snapshots != nil),
      ("--output", output != nil), ("--max-evals", budget.maxEvals != nil),
      ("--max-forward-equivalents", budget.maxForwardEquivalents != nil),
      ("--max-time", budget.maxTime != nil), ("--until-loss", budget.untilLoss != nil),
      ("--until-accuracy", budget.untilAccuracy != nil),
      ("--until-metric", budget.untilMetric != nil),
    ]
    if let option = given.first(where: { $0.1 }) {
      throw RunError(
        .usage,
        "\(option.0) does not go with --resume, which continues as the run began; leave it out")
    }
  }
}
