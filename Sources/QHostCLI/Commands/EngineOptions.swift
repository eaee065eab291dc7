import ArgumentParser
import QHostComparing
import QHostRuntime

/// What does the cells of a comparison in place of this machine.
struct EngineOptions: ParsableArguments {
  static let engines = ["slurm", "hyperqueue", "mpi"]

  @Option(
    help: ArgumentHelp(
      "Have the cells done elsewhere: \(Self.engines.joined(separator: ", ")); mpi: under mpirun.",
      valueName: "ENGINE"),
    completion: .list(Self.engines))
  var on: String?

  @Option(help: ArgumentHelp("With --on slurm: the partition.", valueName: "NAME"))
  var partition: String?

  @Option(help: ArgumentHelp("With --on slurm: the account.", valueName: "NAME"))
  var account: String?

  @Option(
    help: ArgumentHelp(
      "With --on: how long an element may take, as the engine reads it.", valueName: "TIME"))
  var time: String?

  @Option(
    help: ArgumentHelp(
      "With --on: the memory of an element, as the engine reads it.", valueName: "SIZE"))
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
      "With --on: seconds without a sign of life after which an element that is said to run is done again.",
      valueName: "SECONDS"))
  var silenceTime: Double?

  @Option(
    help: ArgumentHelp(
      "With --on: a file of further lines for the top of the script (#SBATCH ..., #HQ ...).",
      valueName: "FILE"),
    completion: .file())
  var template: String?

  func validate() throws {
    let given: [(option: String, isGiven: Bool, engines: [String])] = [
      ("--partition", partition != nil, ["slurm"]), ("--account", account != nil, ["slurm"]),
      ("--time", time != nil, ["slurm", "hyperqueue"]),
      ("--mem", mem != nil, ["slurm", "hyperqueue"]),
      ("--cpus-per-task", cpusPerTask != nil, ["slurm", "hyperqueue"]),
      ("--template", template != nil, ["slurm", "hyperqueue"]),
      ("--element-time", elementTime != nil, Self.engines),
      ("--silence-time", silenceTime != nil, Self.engines),
    ]
    guard let on else {
      if let option = given.first(where: { $0.isGiven }) {
        throw ValidationError(
          "\(option.option) goes with an engine; name one with --on, or leave it out")
      }
      return
    }
    guard Self.engines.contains(on) else {
      throw ValidationError(
        "there is no engine '\(on)'" + Suggestion.sentence(for: on, among: Self.engines))
    }
    if let option = given.first(where: { $0.isGiven && !$0.engines.contains(on) }) {
      throw ValidationError(
        "\(option.option) is for \(option.engines.joined(separator: " and ")), not for \(on); leave it out"
      )
    }
    for (name, value) in [("--element-time", elementTime), ("--silence-time", silenceTime)] {
      if let value, !(value > 0 && value.isFinite) {
        throw ValidationError("\(name) cannot be \(value): it must be above 0")
      }
    }
    if let cpusPerTask, !(1...1024).contains(cpusPerTask) {
      throw ValidationError(
        "--cpus-per-task cannot be \(cpusPerTask): it must be at least 1 and at most 1024")
    }
  }
}
