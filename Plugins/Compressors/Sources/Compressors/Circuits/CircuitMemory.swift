internal import Foundation
package import QHostInterfaces

/// How much memory a state vector takes, and whether the machine has it.
package enum CircuitMemory {
  /// Qubits of the largest state that indices of the kernels are for.
  package static let mostQubits = 30

  /// Bytes that a forward pass and a gradient take on each thread: two states and what is beside them, and
  /// probabilities and slopes in double precision.
  package static func bytes(_ ansatz: Ansatz, bytesPerNumber: Int) -> Double {
    let count = Double(sign: .plus, exponent: ansatz.qubitCount, significand: 1)
    return (2.2 * 2 * Double(bytesPerNumber) + 2 * Double(MemoryLayout<Double>.size)) * count
  }

  /// Refuses circuits for which the machine has too little memory.
  ///
  /// - Parameters:
  ///   - ansatz: the circuit.
  ///   - bytesPerNumber: 4 or 8.
  ///   - threadCount: how many may run it at once.
  /// - Throws: kind `parameter`, with the bytes.
  package static func check(
    _ ansatz: Ansatz, bytesPerNumber: Int, threadCount: Int = 1
  ) throws(ComponentError) {
    guard ansatz.qubitCount <= mostQubits else {
      throw .parameter(
        "\(ansatz.qubitCount) qubits are more than the \(mostQubits) that circuits may have; "
          + "use fewer qubits")
    }
    let needed = Double(threadCount) * bytes(ansatz, bytesPerNumber: bytesPerNumber)
    let present = Double(sysconf(Int32(_SC_PHYS_PAGES))) * Double(sysconf(Int32(_SC_PAGESIZE)))
    guard needed > present else { return }
    throw .parameter(
      "\(ansatz.qubitCount) qubits on \(threadCount) threads need \(Int64(needed)) bytes of memory "
        + "and the machine has \(Int64(present)); use fewer qubits"
        + (threadCount > 1 ? ", or fewer threads" : "")
        + (bytesPerNumber > 4 ? ", or precision=f32" : ""))
  }
}
