internal import Glibc
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

  private static let timeoutSeconds = 60.0

  /// What it is called.
  public let name = "slurm"
  /// Cells that an element does at the same time.
  public let width: Int
  private let options: Options
  private let folder: String
  private let command: [String]
  private let variables: [String: String]

  /// Prepares it.
  ///
  /// - Parameters:
  ///   - options: what is passed on.
  ///   - folder: that of the campaign, from the root.
  ///   - command: what does an element, whose number is appended.
  ///   - width: cells that it does at the same time.
  ///   - variables: of the environment, that it needs.
  public init(
    _ options: Options, folder: String, command: [String], width: Int, variables: [String: String]
  ) {
    self.options = options
    self.folder = folder
    self.command = command
    self.width = width
    self.variables = variables
  }

  /// Refuses to begin without Slurm.
  public func check() throws(RunError) {
    for program in ["sbatch", "squeue", "scancel"] {
      guard (try? ChildProcess(running: program, ["--version"], timeoutSeconds: 10)) != nil else {
        throw RunError(
          .usage,
          "there is no '\(program)', a program of Slurm; install it (Debian: slurm-client), or use --jobs here"
        )
      }
    }
    let (isDone, said) = Self.run("squeue", ["--noheader", "--me"])
    guard isDone else {
      throw RunError(
        .usage, "Slurm does not answer: \(said); start slurmctld, or use --jobs here")
    }
  }

  /// Submits elements as one array.
  public func submit(_ elements: [Int], of campaign: Campaign) throws(RunError) -> String {
    let script = "\(folder)/campaign.sh"
    try FileAccess.write(Array(text.utf8), to: script)
    var arguments = [
      "--parsable", "--array=\(Self.list(elements))", "--job-name=qhost",
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
    let (isDone, said) = Self.run("sbatch", arguments + [script])
    let words = said.split(separator: "\n").last.map(String.init) ?? ""
    let job = words.prefix { $0.isNumber }
    guard isDone, !job.isEmpty else {
      throw RunError(
        .usage, "Slurm refuses the array: \(said); change the options after --on slurm")
    }
    return String(job)
  }

  private var text: String {
    let exports = variables.sorted { $0.key < $1.key }
      .map { "export \($0.key)=\(ShellText.quoted($0.value))\n" }
    return "#!/bin/bash\n" + (options.template.map { $0.hasSuffix("\n") ? $0 : $0 + "\n" } ?? "")
      // Slurm begins in /tmp, without an error, where the folder is not there.
      + "cd \(ShellText.quoted(folder)) || exit 90\n" + exports.joined()
      + "exec \(command.map(ShellText.quoted).joined(separator: " ")) \"$SLURM_ARRAY_TASK_ID\"\n"
  }

  /// The states of the elements of all its jobs; of one that was submitted twice, the last.
  public func states(of campaign: Campaign) -> [Int: ElementState]? {
    var states: [Int: ElementState] = [:]
    for job in campaign.jobs {
      // Elements are known by the array's number and their own: the last one's job number is the array's.
      let (isDone, said) = Self.run(
        "squeue",
        ["--noheader", "--array", "--states=all", "--jobs=\(job)", "--format=%K|%T|%k"])
      guard isDone else {
        // What ended long ago is forgotten; anything else is an engine that does not answer.
        if said.contains("Invalid job id") { continue }
        return nil
      }
      for line in said.split(separator: "\n") {
        let fields = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 3, let element = Int(fields[0]), fields[2] == campaign.token else {
          continue
        }
        states[element] = Self.state(fields[1])
      }
    }
    return states
  }

  private static func state(_ word: String) -> ElementState {
    switch word {
    case "PENDING", "RUNNING", "CONFIGURING", "COMPLETING", "SUSPENDED", "REQUEUED", "RESIZING",
      "SIGNALING", "STAGE_OUT", "STOPPED", "REQUEUE_HOLD", "SPECIAL_EXIT":
      .alive
    case "TIMEOUT", "DEADLINE": .overLimit("its time")
    case "OUT_OF_MEMORY": .overLimit("its memory")
    default: .ended(word)
    }
  }

  /// The job with the campaign's token.
  public func job(of campaign: Campaign) -> String? {
    let (isDone, said) = Self.run(
      "squeue", ["--noheader", "--me", "--states=all", "--format=%F|%k"])
    guard isDone else { return nil }
    return said.split(separator: "\n").map { $0.split(separator: "|").map(String.init) }
      .first { $0.count == 2 && $0[1] == campaign.token }?[0]
  }

  /// Ends all elements of all its jobs that carry its token.
  public func cancel(_ campaign: Campaign) {
    guard let states = states(of: campaign), states.values.contains(.alive) else { return }
    _ = Self.run("scancel", campaign.jobs)
  }

  private static func run(_ program: String, _ arguments: [String]) -> (isDone: Bool, said: String)
  {
    guard
      let child = try? ChildProcess(
        running: program, arguments, timeoutSeconds: timeoutSeconds, mergesError: true)
    else { return (false, "there is no '\(program)'") }
    let said = String(decoding: child.output, as: UTF8.self)
    return (child.ending == .exited(0), said.trimmed)
  }

  /// Numbers as ranges, for example `1-3,7`.
  static func list(_ numbers: [Int]) -> String {
    var parts: [(Int, Int)] = []
    for number in numbers.sorted() {
      if let last = parts.last, last.1 + 1 == number {
        parts[parts.count - 1].1 = number
      } else {
        parts.append((number, number))
      }
    }
    return parts.map { $0.0 == $0.1 ? "\($0.0)" : "\($0.0)-\($0.1)" }.joined(separator: ",")
  }
}

extension String {
  /// Without the ends of lines around it.
  fileprivate var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
