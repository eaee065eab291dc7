internal import QHostInterfaces

/// What couples the sub-bands: without any of these each went to the user with the best channel.
enum AllocationMode: String, Sendable, CaseIterable {
  /// A user gets one sub-band at most.
  case userCap = "user-cap"
  /// Each user gets a rate of at least a floor.
  case qosFloor = "qos-floor"
  /// Each user has one modulation and coding scheme on all of its sub-bands, and a floor.
  case singleMCS = "single-mcs"
  /// Cells that send on the same sub-band disturb one another; they may be silent; users have floors.
  case interference

  /// What users read about it.
  var choice: ParameterDescriptor.Choice {
    switch self {
    case .userCap: .init(rawValue, "A user gets one sub-band at most; the optimum is exact.")
    case .qosFloor: .init(rawValue, "Each user gets at least the floor.")
    case .singleMCS: .init(rawValue, "One coding scheme a user on all its sub-bands, and floors.")
    case .interference: .init(rawValue, "Cells disturb one another and may be silent; floors.")
    }
  }
}
