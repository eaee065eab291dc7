internal import QHostRadio

/// What all drops have in common: 7 sites of 3 cells that continue periodically, antennas after TR 36.814, UMa after TR 38.901.
struct TiltScene: Sendable {
  /// Height of users in m.
  static let userHeight = 1.5
  /// The least distance in m of a user from its site.
  static let leastDistance = UrbanScenario.macro.calibration.leastDistance
  /// Noise in dBm: 10 MHz, noise figure 9 dB.
  static let noise = Decibel.noise(bandwidthHertz: 10e6, noiseFigure: 9)
  /// Spectral efficiency of a link.
  static let rate = CappedShannonRate.downlink
  /// What is added to a user's spectral efficiency before its logarithm is taken, in bit/s/Hz.
  static let offset = 0.05
  /// The cell whose users are looked at.
  static let cell = 0
  /// Cells whose tilts are inputs.
  static let neighbourCount = 6
  /// The tilts in degrees that antennas of this kind can be set to.
  static let tiltRange = -5.0...20.0

  /// The sites, a distance of 1 apart.
  static let layout = HexagonalLayout(.seven, siteDistance: 1)
  /// The six cells whose middles are nearest to that of cell 0, nearest first.
  static let neighbours = Array(layout.neighbours(ofCell: cell).prefix(neighbourCount))

  /// The tilts [21] of all cells: cells that are not inputs have the mean of the six neighbours'.
  static func tilts(_ inputs: [Double]) -> [Double] {
    let given = inputs[TiltInput.neighbour1.rawValue...TiltInput.neighbour6.rawValue]
    let mean = given.reduce(0, +) / Double(neighbourCount)
    var tilts = Array(repeating: mean, count: layout.cellCount)
    for (cell, tilt) in zip(neighbours, given) { tilts[cell] = tilt }
    tilts[cell] = inputs[TiltInput.ownTilt.rawValue]
    return tilts
  }
}
