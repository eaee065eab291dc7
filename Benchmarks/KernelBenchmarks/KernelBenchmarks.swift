import ArgumentParser
import Foundation

/// Measures each kernel beside its plain twin, and checks that they agree.
@main
struct KernelBenchmarks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kernel-benchmarks",
    abstract: "Measure each kernel beside its plain twin, in processor time.",
    discussion: """
      A table of nanoseconds a call and their ratio. It ends with exit code 1 where a kernel's results are not \
      its twin's.
      """)

  @Option(help: "Only kernels whose names have this text.")
  var only: String?

  @Option(help: "Rounds, of which the median counts.")
  var rounds = 9

  @Option(help: "Milliseconds of a sample.")
  var milliseconds = 10.0

  @Flag(help: "Write the measurements as JSON.")
  var json = false

  @Flag(help: "List the kernels and measure nothing.")
  var list = false

  func validate() throws {
    guard rounds >= 1 else { throw ValidationError("--rounds must be at least 1") }
    guard milliseconds > 0 else { throw ValidationError("--milliseconds must be above 0") }
  }

  private static func duels() -> [Duel] {
    LossDuels.all() + DenseDuels.all() + IntegerDuels.all() + NumericsDuels.all()
      + RandomDuels.all() + RowDuels.all() + FlipDuels.all() + ActivationDuels.all()
      + CutDuels.all() + ConvolutionDuels.all() + CircuitDuels.all() + LineDuels.all()
      + PathDuels.all() + PotentialDuels.all() + SpinDuels.all() + SpikingDuels.all()
      + RadioDuels.all() + SpikeHistoryDuels.all()
  }

  func run() throws {
    // All are kept to the end: kernels work on memory that another one's twin may own.
    let all = Self.duels()
    defer { withExtendedLifetime(all) {} }
    let duels = all.filter { only.map($0.kernel.contains) ?? true }
    guard !duels.isEmpty else {
      throw ValidationError("no kernel has '\(only ?? "")' in its name; --list lists them")
    }
    if list { return duels.forEach { print($0.kernel) } }
    if !json { print(Self.row(["kernel", "twin", "shape", "ns", "twin's ns", "ratio"])) }
    var measured: [Measurement] = []
    for duel in duels {
      let result = Measurement(duel, milliseconds: milliseconds, rounds: rounds)
      measured.append(result)
      if !json { print(Self.row(result)) }
    }
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      print(String(decoding: try encoder.encode(measured), as: UTF8.self))
    }
    let wrong = zip(duels, measured).filter { !($0.1.difference <= $0.0.tolerance) }
    for (duel, result) in wrong {
      FileHandle.standardError.write(
        Data(
          "error: \(duel.kernel) differs from its twin by \(result.difference), more than \(duel.tolerance)\n"
            .utf8))
    }
    if !wrong.isEmpty { throw ExitCode(1) }
  }

  private static func row(_ result: Measurement) -> String {
    row([
      result.kernel, result.twin, result.shape, String(format: "%.0f", result.nanoseconds),
      String(format: "%.0f", result.twinNanoseconds), String(format: "%.1f", result.ratio),
    ])
  }

  private static func row(_ cells: [String]) -> String {
    let widths = [36, 20, 34, 12, 12, 8]
    return zip(cells, widths).enumerated().map { place, cell in
      let gap = String(repeating: " ", count: max(0, cell.1 - cell.0.count))
      return place < 3 ? cell.0 + gap : gap + cell.0
    }.joined(separator: " ")
  }
}
