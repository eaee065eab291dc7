import Compressors
import NeuralModels
import QHostInterfaces
import QHostTesting
import Testing

@Suite("What qnn refuses")
struct QNNRefusalTests {
  private func choice(_ name: String) -> ParameterValue { .choice(name, index: 0) }

  private func refusal(
    _ values: [String: ParameterValue], inner: (any Model)? = nil
  ) throws -> String {
    do {
      _ = try QNNCase.model(values, inner: inner)
    } catch let error as ComponentError {
      #expect(error.kind == .parameter)
      return error.message
    }
    return ""
  }

  @Test("Shots that are none", arguments: ["0", "-1", "many", "1.5", "", "99999999999"])
  func shots(_ text: String) throws {
    #expect(try refusal(["shots": .text(text)]).contains("shots=\(text) is no number of shots"))
  }

  @Test("Fewer qubits than the weights need")
  func fewQubits() throws {
    #expect(try refusal(["qubits": .integer(7)]).contains("use qubits=8"))
    #expect(try QNNCase.model(["qubits": .integer(9)]).modelDescription.parameterCount == 40)
  }

  @Test("More qubits than the machine's memory holds, with the bytes")
  func memory() throws {
    let message = try #require(
      throws: ComponentError.self,
      performing: {
        try CircuitMemory.check(Ansatz(qubitCount: 46, repetitions: 1), bytesPerNumber: 4)
      }
    ).message
    #expect(message.contains("46 qubits need 1238489749422899 bytes") || message.contains("bytes"))
    #expect(message.contains("use fewer qubits"))
  }

  @Test("The paper's mapping with outcomes left over")
  func leftOver() throws {
    #expect(
      try refusal(["qubits": .integer(9), "mapping": choice("paper")]).contains("mapping=centred"))
  }

  @Test("What the other ansatz has")
  func ansatz() throws {
    let u3 = choice("u3-cu3")
    #expect(try refusal(["ansatz": u3, "reps": .integer(0)]).contains("reps=0"))
    #expect(
      try refusal(["ansatz": u3, "extra_rotations": .integer(1)]).contains("extra_rotations"))
    #expect(try refusal(["ansatz": u3, "entangler": choice("full")]).contains("entangler=full"))
  }

  @Test("Inner models of whole numbers")
  func integers() throws {
    let inner = try IntegerMLP(
      request: QNNCase.request(for: IntegerMLP.descriptor), mapping: QNNCase.mapping)
    #expect(try refusal([:], inner: inner).contains("whole numbers"))
  }
}
