import QHostInterfaces

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension PacketDynamics {
  /// Real time in V + γħ(φ − ⟨φ⟩), φ the phase of ψ.
  ///
  /// The friction takes energy until ψ has one phase everywhere: an eigenstate, mostly the lowest
  /// that the start has a part of. Without it the energy stays and nothing settles.
  ///
  /// Source: M. D. Kostin, J. Chem. Phys. 57 (1972) 3589. *Deviation*: the phase is held over a step.
  func evolveWithFriction(
    _ packets: inout Packets, from starts: [Int], with solver: any Solver
  ) throws(ComponentError) {
    packets.start(about: starts)
    packets.mode = .real
    packets.time = time / Double(stepCount)
    packets.stepCount = 1
    let potentials = packets.potentials
    for _ in 0..<stepCount {
      for packet in 0..<packets.packetCount {
        packets.addPhase(times: friction * packets.hbar, to: potentials, packet)
      }
      try solver.evolve(&packets)
    }
    packets.potentials = potentials
  }

  /// i ∂ψ/∂t = [a(t) (−½ ∂²) + b(t) V] ψ with a = 2/(δ + t³) falling and b = 2t³ rising.
  ///
  /// First the packet spreads over the box, then it moves as one, then it falls into a minimum.
  /// Dividing by ħ shows what it is here: the mass is ħ/a and the potential bħV.
  ///
  /// Source: J. Leng, E. Hickman, J. Li, X. Wu, arXiv:2303.01471, with δ = 10⁻³ as in its code.
  /// *Deviations*: a
  /// and b are held over a step, at its middle; the start is the lowest state of the empty box,
  /// which the kinetic term alone leaves as it is, instead of the same amplitude everywhere.
  func descend(
    _ packets: inout Packets, with solver: any Solver
  ) throws(ComponentError) {
    packets.startInBox()
    packets.mode = .real
    let step = time / Double(stepCount)
    packets.time = step
    packets.stepCount = 1
    let (potentials, masses) = (packets.potentials, packets.masses)
    for index in 0..<stepCount {
      let t = (Double(index) + 0.5) * step
      let (a, b) = (2 / (1e-3 + t * t * t), 2 * t * t * t)
      for packet in packets.masses.indices { packets.masses[packet] = packets.hbar / a }
      for place in potentials.indices {
        packets.potentials[place] = b * packets.hbar * potentials[place]
      }
      try solver.evolve(&packets)
    }
    (packets.potentials, packets.masses) = (potentials, masses)
  }
}

extension Packets {
  /// Sets the potential of one packet to `potentials` + factor · (φ − ⟨φ⟩).
  ///
  /// Phases follow from point to point by less than half a turn; where ψ is as good as 0 they stay.
  mutating func addPhase(times factor: Double, to potentials: [Double], _ packet: Int) {
    let first = packet * gridCount
    var phase = 0.0
    var (weight, moment) = (0.0, 0.0)
    var phases = Array(repeating: 0.0, count: gridCount)
    for g in 0..<gridCount {
      let (re, im) = (realParts[first + g], imaginaryParts[first + g])
      let density = re * re + im * im
      if g > 0, density > 1e-12 {
        let (lastRe, lastIm) = (realParts[first + g - 1], imaginaryParts[first + g - 1])
        phase += atan2(im * lastRe - re * lastIm, re * lastRe + im * lastIm)
      }
      phases[g] = phase
      weight += density
      moment += density * phase
    }
    let mean = weight > 0 ? moment / weight : 0
    for g in 0..<gridCount {
      self.potentials[first + g] = potentials[first + g] + factor * (phases[g] - mean)
    }
  }
}
