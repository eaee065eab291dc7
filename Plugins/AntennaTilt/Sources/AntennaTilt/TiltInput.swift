/// The inputs of a drop, in their order, with their ranges.
package enum TiltInput: Int, CaseIterable, Sendable {
  case ownTilt = 0
  case neighbour1, neighbour2, neighbour3, neighbour4, neighbour5, neighbour6
  case baseHeight, siteDistance, carrier, power, beamWidth, indoorPart, radialExponent, load

  /// What users see.
  var name: String {
    switch self {
    case .ownTilt: "tilt"
    case .neighbour1: "tilt_1"
    case .neighbour2: "tilt_2"
    case .neighbour3: "tilt_3"
    case .neighbour4: "tilt_4"
    case .neighbour5: "tilt_5"
    case .neighbour6: "tilt_6"
    case .baseHeight: "base_height_m"
    case .siteDistance: "site_distance_m"
    case .carrier: "carrier_ghz"
    case .power: "power_dbm"
    case .beamWidth: "beam_width_deg"
    case .indoorPart: "indoor"
    case .radialExponent: "radial_exponent"
    case .load: "load"
    }
  }

  /// The range that drops are drawn from, of inputs that have no parameters of their own.
  package var range: ClosedRange<Double> {
    switch self {
    case .baseHeight: 18...35
    case .carrier: 0.7...3.8
    case .power: 40...49
    case .beamWidth: 5...12
    case .indoorPart: 0...0.9
    case .radialExponent: 0.3...1
    case .load: 0.2...1
    case .siteDistance: 250...1_000
    default: 0...16
    }
  }
}
