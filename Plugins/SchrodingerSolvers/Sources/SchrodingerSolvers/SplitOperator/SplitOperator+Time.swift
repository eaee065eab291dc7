import QHostInterfaces
import QHostNumerics

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

extension SplitOperator {
  /// Real and imaginary time; packets of one mass after another are evolved together.
  func evolveInTime(_ packets: inout Packets) throws(ComponentError) {
    try packets.checkTime()
    let padded = RowProduct.paddedCount(packets.gridCount)
    try takeAmplitudes(packets, padded: padded)
    let before = (0..<packets.packetCount).map { norm(of: $0, packets, padded: padded) }
    for (packet, norm) in before.enumerated() where !(norm > 0 && norm < .infinity) {
      throw ComponentError(
        "the wave function of packet \(packet) has norm \(norm); give finite numbers, not all 0")
    }
    preparePotential(packets, padded: padded)
    var first = 0
    while first < packets.packetCount {
      var last = first + 1
      while last < packets.packetCount, hopping[last] == hopping[first] { last += 1 }
      preparePropagator(packets, hopping: hopping[first], padded: padded)
      try evolve(first..<last, packets, padded: padded)
      first = last
    }
    finish(&packets, normsBefore: before, padded: padded)
  }

  /// Copies the wave functions, or picks the lowest state of the flat box.
  private func takeAmplitudes(_ packets: Packets, padded: Int) throws(ComponentError) {
    let grid = packets.gridCount
    let count = packets.packetCount
    let angle = Double.pi / Double(grid + 1)
    reserve(&state, 2 * count * padded)
    for packet in 0..<count {
      for g in 0..<grid {
        let place = packet * grid + g
        let own = packets.topology == .complete ? 1 : sin(angle * Double(g + 1))
        state[packet * padded + g] = packets.realParts.isEmpty ? own : packets.realParts[place]
        state[(count + packet) * padded + g] =
          packets.imaginaryParts.isEmpty ? 0 : packets.imaginaryParts[place]
      }
    }
  }

  /// The factors of half a step and of a whole one in the potential less its lowest value.
  private func preparePotential(_ packets: Packets, padded: Int) {
    let grid = packets.gridCount
    let count = packets.packetCount
    let step = packets.time / Double(packets.stepCount) / packets.hbar
    reserve(&half, 2 * count * padded)
    reserve(&whole, 2 * count * padded)
    for packet in 0..<count {
      let bottom = packets.potentials[packet * grid..<(packet + 1) * grid].min() ?? 0
      for g in 0..<grid {
        let angle = step * (packets.potentials[packet * grid + g] - bottom)
        let re = packet * padded + g
        let im = re + count * padded
        if packets.mode == .real {
          (half[re], half[im]) = (cos(angle / 2), -sin(angle / 2))
          (whole[re], whole[im]) = (cos(angle), -sin(angle))
        } else {
          (half[re], half[im]) = (exp(-angle / 2), 0)
          (whole[re], whole[im]) = (exp(-angle), 0)
        }
      }
    }
  }

  private func preparePropagator(_ packets: Packets, hopping: Double, padded: Int) {
    let isReal = packets.mode == .real
    let phase = hopping * packets.time / Double(packets.stepCount) / packets.hbar
    let wanted = Propagator(
      topology: packets.topology, gridCount: packets.gridCount, phase: phase, isReal: isReal)
    guard propagatorOf != wanted else { return }
    let columns = isReal ? 2 * padded : padded
    let matrix = KineticMatrix(topology: packets.topology, gridCount: packets.gridCount)
    propagator = Array(repeating: 0, count: packets.gridCount * columns)
    if isReal {
      matrix.fill(&propagator, stride: columns) { cos(phase * $0) }
      matrix.fill(&propagator, stride: columns, offset: padded) { -sin(phase * $0) }
    } else {
      let lowest = matrix.lowest
      matrix.fill(&propagator, stride: columns) { exp(-phase * ($0 - lowest)) }
    }
    propagatorOf = wanted
  }

  /// Half a potential step, kinetic and potential steps in turn, half a potential step.
  private func evolve(
    _ range: Range<Int>, _ packets: Packets, padded: Int
  ) throws(ComponentError) {
    let isReal = packets.mode == .real
    let columns = isReal ? 2 * padded : padded
    reserve(&product, 2 * range.count * columns)
    let steps = SplitSteps(
      packets: range, packetCount: packets.packetCount, gridCount: packets.gridCount,
      padded: padded, isReal: isReal,
      isComplex: isReal || packets.imaginaryParts.contains { $0 != 0 })
    steps.multiply(&state, by: half)
    for done in 1...packets.stepCount {
      steps.moveFreely(&state, by: propagator, scratch: &product)
      steps.multiply(&state, by: done < packets.stepCount ? whole : half)
      guard isReal || steps.normalize(&state) else {
        throw ComponentError(
          "a packet vanished in imaginary time step \(done) of \(packets.stepCount); "
            + "give more steps or a wave function that reaches the potential's floor")
      }
    }
  }

  /// Norms, observables and wave functions of the evolved amplitudes.
  private func finish(_ packets: inout Packets, normsBefore: [Double], padded: Int) {
    let grid = packets.gridCount
    let count = packets.packetCount
    let hasWaves = !packets.realParts.isEmpty
    var real = [Double](repeating: 0, count: packets.pointCount)
    var imaginary = real
    for packet in 0..<count {
      let norm = norm(of: packet, packets, padded: padded)
      packets.norms[packet] = packets.mode == .real ? norm / normsBefore[packet] : 1
      for g in 0..<grid {
        real[packet * grid + g] = state[packet * padded + g] / norm
        imaginary[packet * grid + g] = state[(count + packet) * padded + g] / norm
      }
      packets.energies[packet] =
        energy(packet, packets, of: real) + energy(packet, packets, of: imaginary)
      if hasWaves, packets.mode == .real {
        for place in packet * grid..<(packet + 1) * grid {
          packets.realParts[place] = real[place] * norm
          packets.imaginaryParts[place] = imaginary[place] * norm
        }
      }
    }
    packets.observe(real: real, imaginary: imaginary)
    if hasWaves, packets.mode == .imaginary { packets.write(real: real, imaginary: imaginary) }
  }

  /// ⟨H⟩ of one real component of the wave function, weighted by its square.
  private func energy(_ packet: Int, _ packets: Packets, of amplitudes: [Double]) -> Double {
    let grid = packets.gridCount
    let first = packet * grid
    var potential = 0.0
    var kineticEnergy = 0.0
    for g in 0..<grid {
      let a = amplitudes[first + g]
      potential += packets.potentials[first + g] * a * a
      var image = 0.0
      for h in 0..<grid { image += kinetic[g * grid + h] * amplitudes[first + h] }
      kineticEnergy += a * image
    }
    return potential + hopping[packet] * kineticEnergy
  }

  private func norm(of packet: Int, _ packets: Packets, padded: Int) -> Double {
    var square = 0.0
    for g in 0..<packets.gridCount {
      let re = state[packet * padded + g]
      let im = state[(packets.packetCount + packet) * padded + g]
      square += re * re + im * im
    }
    return square.squareRoot()
  }
}
