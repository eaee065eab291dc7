import NeuralModels
import QHostInterfaces
import QHostTesting
import Testing

@Suite("direct")
struct DirectTests {
  private func model(lower: [Double] = [], upper: [Double] = []) throws -> Direct {
    var mapping = mapping([0], 3, .scenario)
    mapping.outputLower = lower
    mapping.outputUpper = upper
    return try Direct(request: request(for: Direct.descriptor), mapping: mapping)
  }

  @Test("Outputs are the parameters for every row and point")
  func forward() throws {
    let driver = try SessionDriver(model(), outputCount: 3)
    #expect(driver.model.modelDescription.isIdentity)
    try driver.bind([], rowCount: 2)
    let outputs = try driver.forward([1, 2, 3, 4, 5, 6], pointCount: 2)
    #expect(outputs == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6])
  }

  @Test("The gradient is the sum over rows")
  func backward() throws {
    let driver = try SessionDriver(model(), outputCount: 3)
    try driver.bind([], rowCount: 2)
    _ = try driver.forward([0, 0, 0])
    #expect(try driver.backward([1, 2, 3, 4, 5, 6]) == [3, 7, 11])
  }

  @Test("Cuts and moves change one output")
  func cuts() throws {
    let driver = try SessionDriver(model(), outputCount: 3)
    try driver.bind([], rowCount: 1)
    #expect(throws: ComponentError.self) { try driver.cut(1, [1]) }
    try driver.openCuts([1, 2, 3])
    #expect(try driver.cut(1, [0.5, -1]) == [1, 2.5, 3, 1, 1, 3])
    try driver.session.move(index: 2, delta: 4)
    #expect(try driver.cut(0, [0]) == [1, 2, 7])
    _ = try driver.forward([0, 0, 0])
    #expect(throws: ComponentError.self) { try driver.session.move(index: 0, delta: 1) }
  }

  @Test("Starting points lie within the bounds, and scales are a quarter of the domain")
  func bounded() throws {
    let model = try model(lower: [-2, 0, 5], upper: [2, 8, 6])
    #expect(model.modelDescription.scales == [1, 2, 0.25])
    for start in 0..<100 as Range<UInt64> {
      let point = try model.initialParameters(start: start)
      #expect((-2..<2).contains(point[0]) && (0..<8).contains(point[1]))
      #expect((5..<6).contains(point[2]))
    }
    #expect(try model.initialParameters(start: 1) != model.initialParameters(start: 2))
  }

  @Test("Without bounds starting points are normal; one bound is kept to")
  func unbounded() throws {
    let host = TestHost()
    #expect(
      try model().initialParameters(start: 7) == host.normals(step: 7, index: 1, count: 3))
    #expect(try model().modelDescription.scales == [1, 1, 1])
    let half = try model(
      lower: [0, 0, 0], upper: [Double](repeating: .infinity, count: 3))
    for start in 0..<20 as Range<UInt64> {
      #expect(try half.initialParameters(start: start).allSatisfy { $0 >= 0 })
    }
  }

  @Test("Bounds that do not fit the outputs or are reversed are refused")
  func wrongBounds() {
    #expect(throws: ComponentError.self) { try model(lower: [1], upper: [2]) }
    #expect(throws: ComponentError.self) { try model(lower: [0, 0, 3], upper: [1, 1, 2]) }
  }
}
