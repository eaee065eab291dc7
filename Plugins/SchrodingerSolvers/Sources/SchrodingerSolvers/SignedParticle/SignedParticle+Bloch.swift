import QHostInterfaces

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Bloch's equation ∂ρ/∂τ = −(Hρ + ρH)/ħ for Wigner's function, by signed particles:
///
/// ∂W/∂τ = (ħ/4m) ∂²W/∂x² + (ħa/4) ∂²W/∂p² − (p²/mħ + 2Q(x)/ħ + 2r₀(x)/ħ) W
///         − (1/ħ) Σ_M r_M(x) [W(p + MΔp) + W(p − MΔp)]
///
/// Q the parabola, of curvature a ≥ 0, and r_M the cosine kernel of the rest (``WignerKernel``).
/// Particles diffuse in x and in p, live and die by p² and the potential, and create single particles,
/// most of them of the other sign where the potential bends upwards. A parabola needs no signs at all.
extension SignedParticle {
  /// What a potential that is not a parabola may rise to, in typical energies above its lowest value.
  private static let ceiling = 12.0

  /// What Bloch's equation needs of one packet.
  struct BlochField {
    let part: QuadraticPart
    let kernel: WignerKernel
    let space: SignedParticles.Space
    let step: Double
    let mass: Double
    let hbar: Double

    /// The deviations of a step's diffusion in x and p.
    var diffusion: (x: Double, p: Double) {
      ((hbar * step / (2 * mass)).squareRoot(), (hbar * part.curvature * step / 2).squareRoot())
    }

    /// p²/2m + Q + r₀, whose exponential is what particles die by.
    @inline(__always)
    func energy(_ x: Double, _ p: Double) -> Double {
      let last = Double(space.gridCount - 1)
      let ratio = (x - space.origin) / space.spacing
      let place = ratio > 0 ? (ratio < last ? ratio : last) : 0
      let g = min(Int(place), space.gridCount - 2)
      let t = place - Double(g)
      let local = kernel.local[g] + t * (kernel.local[g + 1] - kernel.local[g])
      return p * p / (2 * mass) + part.value(at: x) + local
    }
  }

  /// Bloch's equation until the start is forgotten, and then the mean over steps.
  func findGroundState(_ packet: Int, _ packets: inout Packets) {
    let hop = hopping[packet]
    let energy = withCurve(packet, packets) { $0.typicalEnergy(hopping: hop) }
    let field = field(packet, packets, step: relativeStep * packets.hbar / energy)
    // Even in x; momenta of the oscillator whose π/4 · ħω is the typical energy.
    let deviation = (2 * packets.masses[packet] * energy / Double.pi).squareRoot()
    spread(deviation, in: field.space)
    var reference = withCurve(packet, packets) { $0.values.min() ?? 0 }
    var sums = PhaseSpaceSums(gridCount: packets.gridCount)
    for step in -(stepCount / 2)..<stepCount {
      advance(field, &reference) {
        guard step >= 0 else { return }
        withCurve(packet, packets) { sums.add(ensemble, in: $0, mass: field.mass) }
      }
    }
    packets.norms[packet] = 1
    packets.energies[packet] = reference
    let sign = sums.write(packet, to: &packets)
    if !(sign > 0) { writeNothing(packet, &packets) }
    report(sign, packet)
    sums.writeWave(packet, norm: 1, to: &packets)
  }

  /// Bloch's equation for the time that is asked for.
  func evolveInImaginaryTime(_ packet: Int, _ packets: inout Packets) throws(ComponentError) {
    let field = field(packet, packets, step: packets.time / Double(packets.stepCount))
    _ = try start(packet, packets, in: field.space)
    var reference = withCurve(packet, packets) { $0.values.min() ?? 0 }
    for _ in 0..<packets.stepCount { advance(field, &reference) {} }
    packets.norms[packet] = 1
    packets.energies[packet] = reference
    finish(packet, &packets, norm: 1)
  }

  /// Half the creation, whatever is to be measured, the other half, annihilation, life and death.
  private func advance(_ field: BlochField, _ reference: inout Double, _ measure: () -> Void) {
    let isSigned = field.kernel.rates.contains { $0 > 0 }
    if isSigned { create(field) }
    measure()
    if isSigned { create(field) }
    liveAndDie(field, &reference)
  }

  /// Creation for half a step, in parts of at most half a particle each, and annihilation after each.
  private func create(_ field: BlochField) {
    let events = (field.kernel.rates.max() ?? 0) * field.step / 2
    let division = max(1, (2 * events).rounded(.up))
    for _ in 0..<Int(division) {
      ensemble.create(
        field.step / 2 / division, by: field.kernel, in: field.space, isReal: false)
      ensemble.annihilate(in: field.space)
      while ensemble.particles.count > Self.growthLimit * count { ensemble.halve() }
    }
  }

  private func liveAndDie(_ field: BlochField, _ reference: inout Double) {
    let before = ensemble.particles.count
    let total = ensemble.diffuse(in: field, reference: reference)
    guard total > 0 else { return spread(1e-3 * field.space.highestMomentum, in: field.space) }
    reference -= 0.5 * field.hbar / field.step * log(total / Double(before))
    ensemble.comb(total: total, count: count)
  }

  private func field(_ packet: Int, _ packets: Packets, step: Double) -> BlochField {
    let hop = hopping[packet]
    return withCurve(packet, packets) { curve in
      let floor = curve.values.min() ?? 0
      let energy = curve.typicalEnergy(hopping: hop)
      let weights = curve.values.map { value in
        let height = (value - floor) / (4 * energy)
        return 1 / (1 + height * height)
      }
      // A state of energy E leaks into V > E + 12 (E − min V) as into a wall of that height.
      let ceiling = floor + Self.ceiling * energy
      let values = curve.values.map { min($0, ceiling) }
      let (part, kernel) = values.withUnsafeBufferPointer { values in
        let capped = PotentialCurve(
          values: values, origin: curve.origin, spacing: curve.spacing)
        let whole = QuadraticPart(of: curve, weights: weights, isConvex: true)
        let direct = self.kernel(curve, without: whole, packets, isReal: false)
        if (direct.rates.max() ?? 0) == 0 { return (whole, direct) }
        let part = QuadraticPart(of: capped, weights: weights, isConvex: true)
        return (part, self.kernel(capped, without: part, packets, isReal: false))
      }
      return BlochField(
        part: part, kernel: kernel, space: space(packets, unit: kernel.unit), step: step,
        mass: packets.masses[packet], hbar: packets.hbar)
    }
  }

  private func spread(_ deviation: Double, in space: SignedParticles.Space) {
    ensemble.particles.removeAll(keepingCapacity: true)
    let width = space.high - space.low
    for i in 0..<count {
      let place = (Double(i) + ensemble.noise.uniform()) / Double(count)
      ensemble.particles.append(
        SignedParticles.Particle(
          x: space.low + width * place, p: deviation * ensemble.noise.normal(), sign: 1))
    }
  }

  /// All signs cancelled: the lowest point of the potential stands for the packet.
  private func writeNothing(_ packet: Int, _ packets: inout Packets) {
    let first = packet * packets.gridCount
    let row = first..<first + packets.gridCount
    let lowest = row.min { packets.potentials[$0] < packets.potentials[$1] } ?? first
    for place in row { packets.densities[place] = place == lowest ? 1 / packets.spacing : 0 }
    let x = packets.origin + Double(lowest - first) * packets.spacing
    packets.means[packet] = x
    packets.secondMoments[packet] = x * x
  }
}
