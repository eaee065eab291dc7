import Foundation
import QHostInterfaces
import QHostTesting
import QuantumStates
import Testing

/// An `rbm` on a chain, with one row bound.
final class WaveCase {
  let model: RBM
  let session: any ModelSession
  private var inputs: [Float]

  init(
    _ chain: SpinHamiltonian, _ changes: [String: ParameterValue] = [:], seed: UInt64 = 1
  ) throws {
    let n = chain.spinCount
    model = try RBM(
      request: request(for: RBM.descriptor, changes, host: TestHost(seed: seed)),
      mapping: Mapping(task: .scenario, input: Shape([n, 3]), output: Shape([1])))
    session = model.makeSession()
    inputs = (0..<n).flatMap { [Float(chain.z[$0]), Float(chain.x[$0]), Float(chain.h[$0])] }
    let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: inputs.count)
    _ = buffer.update(fromContentsOf: inputs)
    try session.bind(inputs: UnsafeBufferPointer(buffer), rowCount: 1)
    try [UInt64(3)].withUnsafeBufferPointer { try session.bindRows(keys: $0) }
  }

  /// The energy of a spin.
  func energy(_ parameters: [Double], draw: UInt64 = 1) throws -> Double {
    var output = [Float](repeating: .nan, count: 1)
    try parameters.withUnsafeBufferPointer { parameters in
      try [draw].withUnsafeBufferPointer { draws in
        try output.withUnsafeMutableBufferPointer {
          try session.forward(parameters: parameters, draws: draws, outputs: $0)
        }
      }
    }
    return Double(output[0])
  }

  func gradient() throws -> [Double] {
    var gradient = [Double](repeating: .nan, count: model.modelDescription.parameterCount)
    try [Float(1)].withUnsafeBufferPointer { weights in
      try gradient.withUnsafeMutableBufferPointer {
        try session.backward(outputGradients: weights, gradient: $0)
      }
    }
    return gradient
  }

  /// Parameters of some size.
  func parameters(_ size: Double) -> [Double] {
    TestHost(seed: 9).normals(step: 5, index: 0, count: model.modelDescription.parameterCount)
      .map { size * $0 }
  }
}

@Suite("Neural quantum states")
struct WaveTests {
  private static let sum: [String: ParameterValue] = [
    "estimator": .choice("sum", index: 1), "hidden": .integer(3),
  ]

  private static func chain(_ n: Int, x: Double = 0, h: Double = 1) -> SpinHamiltonian {
    SpinHamiltonian(
      z: (0..<n).map { -1 - 0.1 * Double($0) }, x: [Double](repeating: x, count: n),
      h: [Double](repeating: h, count: n))
  }

  /// ⟨ψ|H|ψ⟩ / ⟨ψ|ψ⟩ / N from the definition.
  private static func exact(_ chain: SpinHamiltonian, _ p: [Double], hidden m: Int) -> Double {
    let n = chain.spinCount
    let psi = (0..<(1 << n)).map { state -> Double in
      let s = (0..<n).map { (state >> $0) & 1 == 0 ? 1.0 : -1 }
      var product = exp((0..<n).reduce(0) { $0 + p[$1] * s[$1] })
      for j in 0..<m {
        product *= cosh(p[n + j] + (0..<n).reduce(0) { $0 + p[n + m + j * n + $1] * s[$1] })
      }
      return product
    }
    var image = [Double](repeating: 0, count: psi.count)
    chain.multiply(psi, into: &image)
    let norm = psi.reduce(0) { $0 + $1 * $1 }
    return zip(psi, image).reduce(0) { $0 + $1.0 * $1.1 } / norm / Double(n)
  }

