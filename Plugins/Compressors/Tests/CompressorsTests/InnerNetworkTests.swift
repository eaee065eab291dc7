import Compressors
import QHostInterfaces
import QHostTesting
import Testing

/// A model that says what a test wants of it, and computes nothing.
private final class Stub: Model {
  let modelDescription: ModelDescription

  init(_ change: (inout ModelDescription) -> Void) {
    var description = ModelDescription(parameterCount: 40, multiplyAdds: 40)
    change(&description)
    modelDescription = description
  }

  func initialParameters(start: UInt64) -> [Double] { [Double](repeating: 0.5, count: 40) }
  func makeSession() throws(ComponentError) -> any ModelSession {
    throw .unsupported("a stub computes nothing")
  }
}

@Suite("Inner networks")
struct InnerNetworkTests {
  @Test("What cannot be generated is refused: categories, a single bound, random outputs")
  func refusals() throws {
    let stubs: [(Stub, String)] = [
      (
        Stub {
          $0.kinds = [ParameterKind](repeating: .real, count: 39) + [.categorical]
        }, "the first at 39"
      ),
      (
        Stub {
          $0.lower = [Double](repeating: -.infinity, count: 40)
          $0.upper = [Double](repeating: .infinity, count: 39) + [1]
        }, "the first at 39"
      ),
      (Stub { $0.isStochastic = true }, "at random"),
    ]
    for (stub, words) in stubs {
      for make in [
        { try CompressorCase.subspace(around: stub) as any Model },
        { try CompressorCase.coordinateNet(around: stub) },
      ] {
        let error = #expect(throws: ComponentError.self) { try make() }
        #expect(error?.kind == .parameter && error?.message.contains(words) == true)
      }
    }
  }

  @Test("A compressor has what its inner model has: gradient, graph, series; and never cuts")
  func capabilities() throws {
    for has in [true, false] {
      let stub = Stub {
        $0.hasGradient = has
        $0.hasGraph = has
        $0.takesSeries = has
        $0.hasCuts = true
        // Bounds at infinity are none, and one tensor without a name is one.
        $0.lower = [Double](repeating: -.infinity, count: 40)
        $0.upper = [Double](repeating: .infinity, count: 40)
      }
      let model = try CompressorCase.subspace(around: stub)
      let description = model.modelDescription
      #expect(description.hasGradient == has && description.hasGraph == has)
      #expect(description.takesSeries == has && !description.hasCuts)
      #expect(description.passWork.pass > stub.modelDescription.passWork.pass)
      #expect(description.passWork.row == stub.modelDescription.passWork.row)
      #expect(
        try model.innerParameters(at: [Double](repeating: 0, count: 10)).allSatisfy { $0 == 0.5 })
    }
  }
}
