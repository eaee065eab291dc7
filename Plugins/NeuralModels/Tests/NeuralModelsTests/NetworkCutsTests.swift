import NeuralModels
import QHostInterfaces
import QHostNetworks
import QHostTesting
import Testing

@Suite("Cuts of a network")
struct NetworkCutsTests {
  private static let tolerance = 1e-5

  @Test(
    "A cut along each parameter is what whole passes give", arguments: NetworkCase.all,
    [1, 16, 37, 300])
  func cuts(test: NetworkCase, rowCount: Int) throws {
    let driver = try test.driver()
    let parameters = test.parameters()
    try driver.bind(test.rows(rowCount), rowCount: rowCount)
    try driver.openCuts(parameters)
    let offsets = [-1.5, 0, 0.01, 0.75].map { Double(Float($0)) }
    let cuts = try parameters.indices.map { try driver.cut($0, offsets) }
    for (index, cut) in cuts.enumerated() {
      let points = offsets.flatMap { offset in
        var moved = parameters
        moved[index] += offset
        return moved
      }
      let whole = try driver.forward(points, pointCount: offsets.count)
      // Where a sum is 0 within rounding, step and sign may see either side: such rows are rare.
      let gaps = zip(cut, whole).map { abs($0 - $1) }
      let far = gaps.count { !(Double($0) < Self.tolerance) }
      #expect(far <= (test.activation.hasGradient ? 0 : gaps.count / 100), "parameter \(index)")
    }
  }

  @Test("Cuts after thousands of moves are those of a fresh pass", arguments: NetworkCase.all)
  func moves(test: NetworkCase) throws {
    let driver = try test.driver()
    let count = test.plain.parameterCount
    var parameters = test.parameters()
    let rowCount = 150
    try driver.bind(test.rows(rowCount), rowCount: rowCount)
    try driver.openCuts(parameters)
    let places = numbers(1000, seed: 8).map { Int(($0 + 1) / 2 * Double(count)) }
    let deltas = numbers(1000, range: 0.3, seed: 9)
    // Every step is later undone, so that the parameters stay where single precision is fine.
    for round in 0..<5 {
      for (place, delta) in zip(places, deltas) {
        let step = round % 2 == 0 ? delta : -delta
        try driver.session.move(index: place, delta: step)
        parameters[place] += step
      }
    }
    let moved = try driver.cut(0, [0])
    let fresh = try driver.forward(parameters)
    let far = zip(moved, fresh).count { !(abs($0 - $1) < 1e-4) }
    #expect(far <= (test.activation.hasGradient ? 0 : moved.count / 100))
  }

  @Test("A single move of each parameter is what a fresh pass gives", arguments: NetworkCase.all)
  func singleMoves(test: NetworkCase) throws {
    let driver = try test.driver()
    try driver.bind(test.rows(37), rowCount: 37)
    for index in 0..<test.plain.parameterCount {
      var parameters = test.parameters()
      try driver.openCuts(parameters)
      try driver.session.move(index: index, delta: 0.375)
      let moved = try driver.cut(index, [0, -0.375])
      let base = try driver.forward(parameters)
      parameters[index] += 0.375
      let whole = try driver.forward(parameters) + base
      let far = zip(moved, whole).count { !(Double(abs($0 - $1)) < Self.tolerance) }
      #expect(far <= (test.activation.hasGradient ? 0 : 2), "parameter \(index)")
    }
  }

  @Test("A cut without offset gives the outputs at the base point, to the bit")
  func noOffset() throws {
    let test = NetworkCase(hidden: [4, 3], activation: .tanh)
    let driver = try test.driver()
    try driver.bind(test.rows(64), rowCount: 64)
    let outputs = try driver.forward(test.parameters())
    try driver.openCuts(test.parameters())
    for index in 0..<test.plain.parameterCount { #expect(try driver.cut(index, [0]) == outputs) }
  }

  @Test("A NaN among the parameters reaches the outputs of cuts")
  func notANumber() throws {
    let test = NetworkCase(hidden: [4, 3], activation: .step)
    let driver = try test.driver()
    try driver.bind(test.rows(5), rowCount: 5)
    try driver.openCuts(test.parameters())
    #expect(try driver.cut(0, [.nan]).allSatisfy(\.isNaN))
  }

  @Test("Cuts are closed by binding rows and by a forward pass")
  func closed() throws {
    let test = NetworkCase(hidden: [4], activation: .tanh)
    let driver = try test.driver()
    try driver.bind(test.rows(5), rowCount: 5)
    #expect(throws: ComponentError.self) { try driver.cut(0, [1]) }
    try driver.openCuts(test.parameters())
    _ = try driver.cut(0, [1])
    _ = try driver.forward(test.parameters())
    #expect(throws: ComponentError.self) { try driver.cut(0, [1]) }
    try driver.openCuts(test.parameters())
    try driver.bind(test.rows(5, seed: 9), rowCount: 5)
    #expect(throws: ComponentError.self) { try driver.session.move(index: 0, delta: 1) }
    try driver.openCuts(test.parameters())
    let cut = try driver.cut(0, [0])
    #expect(cut == (try driver.forward(test.parameters())))
  }
}
