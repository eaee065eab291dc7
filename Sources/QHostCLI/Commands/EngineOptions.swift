import ArgumentParser
import QHostComparing
import QHostRuntime

/// What does the cells of a comparison in place of this machine.
struct EngineOptions: ParsableArguments {
  static let engines = ["slurm"]

  @Option(
    help: ArgumentHelp(
      "Have the cells done by a scheduler: \(Self.engines.joined(separator: ", ")).",
      valueName: "ENGINE"),
    completion: .list(Self.engines))
  var on: String?

  @Option(help: ArgumentHelp("With --on: the partition.", valueName: "NAME"))
  var partition: String?

  @Option(help: ArgumentHelp("With --on: the account.", valueName: "NAME"))
  var account: String?

  @Option(
    help: ArgumentHelp(
      "With --on: how long an element may take, as sbatch reads it.", valueName: "TIME"))
  var time: String?

  @Option(
    help: ArgumentHelp(
      "With --on: the memory of an element, as sbatch reads it.", valueName: "SIZE"))
  var mem: String?

  @Option(
    help: ArgumentHelp(
      "With --on: processors of an element, which does as many cells at once.", valueName: "N"))
  var cpusPerTask: Int?

  @Option(
    help: ArgumentHelp(
      "With --on: seconds that an element is to take at least.", valueName: "SECONDS"))
  var elementTime: Double?

  @Option(
    help: ArgumentHelp(
      "With --on: a file of further lines for the top of the script (#SBATCH ...).",
      valueName: "FILE"),
    completion: .file())
  var template: String?

  func validate() throws {
    let given: [(String, Bool)] = [
      ("--partition", partition != nil), ("--account", account != nil), ("--time", time != nil),
      ("--mem", mem != nil), ("--element-time", elementTime != nil),
      ("--cpus-per-task", cpusPerTask != nil), ("--template", template != nil),
    ]
    guard let on else {
      if let option = given.first(where: { $0.1 }) {
        throw ValidationError("\(option.0) is for a scheduler; name one with --on, or leave it out")
      }
      return
    }
    guard Self.engines.contains(on) else {
      throw ValidationError(
        "there is no engine '\(on)'" + Suggestion.sentence(for: on, among: Self.engines))
    }
    if let elementTime, !(elementTime > 0 && elementTime.isFinite) {
      throw ValidationError("--element-time cannot be \(elementTime): it must be above 0")
    }
    if let cpusPerTask, !(1...1024).contains(cpusPerTask) {
      throw ValidationError(
        "--cpus-per-task cannot be \(cpusPerTask): it must be at least 1 and at most 1024")
    }
  }

  /// The engine for a folder; `nil`: this machine.
  ///
  /// - Throws: kind `data` when the template cannot be read, `usage` when the engine does not answer.
  func engine(folder: String, work: WorkOptions) throws(RunError) -> (any Engine)? {
    guard on != nil else { return nil }
    var options = SlurmEngine.Options()
    (options.partition, options.account, options.time, options.memory) = (
      partition, account, time, mem
    )
    options.processors = cpusPerTask ?? work.threadCount
    if let template {
      options.template = String(decoding: try FileAccess.read(template), as: UTF8.self)
    }
    var command = [
      Environment.executable, ElementCommand.configuration.commandName ?? "", folder,
      "--jobs", "\(max(1, options.processors / work.threadCount))", "--threads",
      "\(work.threadCount)",
      "--call-timeout", "\(work.callTimeout)",
    ]
    for name in work.isolation.isolate { command += ["--isolate", name] }
    if let megabytes = work.isolation.isolateMemory {
      command += ["--isolate-memory", "\(megabytes)"]
    }
    if work.host.noIsolate { command.append("--no-isolate") }
    if let list = work.host.trust.trustList {
      command += ["--trust-list", FileAccess.absolute(list)]
    }
    for plugins in work.host.plugins { command += ["--plugins", FileAccess.absolute(plugins)] }
    let engine = SlurmEngine(
      options, folder: folder, command: command + ["--element"],
      width: max(1, options.processors / work.threadCount),
      variables: Environment.variables.filter {
        $0.key.hasPrefix("QHOST_") || $0.key.hasPrefix("XDG_")
      })
    try engine.check()
    return engine
  }
}
