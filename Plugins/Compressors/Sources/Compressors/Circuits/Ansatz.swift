/// A parametrised circuit on n qubits that begins in |0…0⟩; qubit q is bit q of an amplitude's index.
///
/// Source: Kandala et al., *Hardware-efficient variational quantum eigensolver*, Nature 549 (2017) 242; the orders of
/// gates are those of Qiskit's `EfficientSU2`. `u3-cu3`: Liu, Kuo, Lin et al., *Training classical neural networks by
/// quantum machine learning*, arXiv 2402.16465, and its authors' later programs.
package struct Ansatz: Sendable, Equatable {
  /// The gates of a layer.
  package enum Kind: String, Sendable, CaseIterable {
    /// Hadamards, RY and RZ on all qubits, then `repetitions` times an entangler, RY and RZ.
    case efficientSU2 = "efficient-su2"
    /// `repetitions` times U3 on all qubits, then CU3 from each qubit to the next and from the last to the first.
    case u3cu3 = "u3-cu3"
  }

  /// The gates of a layer.
  package var kind: Kind
  /// n, at least 1.
  package var qubitCount: Int
  /// How often the entangler is there; at least 0, of `u3-cu3` at least 1.
  package var repetitions: Int
  /// More layers of rotations after the last one, with nothing between them; `efficient-su2` alone.
  package var extraRotationLayers: Int
  /// The gates between layers of rotations; `efficient-su2` alone.
  package var entangler: Entangler

  /// Makes an ansatz.
  package init(
    _ kind: Kind = .efficientSU2, qubitCount: Int, repetitions: Int, extraRotationLayers: Int = 0,
    entangler: Entangler = .linear
  ) {
    precondition(qubitCount >= 1 && repetitions >= 0 && extraRotationLayers >= 0)
    self.kind = kind
    self.qubitCount = qubitCount
    self.repetitions = repetitions
    self.extraRotationLayers = extraRotationLayers
    self.entangler = entangler
  }

  /// Layers of RY and RZ of `efficient-su2`.
  package var rotationLayerCount: Int { repetitions + 1 + extraRotationLayers }

  /// How many angles: [layers × 2 × n], RY before RZ; of `u3-cu3` [layers × 2 × n × 3], θ, φ, λ of U3 before those of CU3.
  package var angleCount: Int {
    switch kind {
    case .efficientSU2: 2 * qubitCount * rotationLayerCount
    case .u3cu3: (qubitCount > 1 ? 6 : 3) * qubitCount * repetitions
    }
  }

  /// The gates in order.
  package var gates: [Gate] {
    switch kind {
    case .efficientSU2: efficientSU2
    case .u3cu3: u3cu3
    }
  }

  private var efficientSU2: [Gate] {
    let n = qubitCount
    var gates = (0..<n).map { Gate(.hadamard, target: $0) }
    for layer in 0..<rotationLayerCount {
      if layer > 0 && layer <= repetitions {
        gates += entangler.pairs(qubitCount: n).map {
          Gate(.x, target: $0.target, control: $0.control)
        }
      }
      gates += (0..<n).map { Gate(.ry, target: $0, angle: 2 * layer * n + $0) }
      gates += (0..<n).map { Gate(.rz, target: $0, angle: (2 * layer + 1) * n + $0) }
    }
    return gates
  }

  private var u3cu3: [Gate] {
    let n = qubitCount
    var gates: [Gate] = []
    for _ in 0..<repetitions {
      let angle = gates.count * 3
      gates += (0..<n).map { Gate(.u3, target: $0, angle: angle + 3 * $0) }
      guard n > 1 else { continue }
      gates += (0..<n).map {
        Gate(.u3, target: ($0 + 1) % n, control: $0, angle: angle + 3 * (n + $0))
      }
    }
    return gates
  }
}
