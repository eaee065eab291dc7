internal import Foundation
internal import QHostRadio

/// The plain version of the kernel: one drop, user by user, from the library's formulas.
package struct PlainTilt {
  private let layout: HexagonalLayout
  private let loss: PathLoss
  private let pattern: SectorPattern
  private let tilts: [Double]
  private let inputs: [Double]

  /// Takes a drop's inputs [15].
  package init(_ inputs: [Double]) {
    self.inputs = inputs
    layout = HexagonalLayout(.seven, siteDistance: inputs[TiltInput.siteDistance.rawValue])
    loss = PathLoss(
      .macro, carrierGHz: inputs[TiltInput.carrier.rawValue],
      baseHeight: inputs[TiltInput.baseHeight.rawValue], userHeight: TiltScene.userHeight)
    var pattern = SectorPattern()
    pattern.verticalWidth = inputs[TiltInput.beamWidth.rawValue]
    self.pattern = pattern
    tilts = TiltScene.tilts(inputs)
  }

  /// What a site's cells give a place, in mW: with line of sight and without, [3] each, and how probable line of sight is.
  struct Reception {
    var clear: [Double]
    var dark: [Double]
    var probability: Double

    /// Expected from cell k.
    func expected(_ sector: Int) -> Double {
      probability * clear[sector] + (1 - probability) * dark[sector]
    }
  }

  /// What the nearest image of a site gives a place in m.
  func reception(ofSite site: Int, at place: Point) -> Reception {
    let (image, distance) = layout.nearestImage(ofSite: site, from: place)
    let azimuth = atan2(place.y - image.y, place.x - image.x) * 180 / .pi
    let depression = atan2(loss.baseHeight - loss.userHeight, distance) * 180 / .pi
    let power = inputs[TiltInput.power.rawValue]
    let gains = HexagonalLayout.boresights.enumerated().map { sector, boresight in
      let across = azimuth - boresight
      return power
        + pattern.gain(
          azimuth: across - 360 * (across / 360).rounded(), depression: depression,
          tilt: tilts[3 * site + sector])
    }
    let clear = loss.lineOfSight(distance: distance)
    let dark = loss.nonLineOfSight(distance: distance)
    return Reception(
      clear: gains.map { Decibel.linear($0 - clear) },
      dark: gains.map { Decibel.linear($0 - dark) },
      probability: UrbanScenario.macro.lineOfSightProbability(distance: distance))
  }

  /// The mean utility of users at places.
  package func utility(_ users: UserPlaces) -> Double {
    let distance = inputs[TiltInput.siteDistance.rawValue]
    let exponent = inputs[TiltInput.radialExponent.rawValue]
    let sum = (0..<users.count).reduce(0.0) {
      $0 + utility(at: users.place($1, siteDistance: distance, exponent: exponent))
    }
    return sum / Double(users.count)
  }

  /// The expected utility of a user at a place in m.
  func utility(at place: Point) -> Double {
    let load = inputs[TiltInput.load.rawValue]
    let indoor = inputs[TiltInput.indoorPart.rawValue]
    let own = reception(ofSite: 0, at: place)
    var others = 0.0
    for site in 1..<layout.sites.count {
      let other = reception(ofSite: site, at: place)
      for sector in 0..<3 { others += load * other.expected(sector) }
    }
    let noise = Decibel.linear(TiltScene.noise)
    let walls = IndoorLoss.low.loss(carrierGHz: inputs[TiltInput.carrier.rawValue])
    let noiseIndoors = Decibel.linear(TiltScene.noise + walls)
    var mean = 0.0
    for (powers, probability) in [(own.clear, own.probability), (own.dark, 1 - own.probability)] {
      let disturbance = others + load * (powers[1] + powers[2])
      mean +=
        probability
        * ((1 - indoor) * Self.utility(powers[0] / (disturbance + noise))
          + indoor * Self.utility(powers[0] / (disturbance + noiseIndoors)))
    }
    return mean
  }

  /// The mean ratio of signal to interference and noise in dB outdoors, of cell 0's powers expected.
  func ratio(at place: Point) -> Double {
    let load = inputs[TiltInput.load.rawValue]
    var (signal, others) = (0.0, Decibel.linear(TiltScene.noise))
    for site in layout.sites.indices {
      let reception = reception(ofSite: site, at: place)
      for sector in 0..<3 {
        let power = reception.expected(sector)
        if 3 * site + sector == TiltScene.cell { signal = power } else { others += load * power }
      }
    }
    return Decibel.of(signal / others)
  }

  private static func utility(_ sinr: Double) -> Double {
    log(TiltScene.offset + TiltScene.rate.rate(sinr: sinr))
  }
}
