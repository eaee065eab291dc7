import QHostInterfaces

/// What searches with shared samples and with learned directions can be told.
struct SharedSettings {
  /// Pairs of a round for each parameter.
  let pairsPerParameter: Int
  /// The standard error, in widths, that the packets' places must reach before they narrow.
  let placeError: Double
  /// κ: the width after a round over the width before.
  let narrowing: Double
  /// ħ of a cut along a learned direction.
  let directionHbar: Double
  /// How packets evolve.
  let dynamics: PacketDynamics
  /// Where a packet is taken to be.
  let readOut: ReadOut.Kind
}

extension SharedSettings {
  /// Reads a configuration.
  init(_ configuration: Configuration, dynamics: PacketDynamics, readOut: ReadOut.Kind) {
    self.init(
      pairsPerParameter: configuration.integer("pairs"),
      placeError: configuration.real("place_error"),
      narrowing: configuration.real("narrowing"),
      directionHbar: configuration.real("hbar_end"), dynamics: dynamics, readOut: readOut)
  }

  /// What users can set.
  static let parameters: [ParameterDescriptor] = [
    .integer(
      "pairs", default: 4, in: 2...64, tunable: true,
      "Antithetic pairs of a round of shared samples, for each parameter."),
    .real(
      "place_error", default: 0.06, in: 1e-3...1, tunable: true, logarithmic: true,
      "The standard error of the minima's places, in widths, before wide packets narrow."),
    .real(
      "narrowing", default: 0.7, in: 0.1...0.95, tunable: true,
      "The packets' width in shared samples after a round over that before."),
  ]
}