  @Test("The sum over all states is ⟨ψ|H|ψ⟩", arguments: [0.0, 0.6])
  func fullSum(x: Double) throws {
    let chain = Self.chain(5, x: x)
    let wave = try WaveCase(chain, Self.sum)
    #expect(!wave.model.modelDescription.isStochastic)
    let parameters = wave.parameters(0.4)
    // The output is single.
    #expect(
      abs(try wave.energy(parameters) - Self.exact(chain, parameters, hidden: 3)) < 2e-6)
  }

  @Test("Its gradient is that of the energy")
  func gradient() throws {
    let chain = Self.chain(5, x: 0.3)
    let wave = try WaveCase(chain, Self.sum)
    let parameters = wave.parameters(0.4)
    _ = try wave.energy(parameters)
    let gradient = try wave.gradient()
    for index in stride(from: 0, to: parameters.count, by: 3) {
      var (up, down) = (parameters, parameters)
      up[index] += 1e-5
      down[index] -= 1e-5
      let slope =
        (Self.exact(chain, up, hidden: 3) - Self.exact(chain, down, hidden: 3)) / 2e-5
      #expect(abs(gradient[index] - slope) < 1e-7, "parameter \(index)")
    }
  }

  @Test(
    "Samples have the energy and the gradient of the sum, within their errors",
    arguments: [0.0, 0.6])
  func sampled(x: Double) throws {
    let chain = Self.chain(6, x: x)
    let exact = try WaveCase(chain, Self.sum)
    let wave = try WaveCase(
      chain, ["hidden": .integer(3), "chains": .integer(64), "samples": .integer(100)])
    let parameters = exact.parameters(0.3)
    let energy = try exact.energy(parameters)
    let gradient = try exact.gradient()
    let draws = 16
    var (energies, gradients) = ([Double](), [[Double]]())
    for draw in 1...draws {
      energies.append(try wave.energy(parameters, draw: UInt64(draw)))
      gradients.append(try wave.gradient())
    }
    func check(_ values: [Double], _ expected: Double, _ what: String) {
      let mean = values.reduce(0, +) / Double(draws)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(draws - 1)
      // Five standard errors, of t with 15 degrees of freedom.
      #expect(abs(mean - expected) < 5 * (variance / Double(draws)).squareRoot() + 1e-6, "\(what)")
    }
    check(energies, energy, "energy")
    for index in gradient.indices {
      check(gradients.map { $0[index] }, gradient[index], "\(index)")
    }
  }

  @Test("Exchanges sample the states of one sum of spins")
  func exchanges() throws {
    let chain = Self.chain(6, x: -1, h: 0)
    let changes: [String: ParameterValue] = [
      "hidden": .integer(3), "moves": .choice("exchange", index: 1), "samples": .integer(200),
    ]
    let exact = try WaveCase(chain, changes.merging(Self.sum) { $1 })
    let wave = try WaveCase(chain, changes)
    let parameters = exact.parameters(0.3)
    let energy = try exact.energy(parameters)
    let energies = try (1...16).map { try wave.energy(parameters, draw: $0) }
    let mean = energies.reduce(0, +) / 16
    let variance = energies.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 15
    #expect(abs(mean - energy) < 5 * (variance / 16).squareRoot() + 1e-6)
    #expect {
      _ = try WaveCase(Self.chain(6, h: 1), changes)
    } throws: { ($0 as? ComponentError)?.message.contains("moves=exchange") == true }
  }

  @Test("Large weights neither overflow nor lose the energy to cancellation")
  func large() throws {
    let chain = Self.chain(6)
    let exact = try WaveCase(chain, Self.sum)
    let wave = try WaveCase(chain, ["hidden": .integer(3), "r_hat_limit": .real(1e9)])
    var parameters = [Double](repeating: 0, count: exact.model.modelDescription.parameterCount)
    // One unit with θ = 4 Σ s: ψ is the sum of both ferromagnetic states and hardly anything else.
    for i in 0..<6 { parameters[6 + 3 + i] = 4 }
    let energy = try exact.energy(parameters)
    #expect(abs(energy - Self.exact(chain, parameters, hidden: 3)) < 2e-6)
    let sampled = try wave.energy(parameters)
    // Chains that start anywhere fall into either state: the local energies of both are the same.
    #expect(abs(sampled - energy) < 0.02)
  }

  @Test("Chains of a nearly uniform state move, as all others do")
  func uniform() throws {
    let chain = Self.chain(6)
    let wave = try WaveCase(chain, ["hidden": .integer(3), "r_hat_limit": .real(1.1)])
    let exact = try WaveCase(chain, Self.sum)
    let parameters = exact.parameters(1e-4)
    let energies = try (1...16).map { try wave.energy(parameters, draw: $0) }
    let mean = energies.reduce(0, +) / 16
    let variance = energies.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 15
    #expect(abs(mean - (try exact.energy(parameters))) < 5 * (variance / 16).squareRoot())
    // 2,048 independent samples of a deviation of √Σz²/6, 0.5, would be off by 0.012.
    #expect(variance.squareRoot() < 0.03)
  }

  @Test("The same draw and key give the same energy, others another one")
  func streams() throws {
    let wave = try WaveCase(Self.chain(6), ["hidden": .integer(3)])
    let parameters = wave.parameters(0.3)
    let first = try wave.energy(parameters, draw: 4)
    #expect(try wave.energy(parameters, draw: 4) == first)
    #expect(try wave.energy(parameters, draw: 5) != first)
  }

  @Test("Frozen chains are judged, and such a point has no energy")
  func frozen() throws {
    // Two thousand samples of chains that hardly leave where they began: small variances within, a large one between.
    var values = [Double](repeating: 0, count: 32 * 50)
    for sample in 0..<50 {
      for chain in 0..<32 {
        values[sample * 32 + chain] =
          -2.236 + 0.1 * Double(chain % 3) + 1e-6 * Double((sample * 7 + chain) % 5)
      }
    }
    let stuck = ChainJudgement(values, chainCount: 32)
    #expect(stuck.rHat > 1_000)
    #expect(ChainJudgement(values.map { _ in -2.0 }, chainCount: 32).rHat == 1)
    let still = (0..<values.count).map { Double($0 % 32) }
    #expect(ChainJudgement(still, chainCount: 32).rHat == .infinity)
    let normal = TestHost().normals(step: 0, index: 0, count: 64 * 100)
    let good = ChainJudgement(normal, chainCount: 64)
    #expect(good.rHat < 1.02)
    #expect(abs(good.standardError / 0.0125 - 1) < 0.5)

    // Two triples, each of whose spins three units hold together: chains stay where both are aligned, or where they
    // are not, whose energies differ.
    let wave = try WaveCase(
      Self.chain(6),
      ["hidden": .integer(6), "thermalisation": .integer(10), "samples": .integer(8)])
    var parameters = [Double](repeating: 0, count: wave.model.modelDescription.parameterCount)
    for j in 0..<6 {
      for i in 0..<3 { parameters[12 + j * 6 + i + (j < 3 ? 0 : 3)] = 4 }
    }
    #expect {
      _ = try wave.energy(parameters)
    } throws: { error in
      let error = error as? ComponentError
      return error?.severity == .discard && error?.message.contains("R-hat") == true
    }
  }

  @Test("Settings that cannot be are refused with a remedy")
  func refusals() {
    func message(_ changes: [String: ParameterValue], spins: Int = 6) -> String {
      do {
        _ = try WaveCase(Self.chain(spins), changes)
        return ""
      } catch { return (error as? ComponentError)?.message ?? "\(error)" }
    }
    #expect(message(["chains": .integer(20)]).contains("set 32"))
    #expect(message(["estimator": .choice("sum", index: 1)], spins: 17).contains("2^17"))
    #expect {
      _ = try RBM(
        request: request(for: RBM.descriptor),
        mapping: Mapping(task: .classification, input: Shape([4]), output: Shape([3])))
    } throws: { ($0 as? ComponentError)?.message.contains("--dataset spin-chain") == true }
  }
}
