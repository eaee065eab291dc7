internal import Foundation
internal import QHostRadio
internal import QHostRandomness

/// Users that are dropped into cells, and the powers that they receive.
///
/// 7 sites of 3 cells, 500 m apart and continued periodically, UMa at 2 GHz (TR 38.901) with line of sight drawn, shadowing (half of its
/// variance common to all sites), antennas of TR 36.814 with 8 degrees of tilt, 46 dBm over 10 MHz, noise figure 9 dB. A place is
/// drawn until the user's cell is the strongest there.
struct UserDrop: Sendable {
  /// The height of users in m.
  static let userHeight = 1.5
  /// The electrical downtilt of all antennas in degrees.
  static let tilt = 8.0
  /// The power of a cell in dBm.
  static let power = 46.0
  /// Noise in mW.
  static let noise = Decibel.linear(Decibel.noise(bandwidthHertz: 10e6, noiseFigure: 9))
  static let layout = HexagonalLayout(
    .seven, siteDistance: UrbanScenario.macro.calibration.siteDistance)

  /// Where the users are in m, those of cell 0 first.
  let places: [Point]
  /// What each receives from each of the 21 cells in mW, [users × 21].
  let powers: [Double]

  /// Drops so many users into each of the first cells.
  init(cellCount: Int, usersPerCell: Int, seed: Int) {
    let key = Philox.key(seed: UInt64(bitPattern: Int64(seed)), component: "sub-band.users")
    let scene = Scene()
    var places: [Point] = []
    var powers: [Double] = []
    for cell in 0..<cellCount {
      for user in 0..<usersPerCell {
        let step = UInt64(cell * usersPerCell + user)
        var attempt: UInt64 = 0
        while true {
          let (place, received) = scene.draw(key: key, step: step, attempt: attempt, cell: cell)
          attempt += 1
          // A million places without one of the cell's do not happen: it is the strongest on its third of a site.
          guard received.indices.allSatisfy({ received[$0] <= received[cell] }) else { continue }
          places.append(place)
          powers += received
          break
        }
      }
    }
    self.places = places
    self.powers = powers
  }

  /// The mean ratio of a user's own power to that of all other cells and noise.
  func meanRatio(ofUser user: Int, cell: Int) -> Double {
    let row = powers[(user * Self.layout.cellCount)..<((user + 1) * Self.layout.cellCount)]
    let own = row[row.startIndex + cell]
    return own / (row.reduce(0, +) - own + Self.noise)
  }
}

/// What places receive.
private struct Scene {
  let loss = PathLoss(.macro, carrierGHz: 2, baseHeight: 25, userHeight: UserDrop.userHeight)
  let pattern = SectorPattern()

  /// A place near the site of a cell, and the powers there in mW, [21].
  func draw(
    key: UInt64, step: UInt64, attempt: UInt64, cell: Int
  ) -> (place: Point, powers: [Double]) {
    let sites = UserDrop.layout.sites.count
    var uniforms = Array(repeating: 0.0, count: 2 + sites)
    var normals = Array(repeating: 0.0, count: 1 + sites)
    uniforms.withUnsafeMutableBufferPointer {
      RandomFill.uniform(key: key, step: step, index: 2 * attempt, $0)
    }
    normals.withUnsafeMutableBufferPointer {
      RandomFill.normal(key: key, step: step, index: 2 * attempt + 1, $0)
    }
    let least = UrbanScenario.macro.calibration.leastDistance
    let reach = 0.7 * UserDrop.layout.siteDistance
    let radius = (least * least + uniforms[0] * (reach * reach - least * least)).squareRoot()
    let angle = 2 * Double.pi * uniforms[1]
    let place = UserDrop.layout.sites[cell / 3] + radius * Point(cos(angle), sin(angle))
    var powers: [Double] = []
    for site in 0..<sites {
      let shadow = 0.5.squareRoot() * (normals[0] + normals[1 + site])
      powers += received(from: site, at: place, uniform: uniforms[2 + site], shadow: shadow)
    }
    return (place, powers)
  }

  private func received(
    from site: Int, at place: Point, uniform: Double, shadow: Double
  ) -> [Double] {
    let scenario = UrbanScenario.macro
    let (image, distance) = UserDrop.layout.nearestImage(ofSite: site, from: place)
    let isClear = uniform < scenario.lineOfSightProbability(distance: distance)
    let attenuation =
      isClear
      ? loss.lineOfSight(distance: distance) + scenario.lineOfSightDeviation * shadow
      : loss.nonLineOfSight(distance: distance) + scenario.nonLineOfSightDeviation * shadow
    let azimuth = atan2(place.y - image.y, place.x - image.x) * 180 / .pi
    let depression = atan2(loss.baseHeight - loss.userHeight, distance) * 180 / .pi
    return HexagonalLayout.boresights.map { boresight in
      let across = azimuth - boresight
      let gain = pattern.gain(
        azimuth: across - 360 * (across / 360).rounded(), depression: depression,
        tilt: UserDrop.tilt)
      return Decibel.linear(UserDrop.power + gain - attenuation)
    }
  }
}
