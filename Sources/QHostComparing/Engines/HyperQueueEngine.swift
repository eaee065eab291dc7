public import QHostRuntime

/// HyperQueue, through its program `hq`.
///
/// Its numbers of jobs start again at 1 with each new server, so a job is taken for one of a campaign by its name, which
/// is the campaign's token.
public struct HyperQueueEngine: Engine {
  /// What is passed on to `hq submit`.
  public struct Options: Sendable, Equatable {
    /// `--time-limit`.
    public var time: String?
    /// Of the resource `mem`.
    public var memory: String?
    /// `--cpus`.
    public var processors = 1
    /// Lines of a file for the top of the script, such as `#HQ --priority=10`.
    public var template: String?

    /// None is set.
    public init() {}
  }

  private static let program = "hq"
  private static let json = "--output-mode=json"
  private static let remedy = "start one ('hq server start', 'hq worker start'), or use --jobs here"

  /// What it is called.
  public let name = "hyperqueue"
  /// Cells that an element does at the same time.
  public let width: Int
  private let options: Options
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
  }

  /// Refuses to begin without HyperQueue, or without a server.
  public func check() throws(RunError) {
    guard EngineProgram.isThere(Self.program) else {
      throw RunError(
        .resumable,
        "there is no '\(Self.program)', the program of HyperQueue; put it into a folder of PATH "
          + "(https://it4innovations.github.io/hyperqueue; the package of PyPI does not have it), or use --jobs here"
      )
    }
    let (isDone, said) = EngineProgram.run(Self.program, [Self.json, "server", "info"])
    guard isDone else {
      throw RunError(.resumable, "HyperQueue does not answer: \(Self.words(said)); \(Self.remedy)")
    }
  }

  /// Submits elements as the tasks of one job.
  public func submit(_ elements: [Int], of campaign: Campaign) throws(RunError) -> String {
    let path = try script.write(numberedBy: "HQ_TASK_ID", template: options.template)
    let folder = script.folder
    var arguments = [
      Self.json, "submit", "--array=\(ElementScript.list(elements))", "--name=\(campaign.token)",
      "--cpus=\(options.processors)", "--cwd=\(folder)",
      // One file an attempt: each begins its file again. The script joins its two outputs.
      "--stdout=\(folder)/elements/hyperqueue-%{SERVER_UID}-%{JOB_ID}_%{TASK_ID}-%{INSTANCE_ID}.log",
      "--stderr=none",
    ]
    if let time = options.time { arguments.append("--time-limit=\(time)") }
    if let memory = options.memory { arguments.append("--resource=mem=\(memory)") }
    if options.template != nil { arguments.append("--directives=file") }
    let (isDone, said) = EngineProgram.run(Self.program, arguments + ["--", path])
    guard isDone, let job = Self.value(said, as: Submitted.self) else {
      throw RunError(
        .usage,
        "HyperQueue refuses the array: \(Self.words(said)); change the options after --on hyperqueue"
      )
    }
    return "\(job.id)"
  }

  /// The states of the tasks of all its jobs; of one that was submitted twice, the last.
  public func states(of campaign: Campaign) -> [Int: ElementState]? {
    var states: [Int: ElementState] = [:]
    guard let jobs = jobs(of: campaign) else { return nil }
    for number in jobs {
      let (isDone, said) = EngineProgram.run(
        Self.program, [Self.json, "job", "info", "\(number)"])
      guard isDone, let details = Self.value(said, as: [Detail].self) else { return nil }
      for detail in details where detail.info.name == campaign.token {
        for task in detail.tasks { states[task.id] = state(of: task) }
      }
    }
    return states
  }

  private func state(of task: Task) -> ElementState {
    switch task.state {
    case "waiting": return .waiting
    case "running": return .running
    default:
      if task.error?.contains("Time limit reached") ?? false {
        return .overLimit("its time (limit \(options.time ?? "unknown")); allow more with --time")
      }
      return .ended(task.error.map { "\(task.state): \($0)" } ?? task.state)
    }
  }

  /// The last job with the campaign's token.
  public func job(of campaign: Campaign) -> String? { jobs(of: campaign)?.last.map { "\($0)" } }

  /// Ends its jobs.
  public func cancel(_ campaign: Campaign) {
    for number in jobs(of: campaign) ?? [] {
      _ = EngineProgram.run(Self.program, [Self.json, "job", "cancel", "\(number)"])
    }
  }

  /// HyperQueue ends whole jobs only; it watches its workers itself.
  public func cancel(_ element: Int, of campaign: Campaign) {}

  /// The numbers of the campaign's jobs that the server knows, the oldest first; `nil`: it does not answer.
  private func jobs(of campaign: Campaign) -> [Int]? {
    let (isDone, said) = EngineProgram.run(Self.program, [Self.json, "job", "list", "--all"])
    guard isDone, let jobs = Self.value(said, as: [Info].self) else { return nil }
    return jobs.filter { $0.name == campaign.token }.map(\.id).sorted()
  }

  private struct Submitted: Decodable {
    var id: Int
  }

  private struct Info: Decodable {
    var id: Int
    var name: String
  }

  private struct Task: Decodable {
    var id: Int
    var state: String
    var error: String?
  }

  private struct Detail: Decodable {
    var info: Info
    var tasks: [Task]
  }

  private struct Complaint: Decodable {
    var error: String
  }

  /// What it says, which may have lines for people before it.
  private static func value<Value: Decodable>(_ said: String, as: Value.Type) -> Value? {
    let bytes = Array(said.utf8)
    if let value: Value = JSONText.value(of: bytes) { return value }
    let marks: Set<UInt8> = [UInt8(ascii: "{"), UInt8(ascii: "[")]
    for place in bytes.indices
    where marks.contains(bytes[place]) && (place == 0 || bytes[place - 1] == 0x0A) {
      if let value: Value = JSONText.value(of: Array(bytes[place...])) { return value }
    }
    return nil
  }

  /// Its complaint in one line.
  private static func words(_ said: String) -> String {
    let text = value(said, as: Complaint.self)?.error ?? said
    return text.split(whereSeparator: \.isNewline).map { String($0) }.joined(separator: " ")
  }
}
