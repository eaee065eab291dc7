import Foundation
import QHostInterfaces
import SpikingNeurons

/// What passes and cuts take, beside what `SpikingWork` says that they take.
enum WorkTable {
  /// Nanoseconds of a unit of work.
  private static let unit = 0.02
  private static let cases: [(inputs: Int, hidden: Int, rate: Double)] = [
    (64, 16, 0.05), (64, 64, 0.5), (196, 48, 0.01), (196, 48, 0.1), (196, 48, 0.3), (196, 48, 0.8),
    (700, 64, 0.001), (700, 64, 10.0 / 700), (700, 64, 0.1), (700, 256, 10.0 / 700),
    (700, 256, 0.5),
  ]

  /// Measures it and prints a line for each network.
  static func show(_ stopwatch: Stopwatch) throws {
    print("\nMicroseconds, measured and over them what SpikingWork says; \(Network.steps) steps:")
    print("a row, a row with its gradient, and a cut of an input weight at 8 offsets in 64 rows\n")
    print(
      "network      read-out  input rate  hidden rate      row  said   gradient  said        cut  said"
    )
    for readout in ["count", "trace"] {
      for (inputs, hidden, rate) in cases { try show(inputs, hidden, rate, readout, stopwatch) }
    }
  }

  private static func show(
    _ inputs: Int, _ hidden: Int, _ rate: Double, _ readout: String, _ stopwatch: Stopwatch
  ) throws {
    let rowCount = 64
    let network = try Network(
      inputs: inputs, hidden: hidden, readout: readout, scale: 1, rate: rate, rowCount: rowCount)
    let passes = try stopwatch.nanoseconds([
      { try network.simulate() }, { try network.gradient() },
    ]).map { $0 / Double(rowCount) }
    let weights = network.inputWeights(16)
    let offsets = (0..<8).map { 0.05 * Double($0 + 1) }
    try network.openCuts()
    let cuts = try stopwatch.nanoseconds([
      { for weight in weights { try network.cut(weight, offsets) } }
    ])
    let cut = cuts[0] / Double(weights.count)
    let work = network.model.modelDescription.passWork
    let said = unit * (work.row + work.pass / Double(rowCount))
    let saidGradient = unit * (work.gradientRow + work.gradientPass / Double(rowCount))
    let saidCut =
      try unit * network.model.cutWork(index: weights[0], offsetCount: 8, rowCount: rowCount)
    print(
      "\(inputs)-\(hidden)-20".padding(toLength: 13, withPad: " ", startingAt: 0)
        + readout.padding(toLength: 10, withPad: " ", startingAt: 0)
        + String(
          format: "%10.3f  %11.2f %8.1f%6.2f %10.1f%6.2f %10.1f%6.2f", rate,
          try network.hiddenRate(), passes[0] / 1000, said / passes[0], passes[1] / 1000,
          saidGradient / passes[1], cut / 1000, saidCut / cut))
  }
}
