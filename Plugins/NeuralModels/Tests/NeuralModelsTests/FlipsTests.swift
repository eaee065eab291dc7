import NeuralModels
import QHostInterfaces
import QHostNetworks
import QHostTesting
import Testing

@Suite("Units with two outputs")
struct FlipsTests {
  static let cases = [[4], [4, 3], [3, 5, 4]].flatMap { hidden in
    [Activation.step, .sign].map { NetworkCase(hidden: hidden, activation: $0) }
  }

  private func openUnit(_ driver: SessionDriver, _ unit: Int) throws -> (
    sums: [Float], low: [Float], high: [Float]
  ) {
    let size = driver.outputCount * driver.rowCount
    var sums = [Float](repeating: .nan, count: driver.rowCount)
    var outputs = [Float](repeating: .nan, count: 2 * size)
    try sums.withUnsafeMutableBufferPointer { sums in
      try outputs.withUnsafeMutableBufferPointer {
        try driver.session.openUnit(unit, sums: sums, outputs: $0)
      }
    }
    return (sums, Array(outputs[..<size]), Array(outputs[size...]))
  }

  /// The slope of a unit's sum by a parameter in each row, and that of no other.
  private func factors(_ driver: SessionDriver, _ index: Int) throws -> [Float] {
    let factors = try driver.session.factors(index: index)
    var all = [Float](repeating: 0, count: driver.rowCount)
    for place in 0..<factors.count {
      all[factors.rows.map { Int($0[place]) } ?? place] = factors.values?[place] ?? 1
    }
    return all
  }

  @Test("Outputs are those with the unit low or high, as its sum with noise says", arguments: cases)
  func outputs(network: NetworkCase) throws {
    let driver = try network.driver()
    let units = driver.model.modelDescription.flipUnitCount
    #expect(units == network.hidden.reduce(0, +))
    try driver.bind(network.rows(37), rowCount: 37)
    let point = network.parameters()
    let noise = numbers(units * 37, range: 1, seed: 9).map { Float($0) }
    try noise.withUnsafeBufferPointer { noise in
      try driver.session.takeNoise(noise.baseAddress)
      try driver.openCuts(point)
      let base = try driver.cut(0, [0])
      for unit in 0..<units {
        let (sums, low, high) = try openUnit(driver, unit)
        for row in 0..<37 {
          let side = sums[row] > 0 ? high : low
          for output in 0..<network.outputs {
            #expect(side[output * 37 + row] == base[output * 37 + row])
          }
        }
        #expect(low != high)
      }
      try driver.session.takeNoise(nil)
      try driver.openCuts(point)
      let quiet = try driver.cut(0, [0])
      #expect(quiet != base)
      #expect(distance(quiet, try driver.forward(point).map { Double($0) }) < 1e-5)
    }
  }

  @Test("A unit's sum is linear in its weights, with the factors that it says", arguments: cases)
  func slopes(network: NetworkCase) throws {
    let driver = try network.driver()
    try driver.bind(network.rows(37), rowCount: 37)
    try driver.openCuts(network.parameters())
    var seen: Set<Int> = []
    for index in 0..<driver.model.modelDescription.parameterCount {
      guard let unit = driver.model.flippingUnit(of: index) else { continue }
      seen.insert(unit)
      let before = try openUnit(driver, unit).sums
      let factors = try factors(driver, index)
      try driver.session.move(index: index, delta: 0.25)
      let after = try openUnit(driver, unit).sums
      for row in 0..<37 {
        #expect(abs(after[row] - before[row] - 0.25 * factors[row]) < 1e-5)
      }
      try driver.session.move(index: index, delta: -0.25)
    }
    #expect(seen.count == network.hidden.reduce(0, +))
    let last = driver.model.modelDescription.parameterCount - 1
    #expect(driver.model.flippingUnit(of: last) == nil)
  }

  @Test("Smooth units have no flips, and refuse noise")
  func smooth() throws {
    let network = NetworkCase(hidden: [4], activation: .tanh)
    let driver = try network.driver()
    #expect(driver.model.modelDescription.flipUnitCount == 0)
    #expect(driver.model.flippingUnit(of: 0) == nil)
    try driver.bind(network.rows(5), rowCount: 5)
    let error = #expect(throws: ComponentError.self) {
      let noise = [Float](repeating: 0, count: 20)
      try noise.withUnsafeBufferPointer { try driver.session.takeNoise($0.baseAddress) }
    }
    #expect(error?.message.contains("choose step or sign") == true)
  }
}
