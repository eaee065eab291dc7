public import QHostRuntime

/// Slurm, through `sbatch`, `squeue` and `scancel`.
public struct SlurmEngine: Engine {
  /// What is passed on to `sbatch`.
  public struct Options: Sendable, Equatable {
    /// `--partition`.
    public var partition: String?
    /// `--account`.
    public var account: String?
    /// `--time`.
    public var time: String?
    /// `--mem`.
    public var memory: String?
    /// `--cpus-per-task`.
    public var processors = 1
    /// Lines of a file for the top of the script, such as `#SBATCH --constraint=avx512`.
    public var template: String?

    /// None is set.
    public init() {}
  }

  /// What it is called.
  public let name = "slurm"
  /// Cells that an element does at the same time.
  public let width: Int
  private let options: Options
  private let folder: String
  private let script: ElementScript

  /// Prepares it.
  ///
  /// - Parameters:
  ///   - options: what is passed on.
  ///   - script: what does an element.
  ///   - width: cells that it does at the same time.
  public init(_ options: Options, script: ElementScript, width: Int) {
    self.options = options
    self.script = script
    self.width = width
    folder = script.folder
  }

  /// Refuses to begin without Slurm.
  public func check() throws(RunError) {
    for program in ["sbatch", "squeue", "scancel"] {
      guard EngineProgram.isThere(program) else {
        throw RunError(
          .resumable,
          "there is no '\(program)', a program of Slurm; install it (Debian: slurm-client), or use --jobs here"
        )
      }
    }
    let (isDone, said) = EngineProgram.run("squeue", ["--noheader", "--me"])
    guard isDone else {
      throw RunError(
        .resumable, "Slurm does not answer: \(said); start slurmctld, or use --jobs here")
    }
  }

  /// Submits elements as one array.
  public func submit(_ elements: [Int], of campaign: Campaign) throws(RunError) -> String {
    let script = try script.write(numberedBy: "SLURM_ARRAY_TASK_ID", template: options.template)
    var arguments = [
      "--parsable", "--array=\(ElementScript.list(elements))", "--job-name=qhost",
      "--comment=\(campaign.token)", "--chdir=\(folder)",
      // One file an attempt: two that write one file cut each other off.
      "--output=\(folder)/elements/slurm-%A_%a.log", "--open-mode=append", "--no-requeue",
      "--cpus-per-task=\(options.processors)",
    ]
    let named = [
      ("partition", options.partition), ("account", options.account), ("time", options.time),
      ("mem", options.memory),
    ]
    for (name, value) in named { if let value { arguments.append("--\(name)=\(value)") } }
    let (isDone, said) = EngineProgram.run("sbatch", arguments + [script])
    let words = said.split(separator: "\n").last.map(String.init) ?? ""
    let job = words.prefix { $0.isNumber }
    guard isDone, !job.isEmpty else {
      throw RunError(
        .usage, "Slurm refuses the array: \(said); change the options after --on slurm")
    }
    return String(job)
  }

  /// The states of the elements of all its jobs; of one that was submitted twice, the last.
  public func states(of campaign: Campaign) -> [Int: ElementState]? {
    var states: [Int: ElementState] = [:]
    for job in campaign.jobs {
      // Elements are known by the array's number and their own: the last one's job number is the array's.
      let (isDone, said) = EngineProgram.run(
        "squeue",
        ["--noheader", "--array", "--states=all", "--jobs=\(job)", "--format=%K|%T|%k|%l|%m"])
      guard isDone else {
        // What ended long ago is forgotten; anything else is an engine that does not answer.
        if said.contains("Invalid job id") { continue }
        return nil
      }
      for line in said.split(separator: "\n") {
        let fields = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 5, let element = Int(fields[0]), fields[2] == campaign.token else {
          continue
        }
        states[element] = Self.state(fields[1], time: fields[3], memory: fields[4])
      }
    }
    return states
  }

  private static func state(_ word: String, time: String, memory: String) -> ElementState {
    switch word {
    case "PENDING", "CONFIGURING", "SUSPENDED", "REQUEUED", "REQUEUE_HOLD", "SPECIAL_EXIT",
      "STOPPED":
      .waiting
    case "RUNNING": .running
    case "COMPLETING", "RESIZING", "SIGNALING", "STAGE_OUT": .ending
    case "TIMEOUT", "DEADLINE": .overLimit("its time (limit \(time)); allow more with --time")
    case "OUT_OF_MEMORY": .overLimit("its memory (limit \(memory)); allow more with --mem")
    default: .ended(word)
    }
  }

  /// The job with the campaign's token.
  public func job(of campaign: Campaign) -> String? {
    let (isDone, said) = EngineProgram.run(
      "squeue", ["--noheader", "--me", "--states=all", "--format=%F|%k"])
    guard isDone else { return nil }
    return said.split(separator: "\n").map { $0.split(separator: "|").map(String.init) }
      .first { $0.count == 2 && $0[1] == campaign.token }?[0]
  }

  /// Ends all elements of all its jobs that carry its token.
  public func cancel(_ campaign: Campaign) {
    guard let states = states(of: campaign), states.values.contains(where: \.isAlive) else {
      return
    }
    _ = EngineProgram.run("scancel", campaign.jobs)
  }

  /// Ends one element in whichever of its jobs it is, by the array's number and its own.
  public func cancel(_ element: Int, of campaign: Campaign) {
    guard let state = states(of: campaign)?[element], state.isAlive else { return }
    _ = EngineProgram.run("scancel", campaign.jobs.map { "\($0)_\(element)" })
  }
}
