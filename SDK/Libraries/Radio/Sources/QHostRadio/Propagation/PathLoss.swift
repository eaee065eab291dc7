internal import Foundation

/// The path loss of TR 38.901, table 7.4.1-1, between a base station and a user outdoors.
///
/// With d₃ the distance between antennas and f in GHz, UMa has
///
///     PL₁ = 28 + 22 lg d₃ + 20 lg f                                 up to the breakpoint
///     PL₂ = 28 + 40 lg d₃ + 20 lg f - 9 lg(d_BP² + (h_BS - h_UT)²)    beyond it
///     PL_NLOS = max(PL_LOS, 13.54 + 39.08 lg d₃ + 20 lg f - 0.6 (h_UT - 1.5))
///
/// and UMi 32.4, 21, 40, 9.5 and 22.4 + 35.3 lg d₃ + 21.3 lg f - 0.3 (h_UT - 1.5). The breakpoint is at
/// d_BP = 4 (h_BS - h_E)(h_UT - h_E) f / c, a horizontal distance.
///
/// The formulas hold from 10 m to 5 km, 0.5 to 100 GHz and heights of users of 1.5 to 22.5 m; they are not cut off there.
public struct PathLoss: Sendable, Equatable {
  /// The scenario.
  public let scenario: UrbanScenario
  /// Height of the base station in m.
  public let baseHeight: Double
  /// Height of the user in m.
  public let userHeight: Double
  /// The horizontal distance in m where the ground's reflection begins to take power away; of path loss in line of sight.
  public let breakpointDistance: Double
  private let near: Double
  private let far: Double
  private let blocked: Double

  /// Prepares the path loss of a pair of heights.
  ///
  /// - Parameters:
  ///   - scenario: UMa or UMi.
  ///   - carrierGHz: the carrier's frequency, above 0.
  ///   - baseHeight: of the base station in m, above `environmentHeight`.
  ///   - userHeight: of the user in m, above `environmentHeight`.
  ///   - environmentHeight: h_E in m: 1, and in UMa for users above 13 m what ``EnvironmentHeight`` draws.
  public init(
    _ scenario: UrbanScenario, carrierGHz: Double, baseHeight: Double, userHeight: Double = 1.5,
    environmentHeight: Double = 1
  ) {
    precondition(carrierGHz > 0, "a carrier of \(carrierGHz) GHz")
    precondition(
      min(baseHeight, userHeight) > environmentHeight,
      "heights \(baseHeight) and \(userHeight) m are not above the environment's \(environmentHeight) m"
    )
    self.scenario = scenario
    self.baseHeight = baseHeight
    self.userHeight = userHeight
    breakpointDistance =
      4 * (baseHeight - environmentHeight) * (userHeight - environmentHeight) * carrierGHz * 1e9
      / UrbanScenario.speedOfLight
    let frequency = log10(carrierGHz)
    let difference = baseHeight - userHeight
    let turn = log10(breakpointDistance * breakpointDistance + difference * difference)
    switch scenario {
    case .macro:
      near = 28 + 20 * frequency
      far = near - 9 * turn
      blocked = 13.54 + 20 * frequency - 0.6 * (userHeight - 1.5)
    case .micro:
      near = 32.4 + 20 * frequency
      far = near - 9.5 * turn
      blocked = 22.4 + 21.3 * frequency - 0.3 * (userHeight - 1.5)
    }
  }

  /// The distance between antennas in m at a horizontal distance in m.
  public func slantDistance(_ distance: Double) -> Double {
    let difference = baseHeight - userHeight
    return (distance * distance + difference * difference).squareRoot()
  }

  /// The loss in dB with line of sight at a horizontal distance in m.
  public func lineOfSight(distance: Double) -> Double {
    let slant = log10(slantDistance(distance))
    if distance > breakpointDistance { return far + 40 * slant }
    return near + (scenario == .macro ? 22 : 21) * slant
  }

  /// The loss in dB without line of sight at a horizontal distance in m; never below that with it.
  public func nonLineOfSight(distance: Double) -> Double {
    let slope = scenario == .macro ? 39.08 : 35.3
    return max(lineOfSight(distance: distance), blocked + slope * log10(slantDistance(distance)))
  }

  /// 10 lg of the mean gain over both states, as a loss in dB: -10 lg(p 10^(-PL_LOS/10) + (1 - p) 10^(-PL_NLOS/10)).
  public func expected(distance: Double) -> Double {
    let probability = scenario.lineOfSightProbability(distance: distance, userHeight: userHeight)
    let clear = Decibel.linear(-lineOfSight(distance: distance))
    let dark = Decibel.linear(-nonLineOfSight(distance: distance))
    return -Decibel.of(probability * clear + (1 - probability) * dark)
  }
}
