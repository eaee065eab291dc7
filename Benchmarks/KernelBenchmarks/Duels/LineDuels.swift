import Glibc
import QHostMemory
import SchrodingerSolvers

/// Batches of 64 packets on a line of 33 points.
enum LineDuels {
  private static let (packets, grid) = (64, 33)
  private static let shape = "\(packets) packets, \(grid) points"

  static func all() -> [Duel] {
    let potentials = AlignedBuffer<Double>(count: packets * grid)
    for packet in 0..<packets {
      for point in 0..<grid {
        let x = -1 + 2 * Double(point) / Double(grid - 1)
        let ripple = 0.3 * sin(Double(packet + 3) * x + Double(packet))
        potentials.start[packet * grid + point] = x * x + ripple
      }
    }
    let hopping = Numbers.doubles(packets, seed: 2, in: 0.5...2)
    let lines = (0..<packets).map { packet in
      LineHamiltonian(
        potential: Array(potentials.list[packet * grid..<(packet + 1) * grid]),
        hopping: hopping.start[packet])
    }
    let scratch = AlignedBuffer<Double>(count: 64 * grid)
    let start = Numbers.doubles(2 * packets * grid, seed: 3, in: 0.1...1)
    let spare = AlignedBuffer<Double>(count: packets)
    func psi(_ packet: Int) -> Range<Int> { packet * grid..<(packet + 1) * grid }
    return [
      Duel(
        "kernel_ground_state", twin: "LineHamiltonian", shape, tolerance: 1e-7,
        AlignedBuffer<Double>(count: packets * grid)
      ) {
        _ = GroundState.find(
          gridCount: grid, potentials: potentials.start, hopping: hopping.view, tolerance: 1e-9,
          scratch: scratch.start, amplitudes: $0, energies: spare.start)
      } list: {
        lines.flatMap { $0.groundState().amplitudes }
      },
      Duel(
        "kernel_crank_nicolson", twin: "LineHamiltonian", shape + ", 5 steps", tolerance: 1e-12,
        AlignedBuffer<Double>(count: 2 * packets * grid)
      ) {
        $0.update(from: start.start, count: 2 * packets * grid)
        CrankNicolson.evolve(
          gridCount: grid, potentials: potentials.start, hopping: hopping.view, halfStep: 0.3,
          stepCount: 5, scratch: scratch.start, real: $0, imaginary: $0 + packets * grid)
      } list: {
        let states = lines.enumerated().map { packet, line in
          var state = psi(packet).map { (start.start[$0], start.start[packets * grid + $0]) }
          for _ in 0..<5 { state = line.crankNicolson(state, halfStep: 0.3) }
          return state
        }
        return states.flatMap { $0.map(\.0) } + states.flatMap { $0.map(\.1) }
      },
      Duel(
        "kernel_imaginary_time", twin: "LineHamiltonian", shape + ", 5 steps", tolerance: 1e-12,
        AlignedBuffer<Double>(count: packets * grid)
      ) {
        $0.update(from: start.start, count: packets * grid)
        ImaginaryTime.evolve(
          gridCount: grid, potentials: potentials.start, hopping: hopping.view, step: 0.4,
          stepCount: 5, scratch: scratch.start, amplitudes: $0, logarithms: spare.start)
      } list: {
        lines.enumerated().flatMap { packet, line in
          var state = psi(packet).map { start.start[$0] }
          for _ in 0..<5 { state = line.imaginaryTime(state, step: 0.4) }
          let norm = state.reduce(0) { $0 + $1 * $1 }.squareRoot()
          return state.map { $0 / norm }
        }
      },
    ]
  }
}
