/// A circuit as text in OpenQASM 3, with its angles as inputs.
///
/// Inputs are `angle_0` to `angle_9`, or `angle_00` to `angle_31`: all as long as the last one, since programs that sort names as
/// text would otherwise take the eleventh for the third. Qubits are those of one register in their order; nothing
/// is measured.
///
/// Source: Cross et al., *OpenQASM 3: a broader and deeper quantum assembly language*, ACM Trans. Quantum Comput. 3 (2022) 12.
package struct OpenQASM: Sendable {
  /// The circuit.
  package let ansatz: Ansatz

  /// Makes the text of a circuit.
  package init(_ ansatz: Ansatz) { self.ansatz = ansatz }

  /// The names of the inputs, in the order of the angles.
  package var inputs: [String] {
    let width = String(max(0, ansatz.angleCount - 1)).count
    return (0..<ansatz.angleCount).map { index in
      let digits = String(index)
      return "angle_" + String(repeating: "0", count: width - digits.count) + digits
    }
  }

  /// The whole file.
  package var text: String {
    let inputs = inputs
    var lines = ["OPENQASM 3.0;", "include \"stdgates.inc\";"]
    lines += inputs.map { "input float[64] \($0);" }
    lines.append("qubit[\(ansatz.qubitCount)] q;")
    lines += ansatz.gates.map { Self.line($0, inputs) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func line(_ gate: Gate, _ inputs: [String]) -> String {
    let angles = inputs[gate.angle..<gate.angle + gate.kind.angleCount].joined(separator: ", ")
    let target = "q[\(gate.target)]"
    guard let control = gate.control else {
      switch gate.kind {
      case .hadamard: return "h \(target);"
      case .x: return "x \(target);"
      case .ry: return "ry(\(angles)) \(target);"
      case .rz: return "rz(\(angles)) \(target);"
      case .u3: return "u3(\(angles)) \(target);"
      }
    }
    let name =
      switch gate.kind {
      case .hadamard: "ch"
      case .x: "cx"
      case .ry: "cry(\(angles))"
      case .rz: "crz(\(angles))"
      // The fourth angle turns the control, as `ctrl @ u3` would not.
      case .u3: "cu(\(angles), 0)"
      }
    return "\(name) q[\(control)], \(target);"
  }
}
