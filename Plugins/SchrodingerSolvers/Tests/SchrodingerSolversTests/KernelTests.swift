import Foundation
import SchrodingerSolvers
import Testing

@Suite("Kernels on a discretised line")
struct KernelTests {
  private static let grid = 33
  private static func potential(_ seed: Int) -> [Double] {
    (0..<grid).map { g in
      let x = -1 + 2 * Double(g) / Double(grid - 1)
      return x * x + 0.3 * sin(Double(seed + 3) * x + Double(seed))
    }
  }

  @Test("Ground states agree with the plain version", arguments: [1, 2, 3, 8, 11])
  func groundStates(count: Int) {
    let hops = (0..<count).map { 0.05 * Double(1 + $0 * $0) }
    let potentials = (0..<count).flatMap(Self.potential)
    var scratch = [Double](
      repeating: 0, count: GroundState.scratchCount(gridCount: Self.grid))
    var amplitudes = [Double](repeating: 0, count: count * Self.grid)
    var energies = [Double](repeating: 0, count: count)
    let wrong = hops.withUnsafeBufferPointer {
      GroundState.find(
        gridCount: Self.grid, potentials: potentials, hopping: $0, tolerance: 1e-9,
        scratch: &scratch, amplitudes: &amplitudes, energies: &energies)
    }
    #expect(wrong == nil)
    for b in 0..<count {
      let plain = LineHamiltonian(potential: Self.potential(b), hopping: hops[b]).groundState()
      #expect(abs(plain.energy - energies[b]) < 1e-13 * (1 + 4 * hops[b]))
      for g in 0..<Self.grid {
        #expect(abs(plain.amplitudes[g] - amplitudes[b * Self.grid + g]) < 1e-8)
      }
    }
  }

  @Test("Crank-Nicolson steps agree with the plain version", arguments: [1, 2, 3, 8, 11])
  func crankNicolson(count: Int) {
    let hops = (0..<count).map { 0.5 + 0.1 * Double($0) }
    let potentials = (0..<count).flatMap(Self.potential)
    var scratch = [Double](
      repeating: 0, count: CrankNicolson.scratchCount(gridCount: Self.grid))
    var real = (0..<count * Self.grid).map { sin(Double($0 * $0)) }
    var imaginary = (0..<count * Self.grid).map { cos(Double($0 * $0)) }
    var plain = (0..<count).map { b in
      (0..<Self.grid).map { (real[b * Self.grid + $0], imaginary[b * Self.grid + $0]) }
    }
    hops.withUnsafeBufferPointer {
      CrankNicolson.evolve(
        gridCount: Self.grid, potentials: potentials, hopping: $0, halfStep: 0.3, stepCount: 5,
        scratch: &scratch, real: &real, imaginary: &imaginary)
    }
    for b in 0..<count {
      let line = LineHamiltonian(potential: Self.potential(b), hopping: hops[b])
      for _ in 0..<5 { plain[b] = line.crankNicolson(plain[b], halfStep: 0.3) }
      for g in 0..<Self.grid {
        #expect(abs(plain[b][g].0 - real[b * Self.grid + g]) < 1e-13)
        #expect(abs(plain[b][g].1 - imaginary[b * Self.grid + g]) < 1e-13)
      }
    }
  }

  @Test("Imaginary steps agree with the plain version", arguments: [1, 2, 3, 8, 11])
  func imaginaryTime(count: Int) {
    let hops = (0..<count).map { 0.5 + 0.1 * Double($0) }
    let potentials = (0..<count).flatMap(Self.potential)
    var scratch = [Double](
      repeating: 0, count: ImaginaryTime.scratchCount(gridCount: Self.grid))
    var amplitudes = (0..<count * Self.grid).map { 1 + 0.5 * sin(Double($0 * $0)) }
    var logarithms = [Double](repeating: 0, count: count)
    var plain = (0..<count).map { b in Array(amplitudes[b * Self.grid..<(b + 1) * Self.grid]) }
    hops.withUnsafeBufferPointer {
      ImaginaryTime.evolve(
        gridCount: Self.grid, potentials: potentials, hopping: $0, step: 0.4, stepCount: 5,
        scratch: &scratch, amplitudes: &amplitudes, logarithms: &logarithms)
    }
    for b in 0..<count {
      let line = LineHamiltonian(potential: Self.potential(b), hopping: hops[b])
      for _ in 0..<5 { plain[b] = line.imaginaryTime(plain[b], step: 0.4) }
      let norm = plain[b].reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(abs(log(norm) - logarithms[b]) < 1e-13)
      for g in 0..<Self.grid {
        #expect(abs(plain[b][g] / norm - amplitudes[b * Self.grid + g]) < 1e-13)
      }
    }
  }
}
