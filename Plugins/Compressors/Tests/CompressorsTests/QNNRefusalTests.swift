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
    #expect(try refusal(["shots": .text(text)]).contains("shots=\(text) is not a number of shots"))
  }

  @Test("Fewer qubits than the weights need")
  func fewQubits() throws {
    #expect(try refusal(["qubits": .integer(7)]).contains("use qubits=8"))
    #expect(try QNNCase.model(["qubits": .integer(9)]).modelDescription.parameterCount == 40)
  }

  @Test("More qubits than the machine's memory holds, with the bytes")
  func memory() throws {
    func message(_ qubits: Int, threads: Int) -> String {
      do {
        try CircuitMemory.check(
          Ansatz(qubitCount: qubits, repetitions: 1), bytesPerNumber: 8, threadCount: threads)
        return ""
      } catch { return error.message }
    }
    // 2^30 times (4.4 · 8 + 16) bytes, a thousand times.
    let most = message(30, threads: 1000)
    #expect(most.contains("30 qubits on 1000 threads need 54975581388800 bytes of memory"))
    #expect(most.contains("fewer threads") && most.contains("precision=f32"))
    #expect(message(31, threads: 1).contains("more than the 30"))
    #expect(message(10, threads: 4).isEmpty)
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

  @Test("Inner models of integers")
  func integers() throws {
    let inner = try IntegerMLP(
      request: QNNCase.request(for: IntegerMLP.descriptor), mapping: QNNCase.mapping)
    #expect(try refusal([:], inner: inner).contains("not real numbers"))
  }
}
