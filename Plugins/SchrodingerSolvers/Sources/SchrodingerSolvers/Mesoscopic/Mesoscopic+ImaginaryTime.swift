import QHostInterfaces

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

extension Mesoscopic {
  /// Every N steps the walkers are put on the grid.
  private static let depositInterval = 4

  /// Long jumps, ordinary steps until the start is forgotten, then steps that are averaged.
  func findGroundStates(_ packets: inout Packets) {
    reserve(packets.pointCount)
    for packet in 0..<packets.packetCount {
      walkers.noise.restart(for: packet, of: packets)
      packets.energies[packet] = findGroundState(packet, packets)
      packets.norms[packet] = 1
    }
    finish(&packets)
  }

  private func findGroundState(_ packet: Int, _ packets: Packets) -> Double {
    withField(packet, packets, step: nil) { field, amplitude in
      walkers.spread(in: field)
      var reference = field.curve.values.min() ?? 0
      for _ in 0..<stepCount / 4 {
        let shape = restEnergy * relativeStep
        reference -= walkers.step(in: field, reference: reference, shape: shape) / field.rate
      }
      for step in -(stepCount / 2)..<stepCount {
        let logarithm = walkers.step(in: field, reference: reference)
        guard logarithm > -.infinity else {
          walkers.spread(in: field)
          continue
        }
        reference -= logarithm / field.rate / (step < 0 ? 1 : Double(step + 2))
        guard step >= 0 else { continue }
        if step % Self.depositInterval == 0 {
          walkers.deposit(in: field, reference: reference, to: amplitude)
        }
      }
      return reference
    }
  }

  /// Imaginary time from a wave function of one sign.
  func evolveInImaginaryTime(_ packets: inout Packets) throws(ComponentError) {
    try packets.checkTime()
    if packets.imaginaryParts.contains(where: { $0 != 0 }) {
      throw .unsupported(
        "mesoscopic evolves real wave functions in imaginary time; take split-operator for others")
    }
    reserve(packets.pointCount)
    let step = packets.time / Double(packets.stepCount)
    for packet in 0..<packets.packetCount {
      let start = try startAmplitude(packet, packets)
      walkers.noise.restart(for: packet, of: packets)
      _ = withField(packet, packets, step: step) { field, amplitude in
        start.withUnsafeBufferPointer { walkers.sample($0, in: field) }
        var reference = field.curve.values.min() ?? 0
        for _ in 1..<packets.stepCount {
          let logarithm = walkers.step(in: field, reference: reference)
          if logarithm > -.infinity { reference -= logarithm / field.rate }
        }
        walkers.deposit(in: field, reference: reference, to: amplitude)
        return reference
      }
      packets.norms[packet] = 1
    }
    finish(&packets)
    for packet in 0..<packets.packetCount {
      packets.energies[packet] = packets.energy(
        packet, of: amplitudes, hopping: hopping[packet])
    }
  }

  private func startAmplitude(
    _ packet: Int, _ packets: Packets
  ) throws(ComponentError) -> [Double] {
    let grid = packets.gridCount
    guard !packets.realParts.isEmpty else {
      return (0..<grid).map { sin(Double.pi * Double($0 + 1) / Double(grid + 1)) }
    }
    let row = packets.realParts[packet * grid..<(packet + 1) * grid]
    guard row.allSatisfy(\.isFinite), row.contains(where: { $0 != 0 }) else {
      throw ComponentError(
        "the wave function of packet \(packet) is 0 or not finite; give finite numbers, not all 0")
    }
    guard !(row.contains { $0 > 0 } && row.contains { $0 < 0 }) else {
      throw .unsupported(
        "the wave function of packet \(packet) changes sign, which walkers cannot; "
          + "take split-operator for it")
    }
    return row.map(abs)
  }

  /// Runs `body` with a packet's potential and its row of the amplitudes, and makes these 1 long.
  private func withField(
    _ packet: Int, _ packets: Packets, step: Double?,
    _ body: (Walkers.Field, UnsafeMutableBufferPointer<Double>) -> Double
  ) -> Double {
    let row = packet * packets.gridCount..<(packet + 1) * packets.gridCount
    return packets.potentials.withUnsafeBufferPointer { potentials in
      let curve = PotentialCurve(
        values: UnsafeBufferPointer(rebasing: potentials[row]), origin: packets.origin,
        spacing: packets.spacing)
      let energy = curve.typicalEnergy(hopping: hopping[packet])
      let rate = step.map { $0 / packets.hbar } ?? relativeStep / energy
      let high = packets.origin + Double(packets.gridCount) * packets.spacing
      let field = Walkers.Field(
        curve: curve, rate: rate,
        reach: packets.hbar * (rate / packets.masses[packet]).squareRoot(),
        walls: (packets.origin - packets.spacing, high))
      return amplitudes.withUnsafeMutableBufferPointer { amplitudes in
        let amplitude = UnsafeMutableBufferPointer(rebasing: amplitudes[row])
        amplitude.update(repeating: 0)
        let result = body(field, amplitude)
        finishStep(field, amplitude)
        return result
      }
    }
  }

  /// The last half of the potential's factors, and the length 1.
  private func finishStep(_ field: Walkers.Field, _ amplitude: UnsafeMutableBufferPointer<Double>) {
    let floor = field.curve.values.min() ?? 0
    var square = 0.0
    for g in amplitude.indices {
      amplitude[g] *= exp(-0.5 * field.rate * (field.curve.values[g] - floor))
      square += amplitude[g] * amplitude[g]
    }
    if square > 0, square < .infinity {
      let scale = 1 / square.squareRoot()
      for g in amplitude.indices { amplitude[g] *= scale }
      return
    }
    // All factors underflowed: the state is narrower than the grid.
    let lowest = amplitude.indices.min { field.curve.values[$0] < field.curve.values[$1] }
    amplitude.update(repeating: 0)
    amplitude[lowest ?? 0] = 1
  }

  private func finish(_ packets: inout Packets) {
    packets.observe(real: amplitudes, imaginary: nil)
    if !packets.realParts.isEmpty { packets.write(real: amplitudes, imaginary: nil) }
  }

  private func reserve(_ count: Int) {
    if amplitudes.count < count { amplitudes = Array(repeating: 0, count: count) }
  }
}
