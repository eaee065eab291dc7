import QHostInterfaces

/// The values of the trainer's parameters.
struct TunnelingSettings {
  let offsetCount: Int
  let gridCount: Int
  let boxStart: Double
  let boxEnd: Double
  let hbarStart: Double
  let hbarEnd: Double
  let damping: Double
  let blockSize: Int
  let sweepFraction: Double
  let averaging: Double
  let scan: String
  let scanOffsetCount: Int
  let scanHbar: Double
  let builder: Builder
  let dynamics: PacketDynamics
  let readOut: ReadOut.Kind
  let shared: SharedSettings
  let fullFrom: Double
  let partnerCount: Int
  let noiseStart: Double
  let noiseEnd: Double
  let unitRun: Int

  /// Reads and checks a configuration.
  init(_ configuration: Configuration) throws(ComponentError) {
    offsetCount = configuration.integer("offsets")
    gridCount = configuration.integer("grid")
    boxStart = configuration.real("box_start")
    boxEnd = configuration.real("box_end")
    hbarStart = configuration.real("hbar_start")
    hbarEnd = configuration.real("hbar_end")
    damping = configuration.real("damping")
    blockSize = configuration.integer("block")
    sweepFraction = configuration.real("sweep_fraction")
    averaging = configuration.real("averaging")
    scan = configuration.choice("scan")
    scanOffsetCount = configuration.integer("scan_offsets")
    scanHbar = configuration.real("scan_hbar")
    builder = Builder(rawValue: configuration.choice("builder")) ?? .auto
    dynamics = PacketDynamics(configuration)
    readOut = ReadOut.Kind(rawValue: configuration.choice("read_out")) ?? .auto
    shared = SharedSettings(configuration, dynamics: dynamics, readOut: readOut)
    fullFrom = configuration.real("full_from")
    partnerCount = configuration.integer("partners")
    noiseStart = configuration.real("noise_start")
    noiseEnd = configuration.real("noise_end")
    unitRun = configuration.integer("unit_run")
    for (name, count) in [("offsets", offsetCount), ("scan_offsets", scanOffsetCount)]
    where count % 2 == 0 {
      throw .parameter("\(name) is \(count); give an odd number, so that one offset is 0")
    }
    guard gridCount >= offsetCount else {
      throw .parameter(
        "grid is \(gridCount), less than the \(offsetCount) offsets; give at least as many points")
    }
    guard boxEnd <= boxStart, hbarEnd <= hbarStart else {
      throw .parameter(
        "box and hbar must not grow (box \(boxStart) to \(boxEnd), hbar \(hbarStart) to \(hbarEnd)); "
          + "give ends of at most the starts")
    }
    guard noiseStart == 0 || (noiseEnd > 0 && noiseEnd <= noiseStart) else {
      throw .parameter(
        "noise_end is \(noiseEnd) and noise_start \(noiseStart); give an end above 0 and at most the start, "
          + "or a start of 0 for no noise")
    }
  }
}

extension Tunneling {
  static let cutParameters: [ParameterDescriptor] = [
    .real(
      "box_start", default: 2.5, in: 1e-9...1e9, tunable: true, logarithmic: true,
      "Half the width of a cut at the start of the run, in spreads of the parameter."),
    .real(
      "box_end", default: 0.15, in: 1e-12...1e9, tunable: true, logarithmic: true,
      "Half the width of a cut at the end of the budget, in spreads of the parameter."),
    .real(
      "hbar_start", default: 0.1, in: 1e-6...100, tunable: true, logarithmic: true,
      "ħ at the start, where half the box is 1 long and the loss ranges over 1."),
    .real(
      "hbar_end", default: 0.02, in: 1e-6...100, tunable: true, logarithmic: true,
      "ħ at the end of the budget; above 0, so that wide minima stay preferred."),
    .integer(
      "offsets", default: 3, in: 3...1025, tunable: true,
      "Losses taken along a parameter, an odd number; 3 make a parabola."),
    .integer(
      "grid", default: 17, in: 5...4097, "Points of the grid that a packet lives on."),
    .choice(
      "scan", default: "auto",
      of: [
        .init("auto", "Where a parameter has both bounds and there are no minibatches."),
        .init("always", "Wherever a parameter has both bounds."),
        .init("never", "Cuts as wide as the box only."),
      ], "Whether the first sweep of a cycle looks along the whole domain."),
    .integer(
      "scan_offsets", default: 65, in: 5...4097, tunable: true,
      "Losses taken along a parameter's whole domain, an odd number."),
    .real(
      "scan_hbar", default: 0.02, in: 1e-6...100, tunable: true, logarithmic: true,
      "ħ of a scan, where half the domain is 1 long."),
    .real(
      "damping", default: 1, in: 1e-3...1, tunable: true,
      "The fraction of the way to the read-out that a parameter moves; of integers, the mean."),
    .integer(
      "block", default: 1, in: 1...4096,
      "Parameters cut at once; above 1 they move together, which needs damping."),
    .real(
      "sweep_fraction", default: 0.125, in: 1e-4...100, tunable: true, logarithmic: true,
      "Sweeps over all parameters between two minibatches."),
    .real(
      "prior_width", default: 0, in: 0...1e9,
      "Deprecated name of the run's --prior, which holds the same for every optimizer; 0: none."),
    .real(
      "full_from", default: 1, in: 0...1, tunable: true,
      "The fraction of the budget after which cuts are on the whole training split; 1: never."),
    .integer(
      "partners", default: 0, in: 0...256, tunable: true,
      "Integers of the same row of a matrix, one of which changes with each from full_from on; 0: none."
    ),
    .real(
      "noise_start", default: 0, in: 0...1e6, tunable: true,
      "Width of the noise in the sums of step and sign units, whose mean the losses are; 0: none."),
    .real(
      "noise_end", default: 0.3, in: 0...1e6, tunable: true,
      "That width at the end of the budget; the trained units have no noise."),
    .integer(
      "unit_run", default: 1, in: 1...1_000_000, tunable: true,
      "Weights of one unit that are cut one after the other; from 8 on losses along them are cheaper."
    ),
    .real(
      "averaging", default: 0.9, in: 0...0.999,
      "How much of the mean of former points stays in the recommended one at each new minibatch."),
  ]
}
