import Compressors
import Foundation
import Testing

/// Amplitudes of the same gates in other simulators, as `Fixtures/simulators.py` recorded them.
private struct RecordedAmplitudes: Decodable {
  struct Case: Decodable {
    var qubits: Int
    var circuit: String
    var angles: [Double]
    var places: [Int]
    var qiskit: [[Double]]
    var pennylane: [[Double]]
    var qulacs: [[Double]]
    var cirq: [[Double]]
  }
  var repetitions: Int
  var extra: Int
  var cases: [Case]

  static func read() throws -> Self {
    try JSONDecoder().decode(Self.self, from: RecordedFile.data("simulators.json"))
  }
}

@Suite("Other simulators")
struct SimulatorTests {
  /// What is ours in the other program's words.
  struct Convention: Sendable, CustomTestStringConvertible {
    var name: String
    /// Whether qubit 0 is the highest bit of a place.
    var isReversed = false
    /// Whether RY and RZ turn the other way; those of U3 do not.
    var turnsBack = false

    var testDescription: String { name }
    static let all = [
      Convention(name: "qiskit"), Convention(name: "pennylane", isReversed: true),
      Convention(name: "qulacs", turnsBack: true), Convention(name: "cirq", isReversed: true),
    ]
  }

  private func recorded(_ name: String, _ each: RecordedAmplitudes.Case) -> [[Double]] {
    switch name {
    case "qiskit": each.qiskit
    case "pennylane": each.pennylane
    case "qulacs": each.qulacs
    default: each.cirq
    }
  }

  @Test(
    "Amplitudes are theirs, with their order of qubits and sign of angles",
    arguments: Convention.all)
  func amplitudes(_ convention: Convention) throws {
    let file = try RecordedAmplitudes.read()
    #expect(file.cases.count == 2 * (Entangler.allCases.count + 1))
    for each in file.cases {
      let isU3 = each.circuit == "u3-cu3"
      let ansatz = Ansatz(
        isU3 ? .u3cu3 : .efficientSU2, qubitCount: each.qubits, repetitions: file.repetitions,
        extraRotationLayers: isU3 ? 0 : file.extra,
        entangler: isU3 ? .linear : try #require(Entangler(rawValue: each.circuit)))
      try #require(ansatz.angleCount == each.angles.count)
      let angles = convention.turnsBack && !isU3 ? each.angles.map { -$0 } : each.angles
      let double = CircuitEngine<Double>(ansatz).amplitudes(angles: angles)
      let single = CircuitEngine<Float>(ansatz).amplitudes(angles: angles)
      for (place, theirs) in zip(each.places, recorded(convention.name, each)) {
        let own = convention.isReversed ? Self.reversed(place, each.qubits) : place
        let label: Comment = "\(each.circuit), \(each.qubits) qubits, \(place)"
        #expect(abs(double[own].0 - theirs[0]) < 1e-12, label)
        #expect(abs(double[own].1 - theirs[1]) < 1e-12, label)
        #expect(abs(Double(single[own].0) - theirs[0]) < 1e-6, label)
        #expect(abs(Double(single[own].1) - theirs[1]) < 1e-6, label)
      }
    }
  }

  private static func reversed(_ place: Int, _ bits: Int) -> Int {
    (0..<bits).reduce(0) { $0 | (place >> $1 & 1) << (bits - 1 - $1) }
  }
}
