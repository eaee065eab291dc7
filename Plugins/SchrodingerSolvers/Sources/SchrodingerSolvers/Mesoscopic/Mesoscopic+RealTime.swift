import QHostInterfaces

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

extension Mesoscopic {
  /// Fits a Gaussian to each wave function, moves it and writes it back.
  func evolveInRealTime(_ packets: inout Packets) throws(ComponentError) {
    try packets.checkTime()
    let step = packets.time / Double(packets.stepCount)
    for packet in 0..<packets.packetCount {
      var (gaussian, norm) = try fit(packet, packets)
      let row = packet * packets.gridCount..<(packet + 1) * packets.gridCount
      packets.potentials.withUnsafeBufferPointer { potentials in
        let curve = PotentialCurve(
          values: UnsafeBufferPointer(rebasing: potentials[row]), origin: packets.origin,
          spacing: packets.spacing)
        for _ in 0..<packets.stepCount { gaussian.step(step, in: curve) }
        packets.energies[packet] = gaussian.energy(in: curve)
      }
      guard gaussian.width > 0, gaussian.width < .infinity, gaussian.mean.isFinite else {
        throw ComponentError("the Gaussian of packet \(packet) is lost; give more, shorter steps")
      }
      packets.means[packet] = gaussian.mean
      packets.secondMoments[packet] =
        gaussian.mean * gaussian.mean + gaussian.width * gaussian.width
      packets.norms[packet] = 1
      write(gaussian, norm: norm, packet, &packets)
    }
  }

  /// The Gaussian with the wave function's mean and width and the line nearest to its wave numbers.
  private func fit(
    _ packet: Int, _ packets: Packets
  ) throws(ComponentError) -> (GaussianPacket, norm: Double) {
    var sums = (0.0, 0.0, 0.0)
    for g in 0..<packets.gridCount {
      let (re, im) = wave(packet, g, packets)
      let weight = re * re + im * im
      let x = packets.spacing * Double(g)
      sums = (sums.0 + weight, sums.1 + weight * x, sums.2 + weight * x * x)
    }
    let mean = sums.1 / sums.0
    let variance = sums.2 / sums.0 - mean * mean
    guard sums.0 > 0, sums.0 < .infinity, variance > 0 else {
      throw ComponentError(
        "the wave function of packet \(packet) has norm² \(sums.0) and variance \(variance); "
          + "give finite numbers on at least two points")
    }
    let (number, chirp) = waveNumbers(packet, packets, mean: mean)
    let width = variance.squareRoot()
    let gaussian = GaussianPacket(
      mean: packets.origin + mean, momentum: packets.hbar * number, width: width,
      widthMomentum: packets.hbar * chirp * width, mass: packets.masses[packet],
      hbar: packets.hbar)
    return (gaussian, sums.0.squareRoot())
  }

  /// The wave function at a grid point; the lowest state of the flat box where none was given.
  private func wave(_ packet: Int, _ g: Int, _ packets: Packets) -> (Double, Double) {
    let grid = packets.gridCount
    return packets.realParts.isEmpty
      ? (sin(Double.pi * Double(g + 1) / Double(grid + 1)), 0)
      : (packets.realParts[packet * grid + g], packets.imaginaryParts[packet * grid + g])
  }

  /// φ' ≈ number + chirp · (x − mean) by least squares with weights |ψ_g ψ_{g+1}|².
  ///
  /// The phase between neighbours is φ' halfway between them, exactly so for a Gaussian.
  private func waveNumbers(
    _ packet: Int, _ packets: Packets, mean: Double
  ) -> (number: Double, chirp: Double) {
    var line = (weight: 0.0, x: 0.0, xx: 0.0, k: 0.0, xk: 0.0)
    for g in 0..<packets.gridCount - 1 {
      let (a, b) = (wave(packet, g, packets), wave(packet, g + 1, packets))
      let re = a.0 * b.0 + a.1 * b.1
      let im = a.0 * b.1 - a.1 * b.0
      let weight = re * re + im * im
      guard weight > 0 else { continue }
      let k = atan2(im, re) / packets.spacing
      let x = packets.spacing * (Double(g) + 0.5) - mean
      line.weight += weight
      line.x += weight * x
      line.xx += weight * x * x
      line.k += weight * k
      line.xk += weight * x * k
    }
    let spread = line.weight * line.xx - line.x * line.x
    let chirp = spread > 0 ? (line.weight * line.xk - line.x * line.k) / spread : 0
    return (line.weight > 0 ? (line.k - chirp * line.x) / line.weight : 0, chirp)
  }

  /// Writes the density on the grid, and the wave function where one was given.
  private func write(
    _ gaussian: GaussianPacket, norm: Double, _ packet: Int, _ packets: inout Packets
  ) {
    let first = packet * packets.gridCount
    let span = first..<first + packets.gridCount
    var total = 0.0
    for place in span {
      let z =
        (packets.origin + Double(place - first) * packets.spacing - gaussian.mean)
        / gaussian.width
      packets.densities[place] = exp(-0.5 * z * z)
      total += packets.densities[place]
    }
    // A packet narrower than the grid, or beyond it, is put on the nearest point.
    if !(total > 0) {
      let place = (gaussian.mean - packets.origin) / packets.spacing
      let nearest = min(max(place.rounded(), 0), Double(packets.gridCount - 1))
      packets.densities[first + Int(nearest)] = 1
      total = 1
    }
    for place in span { packets.densities[place] /= total * packets.spacing }
    guard !packets.realParts.isEmpty else { return }
    for place in span {
      let distance = packets.origin + Double(place - first) * packets.spacing - gaussian.mean
      let amplitude = norm * (packets.densities[place] * packets.spacing).squareRoot()
      let phase =
        (gaussian.momentum + gaussian.widthMomentum * distance / (2 * gaussian.width))
        * distance / gaussian.hbar
      packets.realParts[place] = amplitude * cos(phase)
      packets.imaginaryParts[place] = amplitude * sin(phase)
    }
  }
}
