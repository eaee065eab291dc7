import QHostInterfaces

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

extension FiniteDifference {
  /// Real time: Crank and Nicolson's method; the norm stays what it is.
  func evolveInRealTime(_ packets: inout Packets) throws(ComponentError) {
    try packets.checkTime()
    let before = try takeAmplitudes(packets)
    let grid = packets.gridCount
    let halfStep = packets.time / Double(packets.stepCount) / (2 * packets.hbar)
    if packets.topology == .complete {
      for packet in 0..<packets.packetCount {
        let row = packet * grid..<(packet + 1) * grid
        CompleteGraph(potential: packets.potentials[row], hopping: hopping[packet]).crankNicolson(
          halfStep: halfStep, stepCount: packets.stepCount, real: &real[row],
          imaginary: &imaginary[row])
      }
    } else {
      reserve(&scratch, CrankNicolson.scratchCount(gridCount: grid))
      hopping.withUnsafeBufferPointer { hopping in
        CrankNicolson.evolve(
          gridCount: grid, potentials: packets.potentials, hopping: hopping, halfStep: halfStep,
          stepCount: packets.stepCount, scratch: &scratch, real: &real, imaginary: &imaginary)
      }
    }
    finish(&packets, normsBefore: before)
  }

  /// Imaginary time: two implicit stages a step; the norm is kept at 1.
  func evolveInImaginaryTime(_ packets: inout Packets) throws(ComponentError) {
    try packets.checkTime()
    _ = try takeAmplitudes(packets)
    let count = packets.packetCount
    let step = packets.time / Double(packets.stepCount) / packets.hbar
    reserve(&realLogarithms, count)
    reserve(&imaginaryLogarithms, count)
    evolvePart(packets, step: step, part: &real, logarithms: &realLogarithms)
    evolvePart(packets, step: step, part: &imaginary, logarithms: &imaginaryLogarithms)
    for packet in 0..<count {
      let largest = max(realLogarithms[packet], imaginaryLogarithms[packet])
      let realWeight = exp(realLogarithms[packet] - largest)
      let imaginaryWeight = exp(imaginaryLogarithms[packet] - largest)
      for place in packet * packets.gridCount..<(packet + 1) * packets.gridCount {
        real[place] *= realWeight
        imaginary[place] *= imaginaryWeight
      }
    }
    finish(&packets, normsBefore: nil)
  }

  private func evolvePart(
    _ packets: Packets, step: Double, part: inout [Double], logarithms: inout [Double]
  ) {
    let grid = packets.gridCount
    if packets.topology == .complete {
      for packet in 0..<packets.packetCount {
        let row = packet * grid..<(packet + 1) * grid
        let graph = CompleteGraph(potential: packets.potentials[row], hopping: hopping[packet])
        logarithms[packet] = graph.imaginaryTime(
          step: step, stepCount: packets.stepCount, amplitudes: &part[row])
      }
    } else {
      reserve(&scratch, ImaginaryTime.scratchCount(gridCount: grid))
      hopping.withUnsafeBufferPointer { hopping in
        ImaginaryTime.evolve(
          gridCount: grid, potentials: packets.potentials, hopping: hopping, step: step,
          stepCount: packets.stepCount, scratch: &scratch, amplitudes: &part,
          logarithms: &logarithms)
      }
    }
  }

  /// Copies the wave functions, or picks the lowest state of the flat box; returns their norms.
  private func takeAmplitudes(_ packets: Packets) throws(ComponentError) -> [Double] {
    let grid = packets.gridCount
    if packets.realParts.isEmpty {
      let angle = Double.pi / Double(grid + 1)
      real = (0..<packets.pointCount).map {
        packets.topology == .complete ? 1 : sin(angle * Double($0 % grid + 1))
      }
    } else {
      real = packets.realParts
    }
    imaginary =
      packets.imaginaryParts.isEmpty
      ? Array(repeating: 0, count: packets.pointCount) : packets.imaginaryParts
    var norms: [Double] = []
    for packet in 0..<packets.packetCount {
      let norm = norm(of: packet, gridCount: grid)
      guard norm > 0, norm < .infinity else {
        throw ComponentError(
          "the wave function of packet \(packet) has norm \(norm); give finite numbers, not all 0")
      }
      norms.append(norm)
    }
    return norms
  }

  /// Norms, observables and wave functions of the evolved amplitudes.
  private func finish(_ packets: inout Packets, normsBefore: [Double]?) {
    let grid = packets.gridCount
    for packet in 0..<packets.packetCount {
      let norm = norm(of: packet, gridCount: grid)
      packets.norms[packet] = normsBefore.map { norm / $0[packet] } ?? 1
      for place in packet * grid..<(packet + 1) * grid {
        real[place] /= norm
        imaginary[place] /= norm
      }
      packets.energies[packet] =
        packets.energy(packet, of: real, hopping: hopping[packet])
        + packets.energy(packet, of: imaginary, hopping: hopping[packet])
    }
    packets.observe(real: real, imaginary: imaginary)
    guard !packets.realParts.isEmpty else { return }
    packets.write(real: real, imaginary: imaginary)
    guard let normsBefore else { return }
    let perSpacing = packets.spacing.squareRoot()
    for place in 0..<packets.pointCount {
      let norm = normsBefore[place / grid] * packets.norms[place / grid] * perSpacing
      packets.realParts[place] *= norm
      packets.imaginaryParts[place] *= norm
    }
  }

  private func norm(of packet: Int, gridCount: Int) -> Double {
    var square = 0.0
    for place in packet * gridCount..<(packet + 1) * gridCount {
      square += real[place] * real[place] + imaginary[place] * imaginary[place]
    }
    return square.squareRoot()
  }
}
