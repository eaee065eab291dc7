internal import Foundation
public import QHostInterfaces

extension QNN: DocumentProviding {
  /// `circuit.qasm`, whose inputs are the angles, and `weights.json` with their values and how weights are made.
  public func documents(parameters: [Double]) throws(ComponentError) -> [Document] {
    let qasm = OpenQASM(circuit.ansatz)
    let weights = WeightsDocument(
      qubits: circuit.ansatz.qubitCount,
      angles: Dictionary(uniqueKeysWithValues: zip(qasm.inputs, parameters)),
      gains: Array(parameters.dropFirst(circuit.ansatz.angleCount)),
      recipe: circuit.mapping.recipe, places: circuit.places,
      tensors: inner.blocks.map {
        .init(name: $0.name, shape: $0.shape.extents, offset: $0.offset)
      })
    return [
      Document(name: "circuit.qasm", format: "OpenQASM 3.0", text: qasm.text),
      Document(name: "weights.json", format: "JSON (qhost.qnn/1)", text: try weights.text),
    ]
  }
}

/// What `circuit.qasm` does not say.
private struct WeightsDocument: Encodable {
  /// A tensor of the inner model.
  struct Tensor: Encodable {
    let name: String
    let shape: [Int]
    let offset: Int
  }

  let schema = "qhost.qnn/1"
  let qubits: Int
  let angles: [String: Double]
  let gains: [Double]
  let recipe: MappingRecipe
  /// Where each weight belongs among the inner parameters.
  let places: [Int]
  let tensors: [Tensor]

  var text: String {
    get throws(ComponentError) {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys]
      do {
        return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
      } catch {
        throw ComponentError("its weights have no form in JSON: \(error); train again")
      }
    }
  }
}
