internal import CCompressors
internal import QHostMemory

/// What runs a circuit: one thread at a time, on states of its own.
package protocol CircuitRunning: AnyObject, Sendable {
  /// Whether ψ of these angles is in memory.
  func has(angles: UnsafeBufferPointer<Double>) -> Bool
  /// Writes p [2ⁿ].
  func probabilities(
    angles: UnsafeBufferPointer<Double>, into p: UnsafeMutableBufferPointer<Double>)
  /// Writes ∂L/∂angles for ∂L/∂p = `slopes` [2ⁿ].
  func gradient(
    slopes: UnsafeBufferPointer<Double>, angles: UnsafeBufferPointer<Double>,
    into gradient: UnsafeMutableBufferPointer<Double>)
  /// Writes p [2ⁿ] of a run with an error after some gates.
  func probabilities(
    angles: UnsafeBufferPointer<Double>, errors: [PauliError],
    into p: UnsafeMutableBufferPointer<Double>)
}

/// The state vector of an ansatz: probabilities of all 2ⁿ outcomes, and their gradient by the angles.
///
/// `efficient-su2` of 8 qubits and more has kernels for layers; all else goes gate by gate, from 4 qubits on with kernels too. It needs one state of
/// memory, two once a gradient has been asked for, and a sixteenth for phases. From then on those of up to 13 qubits keep ψ of all
/// layers too, in at most 16 MiB. One thread at a time.
package final class CircuitEngine<Real: CircuitReal>: CircuitRunning, @unchecked Sendable {
  /// What it runs.
  package let ansatz: Ansatz
  private let gates: [Gate]
  private let usesKernels: Bool
  let usesGateKernels: Bool
  private let memory: StateMemory<Real>
  private let scratch: AlignedBuffer<UInt8>
  private var slopesMemory: StateMemory<Real>?
  private var kept: KeptStates<Real>?
  /// The last of the kept states, while it is that of ``present``.
  private var keptState: StateView<Real>?
  private var cosines: [Double]
  private var sines: [Double]
  /// The angles whose ψ, before the last RZ, is in memory; `nil`: of none.
  private var present: [Double]?

  /// Makes an engine for a circuit that ``CircuitMemory/check(_:bytesPerNumber:)`` allows.
  ///
  /// - Parameters:
  ///   - ansatz: the circuit.
  ///   - usesKernels: whether kernels may be used where there are any.
  package init(_ ansatz: Ansatz, usesKernels: Bool = true) {
    self.ansatz = ansatz
    let hasKernels =
      ansatz.kind == .efficientSU2 && ansatz.qubitCount >= QHOST_KERNEL_CIRCUIT_LEAST
    self.usesKernels = usesKernels && hasKernels
    usesGateKernels = usesKernels && ansatz.qubitCount >= GateCircuit.fewestQubits
    gates = self.usesKernels ? [] : ansatz.gates
    memory = StateMemory(qubitCount: ansatz.qubitCount, offset: 0)
    scratch = AlignedBuffer(
      count: self.usesKernels ? Real.scratchBytes(qubitCount: ansatz.qubitCount) : 0)
    cosines = [Double](repeating: 0, count: ansatz.angleCount)
    sines = cosines
  }

  var state: StateView<Real> { keptState ?? memory.view }

  /// Computes ψ, unless it is there from the call before.
  ///
  /// - Parameter angles: as many as the ansatz has.
  private func run(angles: UnsafeBufferPointer<Double>) {
    if has(angles: angles) { return }
    if let kept {
      withCircuit(angles) {
        keptState = Real.keep($0, states: kept.start, scratch: scratch.start)
      }
    } else {
      compute(angles: angles, finishes: false)
    }
    present = Array(angles)
  }

  /// Makes room for all states where there may be gradients of them; what is present is then computed again.
  private func keepStates(_ angles: UnsafeBufferPointer<Double>) {
    guard usesKernels, kept == nil else { return }
    withCircuit(angles) { circuit in
      let byteCount = Real.keptBytes(circuit)
      guard (1...KeptStates<Real>.mostBytes).contains(byteCount) else { return }
      kept = KeptStates(byteCount: byteCount)
      forget()
    }
  }

  func forget() {
    present = nil
    keptState = nil
  }

  /// Whether ψ of these angles is in memory.
  package func has(angles: UnsafeBufferPointer<Double>) -> Bool {
    guard let present else { return false }
    return present.elementsEqual(angles)
  }

  private func compute(angles: UnsafeBufferPointer<Double>, finishes: Bool) {
    precondition(angles.count == ansatz.angleCount, "\(angles.count) angles for a circuit")
    if usesKernels {
      let view = state
      withCircuit(angles) {
        Real.forward($0, finishes: finishes, state: view, scratch: scratch.start)
      }
    } else {
      runGates(gates, angles: angles)
    }
  }

  /// Writes p [2ⁿ].
  package func probabilities(
    angles: UnsafeBufferPointer<Double>, into p: UnsafeMutableBufferPointer<Double>
  ) {
    precondition(p.count == state.count, "\(p.count) places for \(state.count) probabilities")
    run(angles: angles)
    Real.probabilities(of: state, into: p)
  }

  /// ψ [2ⁿ] after all gates, real and imaginary parts.
  package func amplitudes(angles: [Double]) -> [(Real, Real)] {
    forget()
    angles.withUnsafeBufferPointer { compute(angles: $0, finishes: true) }
    return (0..<state.count).map { (state.real[$0], state.imaginary[$0]) }
  }

  /// Writes ∂L/∂angles for any L of the probabilities.
  ///
  /// - Parameters:
  ///   - values: ∂L/∂p, [2ⁿ].
  ///   - angles: as many as the ansatz has.
  ///   - gradient: as many; overwritten.
  package func gradient(
    slopes values: UnsafeBufferPointer<Double>, angles: UnsafeBufferPointer<Double>,
    into gradient: UnsafeMutableBufferPointer<Double>
  ) {
    precondition(values.count == state.count, "\(values.count) slopes for \(state.count) outcomes")
    guard let start = gradient.baseAddress else { return }
    keepStates(angles)
    run(angles: angles)
    let slopes = slopesView()
    Real.copy(values, into: slopes.real)
    if let kept {
      withCircuit(angles) {
        Real.gradient(
          $0, kept: kept.start, slopes: slopes, scratch: scratch.start, gradient: start)
      }
      return
    }
    forget()
    let view = state
    if usesKernels {
      withCircuit(angles) {
        Real.gradient($0, state: view, slopes: slopes, scratch: scratch.start, gradient: start)
      }
    } else {
      for place in 0..<view.count {
        slopes.imaginary[place] = slopes.real[place] * view.imaginary[place]
        slopes.real[place] *= view.real[place]
      }
      gradient.update(repeating: 0)
      if usesGateKernels {
        GateCircuit.addGradient(gates, angles: angles, state: view, slopes: slopes, into: start)
      } else {
        PlainCircuit.addGradient(gates, angles: angles, state: view, slopes: slopes, into: start)
      }
    }
  }

  private func slopesView() -> StateView<Real> {
    let present = slopesMemory ?? StateMemory(qubitCount: ansatz.qubitCount, offset: 2048)
    slopesMemory = present
    return present.view
  }

  private func withCircuit(
    _ angles: UnsafeBufferPointer<Double>, _ body: (UnsafePointer<qhost_kernel_circuit>) -> Void
  ) {
    guard let first = angles.baseAddress else { return }
    cosines.withUnsafeMutableBufferPointer { cosines in
      sines.withUnsafeMutableBufferPointer { sines in
        guard let c = cosines.baseAddress, let s = sines.baseAddress else { return }
        qhost_kernel_half_angles(angles.count, first, c, s)
        var circuit = qhost_kernel_circuit(
          qubit_count: ansatz.qubitCount, layer_count: ansatz.rotationLayerCount,
          repetitions: ansatz.repetitions, entangler: ansatz.entangler.kernelCode, cosines: c,
          sines: s)
        body(&circuit)
      }
    }
  }
}
