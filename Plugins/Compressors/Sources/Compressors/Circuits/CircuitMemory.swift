internal import Foundation
package import QHostInterfaces

/// How much memory a state vector takes, and whether the machine has it.
package enum CircuitMemory {
  /// Qubits of the largest state that indices of the kernels are for.
  package static let mostQubits = 30

  /// Bytes that forward and gradient take: two states and what is beside them.
  package static func bytes(_ ansatz: Ansatz, bytesPerNumber: Int) -> Double {
    2.2 * 2 * Double(bytesPerNumber)
      * Double(sign: .plus, exponent: ansatz.qubitCount, significand: 1)
  }

  /// Refuses circuits for which the machine has too little memory.
  ///
  /// - Throws: kind `parameter`, with the bytes.
  package static func check(_ ansatz: Ansatz, bytesPerNumber: Int) throws(ComponentError) {
    let needed = bytes(ansatz, bytesPerNumber: bytesPerNumber)
    let present = Double(sysconf(Int32(_SC_PHYS_PAGES))) * Double(sysconf(Int32(_SC_PAGESIZE)))
    guard needed <= present else {
      throw .parameter(
        "\(ansatz.qubitCount) qubits need \(Int64(needed)) bytes of memory and the machine has "
          + "\(Int64(present)); use fewer qubits"
          + (bytesPerNumber > 4 ? ", or precision=f32, which needs half" : ""))
    }
    guard ansatz.qubitCount <= mostQubits else {
      throw .parameter(
        "\(ansatz.qubitCount) qubits are more than the \(mostQubits) that circuits may have; "
          + "use fewer qubits")
    }
  }
}
