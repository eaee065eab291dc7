import Dispatch
import NeuralModels
import QHostInterfaces
import QHostNetworks
import Synchronization
import Testing

@Suite("Sessions on several threads at once")
struct ConcurrencyTests {
  @Test("Passes through a layer wide enough for the library of products do not disturb each other")
  func passes() throws {
    let shape = NetworkCase(hidden: [100], activation: .tanh, inputs: 200, outputs: 10)
    let model = try shape.model()
    let parameters = shape.parameters()
    let rows = shape.rows(512)
    let expected = try Self.outputs(model, parameters, rows)
    let differing = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: 4) { _ in
      for _ in 0..<100 {
        let outputs = try? Self.outputs(model, parameters, rows)
        if outputs != expected { differing.add(1, ordering: .relaxed) }
      }
    }
    #expect(differing.load(ordering: .relaxed) == 0)
  }

  private static func outputs(
    _ model: MLP, _ parameters: [Double], _ rows: [Float]
  ) throws -> [Float] {
    let session = try model.makeSession()
    var outputs = [Float](repeating: .nan, count: 10 * 512)
    try rows.withUnsafeBufferPointer { rows in
      try session.bind(inputs: rows, rowCount: 512)
      try parameters.withUnsafeBufferPointer { parameters in
        try outputs.withUnsafeMutableBufferPointer {
          try session.forward(parameters: parameters, pointCount: 1, outputs: $0)
        }
      }
    }
    return outputs
  }
}
