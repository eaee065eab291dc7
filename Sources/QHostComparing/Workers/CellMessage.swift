internal import FoundationEssentials
public import QHostRuntime

/// What a worker process is told first.
public struct WorkerSettings: Sendable, Codable {
  /// Folders in which plugins are looked for first.
  public var pluginFolders: [String]
  /// Threads of the worker.
  public var threads: Int
  /// Seconds that one call into a plugin may take.
  public var callTimeout: Double
  /// Whether messages for authors of plugins are shown.
  public var isVerbose: Bool
  /// What works in processes of its own.
  public var isolation: Isolation

  /// What works in processes of its own.
  public struct Isolation: Sendable, Codable {
    /// What the user names.
    public var names: [String]
    /// The memory of each such process; `nil`: the most.
    public var memoryMegabytes: Int?
    /// Whether plugins do that nobody vouches for.
    public var isolatesUntrusted: Bool
    /// The file of the user's list of trusted plugins.
    public var trustList: String

    /// Makes a choice.
    public init(
      names: [String], memoryMegabytes: Int?, isolatesUntrusted: Bool, trustList: String
    ) {
      self.names = names
      self.memoryMegabytes = memoryMegabytes
      self.isolatesUntrusted = isolatesUntrusted
      self.trustList = trustList
    }
  }

  /// Makes settings.
  public init(
    pluginFolders: [String], threads: Int, callTimeout: Double, isVerbose: Bool,
    isolation: Isolation
  ) {
    self.pluginFolders = pluginFolders
    self.threads = threads
    self.callTimeout = callTimeout
    self.isVerbose = isVerbose
    self.isolation = isolation
  }

  /// The settings as one line.
  func line() throws(RunError) -> [UInt8] { try CellMessage.line(self) }

  /// Reads a line.
  public init(line: [UInt8]) throws(RunError) { self = try CellMessage.decoded(line) }
}

/// One piece of work for a worker process.
struct CellRequest: Sendable, Codable {
  /// What to do.
  enum Kind: String, Sendable, Codable {
    /// Make the parts and say what they are.
    case check
    /// Train, and write the cell's record.
    case run
  }

  var kind: Kind
  /// The cell; of a check, or of a run that is only tried, with the place of its combination as number.
  var cell: Cell
}

/// What a worker says of a combination that works.
struct CombinationCheck: Sendable, Codable, Equatable {
  /// The SHA-256 of the dataset's rows.
  var datasetHash: String
  /// Rows of each split.
  var rows: [String: Int]
  /// Trainable parameters.
  var parameterCount: Int
  /// Rows of a minibatch.
  var batchRows: Int
  /// Whether the model gives all rows the same outputs, though they have inputs.
  var ignoresInputs: Bool
  /// Passes of the training split that the optimizer's first question costs.
  var leastPasses: Double
  /// What the figures of its runs are, by name.
  var figures: [String: MetricFacts]
  /// The SHA-256 of the files that inner models start from, by path.
  var starts: [String: String]
}

/// How a run in a worker is doing.
public struct CellProgress: Sendable, Codable {
  /// The part of the budget that is spent.
  public var fraction: Double
  /// The best loss so far.
  public var bestLoss: Double
}

/// Why a request could not be done.
struct CellRefusal: Sendable, Codable, Equatable {
  /// The raw value of a ``RunError/Kind``.
  var kind: Int32
  var message: String
}

/// A line from a worker: one letter for what it is, then JSON.
enum CellReply {
  /// The worker is there.
  case ready
  case progress(CellProgress)
  case checked(CombinationCheck)
  /// A line for the journal, as it is.
  case record([UInt8])
  case refused(CellRefusal)

  func line() throws(RunError) -> [UInt8] {
    switch self {
    case .ready: [UInt8(ascii: "H"), 0x0A]
    case .progress(let value): [UInt8(ascii: "P")] + (try CellMessage.line(value))
    case .checked(let value): [UInt8(ascii: "C")] + (try CellMessage.line(value))
    case .record(let line): [UInt8(ascii: "J")] + line + [0x0A]
    case .refused(let value): [UInt8(ascii: "E")] + (try CellMessage.line(value))
    }
  }

  /// Reads a line without its end.
  init(line: [UInt8]) throws(RunError) {
    let rest = Array(line.dropFirst())
    switch line.first {
    case UInt8(ascii: "H"): self = .ready
    case UInt8(ascii: "P"): self = .progress(try CellMessage.decoded(rest))
    case UInt8(ascii: "C"): self = .checked(try CellMessage.decoded(rest))
    case UInt8(ascii: "J"): self = .record(rest)
    case UInt8(ascii: "E"): self = .refused(try CellMessage.decoded(rest))
    default: throw CellMessage.unreadable
    }
  }
}

/// Lines of JSON between a comparison and its workers.
enum CellMessage {
  static let unreadable = RunError(
    .plugin, "a worker process sent an invalid message; report it")

  private struct CellNumber: Decodable {
    var cell: Int
  }

  /// The number of the cell that a record is of; `nil`: it is none.
  static func cell(of record: [UInt8]) -> Int? {
    (try? decoded(record) as CellNumber)?.cell
  }

  static func line(_ value: some Encodable) throws(RunError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    guard let data = try? encoder.encode(value) else { throw unreadable }
    return Array(data) + [0x0A]
  }

  static func decoded<Value: Decodable>(_ line: [UInt8]) throws(RunError) -> Value {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    guard let value = try? decoder.decode(Value.self, from: Data(line)) else { throw unreadable }
    return value
  }
}
