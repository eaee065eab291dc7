import QHostInterfaces

extension Packets {
  /// B · G.
  var pointCount: Int { packetCount * gridCount }

  /// J = ħ²/(2m·spacing²) of each packet.
  ///
  /// - Throws: when a count, a mass, ħ or the grid cannot be.
  func hopping(into hopping: inout [Double]) throws(ComponentError) {
    guard packetCount >= 1, gridCount >= 2 else {
      throw ComponentError(
        "a batch of \(packetCount) packets on \(gridCount) points is none; "
          + "give at least 1 packet and 2 points")
    }
    try check("potentials", potentials.count, pointCount)
    try check("masses", masses.count, packetCount)
    try check("spacing", spacing)
    try check("hbar", hbar)
    guard origin.isFinite else {
      throw ComponentError("origin is \(origin); give a finite number")
    }
    let twice = hbar / spacing * (hbar / spacing)
    if hopping.count != packetCount { hopping = Array(repeating: 0, count: packetCount) }
    for packet in masses.indices {
      let mass = masses[packet]
      guard mass > 0, mass < .infinity else {
        throw ComponentError("the mass of packet \(packet) is \(mass); give a number above 0")
      }
      let value = twice / (2 * mass)
      guard value >= .leastNormalMagnitude, value < 1e300 else {
        throw ComponentError(
          "packet \(packet) has the hopping \(value) (hbar \(hbar), mass \(mass), spacing "
            + "\(spacing)); bring hbar, mass and spacing closer together")
      }
      hopping[packet] = value
    }
  }

  /// Checks what evolution in time needs beyond ``hopping(into:)``.
  func checkTime() throws(ComponentError) {
    try check("time", time)
    guard stepCount >= 1 else {
      throw ComponentError("the step count is \(stepCount); give at least 1")
    }
    if let place = potentials.firstIndex(where: { !$0.isFinite }) {
      throw notFinite(packet: place / gridCount)
    }
    if !realParts.isEmpty { try check("realParts", realParts.count, pointCount) }
    if !imaginaryParts.isEmpty { try check("imaginaryParts", imaginaryParts.count, pointCount) }
    guard imaginaryParts.isEmpty || !realParts.isEmpty else {
      throw ComponentError("imaginaryParts came without realParts; give both or neither")
    }
    guard mode != .real || realParts.isEmpty || !imaginaryParts.isEmpty else {
      throw ComponentError(
        "realParts came without imaginaryParts in real time; give both or neither")
    }
  }

  /// The error of a packet whose potential is not finite.
  func notFinite(packet: Int) -> ComponentError {
    let row = potentials[packet * gridCount..<(packet + 1) * gridCount]
    let place = row.firstIndex { !$0.isFinite }.map { $0 - row.startIndex }
    guard let place else {
      return ComponentError(
        "the potential of packet \(packet) spans more than 1e308; bring it into a smaller range")
    }
    return ComponentError(
      "the potential of packet \(packet) is \(row[row.startIndex + place]) at point \(place); "
        + "give finite numbers")
  }

  /// Gives every result its size.
  mutating func prepareResults() {
    if densities.count != pointCount { densities = Array(repeating: 0, count: pointCount) }
    if means.count != packetCount { means = Array(repeating: 0, count: packetCount) }
    if secondMoments.count != packetCount {
      secondMoments = Array(repeating: 0, count: packetCount)
    }
    if energies.count != packetCount { energies = Array(repeating: 0, count: packetCount) }
    if norms.count != packetCount { norms = Array(repeating: 1, count: packetCount) }
  }

  private func check(_ name: String, _ count: Int, _ expected: Int) throws(ComponentError) {
    guard count == expected else {
      throw ComponentError(
        "\(name) has \(count) numbers; \(packetCount) packets on \(gridCount) points need \(expected)"
      )
    }
  }

  private func check(_ name: String, _ value: Double) throws(ComponentError) {
    guard value > 0, value < .infinity else {
      throw ComponentError("\(name) is \(value); give a finite number above 0")
    }
  }
}
