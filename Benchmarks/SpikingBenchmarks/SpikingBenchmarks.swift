import ArgumentParser

/// Measures cuts of spiking networks beside whole simulations, and the choices that depend on such figures.
@main
struct SpikingBenchmarks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spiking-benchmarks",
    abstract: "Measure cuts of spiking networks beside whole simulations, in processor time.",
    discussion: """
      Three tables: cuts as parts of a simulation; currents by events and by dense products, and which of them a layer takes; \
      rows and cuts beside the work that the host is told.
      """)

  @Option(help: "Only this table: cuts, currents or work.")
  var only: String?

  @Option(help: "Rounds, of which the median counts.")
  var rounds = 3

  @Option(help: "Milliseconds of a sample.")
  var milliseconds = 20.0

  private static let tables = ["cuts", "currents", "work"]

  func validate() throws {
    guard rounds >= 1 else { throw ValidationError("--rounds must be at least 1") }
    guard milliseconds > 0 else { throw ValidationError("--milliseconds must be above 0") }
    guard only.map(Self.tables.contains) ?? true else {
      throw ValidationError(
        "there is no table '\(only ?? "")'; take one of \(Self.tables.joined(separator: ", "))")
    }
  }

  func run() throws {
    let stopwatch = Stopwatch(rounds: rounds, milliseconds: milliseconds)
    for table in Self.tables where only ?? table == table {
      switch table {
      case "cuts": try CutTable.show(stopwatch)
      case "currents": try CurrentTable.show(stopwatch)
      default: try WorkTable.show(stopwatch)
      }
    }
  }
}
