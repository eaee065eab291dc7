import QHostInterfaces

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

extension SignedParticle {
  /// An ensemble may grow to this many times its first size before it is thinned.
  static let growthLimit = 32

  /// Pairs that one particle may create in the time of a call.
  private static let pairLimit = 1e4

  /// Half a flight, creation, half a flight; annihilation whenever a quarter has been added.
  func evolveInRealTime(_ packet: Int, _ packets: inout Packets) throws(ComponentError) {
    let mass = packets.masses[packet]
    let (part, kernel) = withCurve(packet, packets) { split($0, packets) }
    let space = space(packets, unit: kernel.unit)
    let norm = try start(packet, packets, in: space)
    // At most a quarter of a pair a particle and step, so that the last flights stay short.
    let time = packets.time / Double(packets.stepCount)
    let rate = kernel.rates.max() ?? 0
    guard rate * packets.time < Self.pairLimit else {
      throw ComponentError(
        "a particle of packet \(packet) would create \(rate * packets.time) pairs, too many to "
          + "annihilate; give a shorter time, a greater hbar or a lower potential")
    }
    let division = max(1, (rate * time * 4).rounded(.up))
    let step = time / division
    let flight = ClassicalFlight(in: part, mass: mass, time: step / 2)
    let before = ensemble.particles.reduce(0) { $0 + $1.sign }
    var unit = 1.0
    var last = ensemble.particles.count
    for _ in 0..<packets.stepCount * Int(division) {
      ensemble.fly(flight, in: space)
      ensemble.create(step, by: kernel, in: space, isReal: true)
      ensemble.fly(flight, in: space)
      guard ensemble.particles.count > last + last / 10 else { continue }
      ensemble.annihilate(in: space)
      last = ensemble.particles.count
      if last > Self.growthLimit * count {
        ensemble.halve()
        unit *= 2
        last = ensemble.particles.count
      }
    }
    let after = ensemble.particles.reduce(0) { $0 + $1.sign } * unit
    packets.norms[packet] = after / before
    finish(packet, &packets, norm: norm * max(after / before, 0).squareRoot())
  }

  /// The parabola that leaves the lower rates, or none, and the kernel of the rest.
  private func split(
    _ curve: PotentialCurve, _ packets: Packets
  ) -> (QuadraticPart, WignerKernel) {
    let even = curve.values.map { _ in 1.0 }
    let part = QuadraticPart(of: curve, weights: even, isConvex: false)
    let with = kernel(curve, without: part, packets, isReal: true)
    let none = kernel(curve, without: QuadraticPart(), packets, isReal: true)
    return with.rates.reduce(0, +) < none.rates.reduce(0, +)
      ? (part, with) : (QuadraticPart(), none)
  }

  /// Samples the wave function, or that of the flat box; returns its norm.
  func start(
    _ packet: Int, _ packets: Packets, in space: SignedParticles.Space
  ) throws(ComponentError) -> Double {
    let grid = packets.gridCount
    let row = packet * grid..<(packet + 1) * grid
    let real =
      packets.realParts.isEmpty
      ? (0..<grid).map { sin(Double.pi * Double($0 + 1) / Double(grid + 1)) }
      : Array(packets.realParts[row])
    let imaginary =
      packets.imaginaryParts.isEmpty
      ? Array(repeating: 0, count: grid) : Array(packets.imaginaryParts[row])
    let square = zip(real, imaginary).reduce(0) { $0 + $1.0 * $1.0 + $1.1 * $1.1 }
    guard square > 0, square < .infinity else {
      throw ComponentError(
        "the wave function of packet \(packet) has norm \(square.squareRoot()); "
          + "give finite numbers, not all 0")
    }
    ensemble.sample(
      count: count, real: real, imaginary: imaginary, hbar: packets.hbar, in: space)
    return (square * packets.spacing).squareRoot()
  }

  /// Results of the ensemble as it is.
  func finish(_ packet: Int, _ packets: inout Packets, norm: Double) {
    var sums = PhaseSpaceSums(gridCount: packets.gridCount)
    let mass = packets.masses[packet]
    withCurve(packet, packets) { sums.add(ensemble, in: $0, mass: mass) }
    report(sums.write(packet, to: &packets), packet)
    sums.writeWave(packet, norm: norm, to: &packets)
  }

  /// Says so when signs cancel so far that noise is what is left.
  func report(_ meanSign: Double, _ packet: Int) {
    guard meanSign < 0.05, !hasWarned else { return }
    hasWarned = true
    host.log(
      .warning,
      "signed-particle: signs cancel to \(meanSign) in packet \(packet); "
        + "give more particles or another solver")
  }
}
