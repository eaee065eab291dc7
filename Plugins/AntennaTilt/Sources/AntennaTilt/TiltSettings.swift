internal import QHostInterfaces

/// The parameters of the dataset.
struct TiltSettings: Sendable, Equatable {
  var sampleCount: Int
  var seed: Int
  var userSeed: Int
  var userCount: Int
  /// Tilts of cell 0 that each drop of the validation and test splits is shown with.
  var sweepCount: Int
  var tilts: ClosedRange<Double>
  var siteDistances: ClosedRange<Double>

  /// Reads and checks the values of the declared parameters.
  init(_ configuration: Configuration) throws(ComponentError) {
    sampleCount = configuration.integer("samples")
    seed = configuration.integer("seed")
    userSeed = configuration.integer("user_seed")
    userCount = configuration.integer("users")
    sweepCount = configuration.integer("sweep")
    tilts = try Self.range("tilt", configuration)
    siteDistances = try Self.range("site_distance", configuration)
    guard userCount.isMultiple(of: TiltSimulator.blockSize) else {
      throw .parameter(
        "users \(userCount) is not a multiple of \(TiltSimulator.blockSize); set one, such as "
          + "\(max(1, userCount / TiltSimulator.blockSize) * TiltSimulator.blockSize)")
    }
    let reach = 0.5 * siteDistances.lowerBound
    guard reach > TiltScene.leastDistance else {
      throw .parameter(
        "site_distance_minimum \(siteDistances.lowerBound) m leaves no user in reach: a cell ends "
          + "\(reach) m from its site, users are \(TiltScene.leastDistance) m away at least; set "
          + "more than \(2 * TiltScene.leastDistance)")
    }
    guard heldOutDrops > 0 else {
      throw .parameter(
        "samples \(sampleCount) give no drop for validation with a sweep of \(sweepCount) tilts; "
          + "set at least \(7 * sweepCount)")
    }
  }

  /// Drops of the validation split, and as many of the test split: a seventh of the rows each.
  var heldOutDrops: Int { sampleCount / (7 * sweepCount) }

  /// Rows of a split.
  func rowCount(_ split: Split) -> Int {
    let heldOut = heldOutDrops * sweepCount
    return split == .train ? sampleCount - 2 * heldOut : heldOut
  }

  /// The range of an input.
  func range(_ input: TiltInput) -> ClosedRange<Double> {
    switch input {
    case .siteDistance: siteDistances
    case .baseHeight, .carrier, .power, .beamWidth, .indoorPart, .radialExponent, .load: input.range
    default: tilts
    }
  }

  private static func range(
    _ name: String, _ configuration: Configuration
  ) throws(ComponentError) -> ClosedRange<Double> {
    let lower = configuration.real("\(name)_minimum")
    let upper = configuration.real("\(name)_maximum")
    guard lower < upper else {
      throw .parameter(
        "\(name)_minimum \(lower) is not below \(name)_maximum \(upper); set a smaller one")
    }
    return lower...upper
  }

  /// The declarations.
  static let declared: [ParameterDescriptor] = [
    .integer(
      "samples", default: 420_000, in: 7...10_000_000,
      "Rows of all splits together: 5/7 for training, 1/7 for validation, 1/7 for the test."),
    .integer(
      "seed", default: 0, "Picks the drops; the seed of a run does not, so that all see the same."),
    .integer(
      "user_seed", default: 0,
      "Moves the users of all drops: two of them show how exact the labels are."),
    .integer(
      "users", default: 256, in: TiltSimulator.blockSize...65_536,
      "Users of a drop, a multiple of \(TiltSimulator.blockSize)."),
    .integer(
      "sweep", default: 25, in: 2...1_000,
      "Tilts of the own cell that each drop of the validation and test splits is shown with."),
    .real(
      "tilt_minimum", default: 0, in: TiltScene.tiltRange, unit: "deg",
      "The least electrical downtilt."),
    .real(
      "tilt_maximum", default: 16, in: TiltScene.tiltRange, unit: "deg",
      "The largest electrical downtilt."),
    .real(
      "site_distance_minimum", default: 250, in: 1...10_000, unit: "m",
      "The least distance between sites."),
    .real(
      "site_distance_maximum", default: 1_000, in: 1...10_000, unit: "m",
      "The largest distance between sites."),
  ]
}
