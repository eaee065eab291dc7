internal import CQHost
internal import Glibc
internal import QHostBridging
internal import QHostInterfaces

/// Checks of solvers.
enum SolverChecks {
  private static let count = 129
  private static let spacing = 0.125

  /// Two packets of mass 1 and 4 in V = x²/2, from −8 to 8.
  static func oscillators(_ mode: Packets.Mode = .groundState) -> Packets {
    var packets = Packets(packetCount: 2, gridCount: count, origin: -8, spacing: spacing)
    packets.mode = mode
    packets.masses = [1, 4]
    packets.potentials = (0..<2 * count).map { place in
      let x = -8 + Double(place % count) * spacing
      return 0.5 * x * x
    }
    return packets
  }

  private static func has(_ mode: Packets.Mode, _ component: ForeignComponent) -> Bool {
    let table = component.table.assumingMemoryBound(to: qhost_solver.self).pointee
    return table.modes & (1 << mode.rawValue) != 0
      && table.topologies & (1 << Packets.Topology.line.rawValue) != 0
  }

  /// What it makes of the oscillators.
  static func evolved(_ subject: CheckSubject, _ mode: Packets.Mode) throws -> Packets {
    let exercise = try Exercise(subject)
    guard has(mode, exercise.component) else { throw CheckSkip("it does not have mode \(mode)") }
    var packets = oscillators(mode)
    if mode != .groundState {
      packets.time = 1
      packets.stepCount = 200
      packets.realParts = (0..<2 * count).map { place in
        let x = -8 + Double(place % count) * spacing - 1
        return exp(-0.5 * x * x)
      }
      packets.imaginaryParts = Array(repeating: 0, count: 2 * count)
    }
    try exercise.solver().evolve(&packets)
    return packets
  }

  private static func norms(_ packets: Packets) -> [Double] {
    (0..<2).map { packet in
      packets.densities[packet * count..<(packet + 1) * count].reduce(0, +) * spacing
    }
  }

  static let all: [Check] = [
    Check(
      "solver-modes", .contract, .component(.solver), "It has at least one mode and one topology.",
      remedy: "Set modes and topologies in qhost_solver, a bit for each."
    ) { subject in
      let table = try subject.component().table.assumingMemoryBound(to: qhost_solver.self).pointee
      try require(table.modes & 7 != 0, "it has no mode")
      try require(table.topologies & 7 != 0, "it has no topology")
    },
    Check(
      "solver-refuses", .contract, .component(.solver),
      "A mode that it does not have is answered by QHOST_UNSUPPORTED.",
      remedy: "Look at packets->mode first."
    ) { subject in
      let exercise = try Exercise(subject)
      guard let mode = Packets.Mode.allCases.first(where: { !has($0, exercise.component) }) else {
        throw CheckSkip("it has all modes")
      }
      var packets = oscillators(mode)
      packets.realParts = Array(repeating: 1, count: 2 * count)
      packets.imaginaryParts = Array(repeating: 0, count: 2 * count)
      let solver = try exercise.solver()
      do throws(ComponentError) {
        try solver.evolve(&packets)
      } catch {
        try require(error.severity == .unsupported, "mode \(mode) ends with '\(error.message)'")
        return
      }
      throw CheckFailure("it took mode \(mode), which it says it does not have")
    },
    Check(
      "solver-density", .numeric, .component(.solver),
      "Densities are not negative, and their sum times the spacing is 1.",
      remedy: "Normalise |psi|^2 before you hand it over."
    ) { subject in
      let packets = try evolved(subject, .groundState)
      try require(packets.densities.allSatisfy { $0 >= 0 && $0.isFinite }, "one is not")
      for norm in norms(packets) { try require(abs(norm - 1) < 1e-6, "a sum is \(norm)") }
    },
    Check(
      "solver-ground-state", .numeric, .component(.solver),
      "The ground state of an oscillator has the energy hbar omega / 2 within 10 %.",
      remedy: "Look at the units in qhost/solver.h: the mass is the packet's."
    ) { subject in
      let packets = try evolved(subject, .groundState)
      for (packet, energy) in [0.5, 0.25].enumerated() {
        let found = packets.energies[packet]
        try require(abs(found - energy) < 0.1 * energy, "it is \(found) and not \(energy)")
        try require(abs(packets.means[packet]) < 0.1, "the mean is \(packets.means[packet])")
      }
    },
    Check(
      "solver-imaginary", .numeric, .component(.solver),
      "Imaginary time moves a packet towards the lowest potential.",
      remedy: "Look at the sign of the potential."
    ) { subject in
      let packets = try evolved(subject, .imaginary)
      try require(packets.means[0] < 0.9, "a packet from 1 is at \(packets.means[0])")
    },
    Check(
      "solver-real", .numeric, .component(.solver),
      "In real time the norm stays, and a displaced packet swings.",
      remedy: "Use a scheme that is unitary."
    ) { subject in
      let packets = try evolved(subject, .real)
      for norm in packets.norms { try require(abs(norm - 1) < 1e-2, "a norm is \(norm)") }
      let expected = cos(1.0)
      try require(
        abs(packets.means[0] - expected) < 0.05,
        "a packet is at \(packets.means[0]), not \(expected)")
    },
    Check(
      "solver-repeats", .numeric, .component(.solver), "The same packets give the same results.",
      needs: .session,
      remedy: "Take random numbers from the host, and clear work memory."
    ) { subject in
      let first = try evolved(subject, .groundState)
      try require(
        try evolved(subject, .groundState).densities == first.densities, "densities differ")
    },
  ]
}
