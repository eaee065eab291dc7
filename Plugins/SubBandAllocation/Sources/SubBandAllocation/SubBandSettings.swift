internal import QHostInterfaces

/// The parameters of the dataset.
struct SubBandSettings: Sendable, Equatable {
  var mode: AllocationMode
  var userCount: Int
  var subBandCount: Int
  var cellCount: Int
  var seed: Int
  var correlation: Double
  var floor: Double
  var hasObjectives: Bool

  /// Reads and checks the values of the declared parameters.
  init(_ configuration: Configuration) throws(ComponentError) {
    mode = AllocationMode(rawValue: configuration.choice("mode")) ?? .qosFloor
    userCount = configuration.integer("users")
    subBandCount = configuration.integer("sub_bands")
    cellCount = mode == .interference ? configuration.integer("cells") : 1
    seed = configuration.integer("seed")
    correlation = configuration.real("correlation")
    floor = mode == .userCap ? 0 : configuration.real("floor")
    hasObjectives = configuration.boolean("objectives")
    try checkSizes()
  }

  private func checkSizes() throws(ComponentError) {
    switch mode {
    case .userCap:
      guard userCount >= subBandCount else {
        throw .parameter(
          "\(userCount) users with one sub-band each leave some of \(subBandCount) sub-bands unused; in mode "
            + "user-cap set users to at least \(subBandCount)")
      }
    case .qosFloor, .singleMCS:
      guard floor == 0 || hasObjectives || userCount <= subBandCount else {
        throw .parameter(
          "\(userCount) users are more than \(subBandCount) sub-bands, so that some get nothing and not the "
            + "floor of \(floor) bit/s/Hz; in mode \(mode.rawValue) set users to at most \(subBandCount)"
        )
      }
    case .interference:
      guard userCount.isMultiple(of: cellCount) else {
        throw .parameter(
          "\(userCount) users cannot be shared out evenly among \(cellCount) cells; set users to a multiple of it"
        )
      }
      guard floor == 0 || hasObjectives || userCount <= subBandCount * cellCount else {
        throw .parameter(
          "\(userCount) users are more than \(cellCount) cells serve on \(subBandCount) sub-bands; set users to "
            + "at most \(subBandCount * cellCount)")
      }
    }
  }

  /// Users of one cell.
  var usersPerCell: Int { userCount / cellCount }
  /// What optimizers choose: a user for each sub-band of each cell.
  var outputCount: Int { cellCount * subBandCount }

  /// The declarations.
  static let declared: [ParameterDescriptor] = [
    .choice(
      "mode", default: AllocationMode.qosFloor.rawValue, of: AllocationMode.allCases.map(\.choice),
      "What couples the sub-bands."),
    .integer("users", default: 16, in: 2...1_024, "Users, of all cells together."),
    .integer("sub_bands", default: 32, in: 1...1_024, "Sub-bands of each cell."),
    .integer("cells", default: 3, in: 2...7, "Cells of mode interference."),
    .integer(
      "seed", default: 1,
      "Picks users and channels; the seed of a run does not, so that all see the same."),
    .real(
      "correlation", default: 0.5, in: 0...1,
      "Correlation of the fading of neighbouring sub-bands: 0 none, 1 all are alike."),
    .real(
      "floor", default: 0.5, in: 0...100, unit: "bit/s/Hz",
      "The least sum of a user's rates over its sub-bands, where the mode has floors; 0: none."),
    .boolean(
      "objectives", default: false,
      "Whether sum rate, fairness and outage are three objectives, and floors no constraint."),
  ]
}
