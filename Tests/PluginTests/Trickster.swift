import Foundation
import QHostPluginTesting
import QHostRuntime
import QHostTesting
import Testing

/// Runs of the fixture whose optimizer, scenario and model do what their parameter `trick` says.
struct Trickster {
  /// Which of its components does the trick.
  enum Part: String, Sendable {
    case optimizer, dataset, model

    /// The command line of a run with it.
    func command(_ trick: String) -> [String] {
      let set = ["--set", "\(self).trick=\(trick)"]
      switch self {
      case .optimizer:
        return [
          "--optimizer", "fixture-trick", "--dataset", "fixture-trick", "--model", "direct",
        ] + set
      case .dataset:
        return ["--optimizer", "random", "--dataset", "fixture-trick", "--model", "direct"] + set
      case .model:
        return ["--optimizer", "random", "--dataset", "iris", "--model", "fixture-trick"] + set
      }
    }
  }

  static let folder: Result<TemporaryFolder, any Error> = Result {
    let folder = try TemporaryFolder()
    try CCompiler.fixture("containment", in: folder)
    return folder
  }

  /// One run.
  static func run(
    _ part: Part, _ trick: String, evaluations: Int = 300, _ options: [String] = []
  ) throws -> Program {
    try HostProgram.run(
      ["run", "--max-evals", "\(evaluations)", "--call-timeout", "10", "--json"]
        + part.command(trick) + options, plugins: [try folder.get().path], timeoutSeconds: 60)
  }

  /// Any other command.
  static func command(_ arguments: [String]) throws -> Program {
    try HostProgram.run(arguments, plugins: [try folder.get().path], timeoutSeconds: 60)
  }

  /// What a record says of the result, without what differs from run to run.
  static func metrics(_ json: String) throws -> Substring {
    let start = try #require(json.range(of: "\"metrics\":"), "no metrics in '\(json.prefix(200))'")
    return json[start.upperBound...].prefix { $0 != "]" && $0 != "}" }
  }
}

/// Something that ends a run, and the words that must say so.
struct Ended: Sendable, CustomTestStringConvertible {
  let part: Trickster.Part
  let trick: String
  let code: Int32
  let words: String
  let options: [String]

  var testDescription: String { "\(part) \(trick)" }

  init(
    _ part: Trickster.Part, _ trick: String, _ words: String, code: Int32 = 4,
    options: [String] = []
  ) {
    self.part = part
    self.trick = trick
    self.code = code
    self.words = words
    self.options = options
  }

  static let all = [
    // Ends of the process that the host has not asked for.
    Ended(.optimizer, "exit", "optimizer 'fixture-trick' ended the program in ask"),
    Ended(.optimizer, "exit-5", "optimizer 'fixture-trick' ended the program in ask"),
    Ended(.optimizer, "create-exit", "optimizer 'fixture-trick' ended the program in create"),
    Ended(
      .optimizer, "exit-in-thread", "ended the program while optimizer 'fixture-trick' was in ask"),
    Ended(.dataset, "exit", "dataset 'fixture-trick' ended the program in score"),
    Ended(.dataset, "create-exit", "dataset 'fixture-trick' ended the program in create"),
    Ended(.model, "exit", "model 'fixture-trick' ended the program in forward"),
    // Crashes outside of the calls that are watched most.
    Ended(.optimizer, "crash-in-thread", "libqhost-containment.so' crashed in a thread of its own"),
    Ended(.optimizer, "alarm", "optimizer 'fixture-trick' crashed in ask (SIGALRM"),
    Ended(.optimizer, "nowhere", "optimizer 'fixture-trick' crashed in ask (SIGSEGV"),
    Ended(.optimizer, "many", "optimizer 'fixture-trick' crashed in ask (SIGSEGV"),
    Ended(.dataset, "source", "dataset 'fixture-trick' crashed in describe"),
    Ended(.dataset, "describe", "dataset 'fixture-trick' crashed in describe"),
    Ended(.model, "describe", "model 'fixture-trick' crashed in describe"),
    Ended(.model, "close", "model 'fixture-trick' crashed in close"),
    // Sizes that no machine has.
    Ended(.dataset, "rows", "its train_rows is 1152921504606846976"),
    Ended(.dataset, "rows-for-memory", "its test_rows is 1125899906842624"),
    Ended(.dataset, "metrics", "its metric_count is 1073741824"),
    Ended(.model, "huge", "it has 549755813888 parameters, 4.4 TB", code: 2),
    // What counts in a component's own favour.
    Ended(.dataset, "metric-loss", "names a metric 'loss'"),
    Ended(.dataset, "minus-infinity", "gave the loss minus infinity"),
    // Descriptions that do not fit together.
    Ended(.model, "blocks", "two of its parameter blocks are called 'bias'"),
    Ended(.model, "scales", "the scale of parameter 0 is 0.0"),
    Ended(.model, "start", "starts with 0.25 for parameter 0, which lies between 5.0 and inf"),
    Ended(.model, "bounds", "parameter 0 lies between 5.0 and -5.0"),
    Ended(.optimizer, "beyond", "asked for 1000.0 as parameter 1, whose bounds are -5.0 to 5.0"),
    Ended(.model, "rows-beyond", "in ascending order below 100", options: tunneling),
    Ended(.model, "rows-just-beyond", "in ascending order below 100", options: tunneling),
    Ended(.model, "rows-descending", "in ascending order below 100", options: tunneling),
    Ended(.model, "rows-too-many", "(101 at offset 0)", options: tunneling),
    // One line, whatever the message has in it.
    Ended(.optimizer, "escape", "one two \\u001B[31mred"),
    Ended(.optimizer, "fatal", "all is lost"),
  ]

  private static let tunneling = ["--optimizer", "tunneling", "--max-evals", "3000"]
}

/// Something that harms the whole process, what must be said of it, and what the run's result must not notice.
struct Harm: Sendable, CustomTestStringConvertible {
  let trick: String
  let words: String

  var testDescription: String { trick }

  init(_ trick: String, _ words: String = "") {
    self.trick = trick
    self.words = words
  }

  static let all =
    [
      Harm("round", "optimizer 'fixture-trick' changed how the processor rounds in ask"),
      Harm("create-round", "optimizer 'fixture-trick' changed how the processor rounds in create"),
      Harm("locale", "optimizer 'fixture-trick' changed the locale in ask"),
      Harm("signals", "changed how the program handles signals"),
      Harm("create-signals", "'fixture-trick' changed how the program handles signals"),
      Harm("umask", "changed the permissions of new files"),
      Harm("folder", "changed the working directory"),
      Harm("limits", "changed the limits of the program"),
      Harm("close"), Harm("fclose"), Harm("print", "garbage"), Harm("print-late", "unflushed"),
      Harm("print-in-destroy", "garbage"),
      Harm("fork", "optimizer 'fixture-trick' made a copy of the program in ask by fork()"),
    ] + processor

  #if arch(x86_64)
  private static let processor = [
    Harm("flush-to-zero", "changed how the processor treats subnormal numbers in ask"),
    Harm("trap", "changed which floating-point exceptions are trapped in ask"),
  ]
  #else
  private static let processor: [Harm] = []
  #endif
}
