import Foundation
import NeuralModels
import QHostInterfaces
import QHostNetworks
import QHostTesting
import Testing

@Suite("Losses along the weights of a unit")
struct PotentialTests {
  static let cases = [[4], [4, 3], [3, 5, 4]].flatMap { hidden in
    [Activation.tanh, .sigmoid, .sine, .step, .sign].map {
      NetworkCase(hidden: hidden, activation: $0)
    }
  }
  fileprivate static let rowCount = 37

  /// Inputs of which every second is 0 in two of three rows, so that both lists and whole columns are worked on.
  private static func rows(_ network: NetworkCase) -> [Float] {
    var values = network.rows(rowCount)
    for input in stride(from: 0, to: network.inputs, by: 2) {
      for row in 0..<rowCount where row % 3 != 0 { values[input * rowCount + row] = 0 }
    }
    return values
  }

  /// Sums of a hidden unit of a network, and its outputs where the unit's output is `held`.
  private struct Plain {
    let network: NetworkCase
    let rows: [Float]

    private var rowCount: Int { PotentialTests.rowCount }
    private var widths: [Int] { [network.inputs] + network.hidden + [network.outputs] }

    /// z of a hidden unit in a row, and the row's outputs, with the unit's output held at a value or its sum changed.
    func pass(
      _ p: [Double], row: Int, unit: Int, held: Double? = nil, change: Double = 0
    ) -> (sum: Double, outputs: [Double]) {
      var values = (0..<network.inputs).map { Double(rows[$0 * rowCount + row]) }
      var (offset, number, found) = (0, 0, 0.0)
      for layer in 1..<widths.count {
        let (inputs, units) = (widths[layer - 1], widths[layer])
        var next: [Double] = []
        for m in 0..<units {
          let z = (0..<inputs).reduce(p[offset + units * inputs + m]) {
            $0 + p[offset + m * inputs + $1] * values[$1]
          }
          guard layer + 1 < widths.count else {
            next.append(z)
            continue
          }
          if number == unit { found = z }
          next.append(
            number == unit
              ? held ?? network.activation.value(z + change) : network.activation.value(z))
          number += 1
        }
        offset += units * (inputs + 1)
        values = next
      }
      return (found, values)
    }

    var isBinary: Bool { network.activation == .step || network.activation == .sign }

    /// The place of a sum of a unit with two outputs.
    func place(_ z: Double) -> Double {
      let h = network.activation.value(z)
      return network.activation == .step ? 2 * h - 1 : h
    }

    func value(at t: Double) -> Double { network.activation == .step ? (t + 1) / 2 : t }

    /// The inputs of a hidden unit in a row.
    func inputs(_ p: [Double], row: Int, unit: Int) -> [Double] {
      // The sum is linear in each of its weights.
      let (weights, _) = places(of: unit)
      let before = pass(p, row: row, unit: unit).sum
      return weights.map { index in
        var moved = p
        moved[index] += 1
        return pass(moved, row: row, unit: unit).sum - before
      }
    }

    /// Where the weights of a hidden unit are, and its bias.
    func places(of unit: Int) -> (weights: Range<Int>, bias: Int) {
      var (offset, number) = (0, 0)
      for layer in 1..<widths.count {
        let (inputs, units) = (widths[layer - 1], widths[layer])
        if unit < number + units {
          let start = offset + (unit - number) * inputs
          return (start..<start + inputs, offset + units * inputs + unit - number)
        }
        number += units
        offset += units * (inputs + 1)
      }
      preconditionFailure("no hidden unit \(unit)")
    }

    /// What the sum changes by from place 0 to place 1, with offsets of one size: see PotentialReach.
    func reach(_ p: [Double], row: Int, unit: Int, offset: Double) -> Double {
      let x = inputs(p, row: row, unit: unit)
      let largest = x.reduce(1) { max($0, abs($1)) }
      let squares = x.reduce(1) { $0 + $1 * $1 }
      let one = 1.001 * offset * largest
      let walk = 5 * offset * (min(1, 64 / Double(x.count + 1)) * squares).squareRoot()
      return max(one, min(one + walk, 1.2))
    }
  }

  private func hold(_ driver: SessionDriver, _ unit: Int, _ places: [Double]) throws -> [Float] {
    var outputs = [Float](
      repeating: .nan, count: places.count * driver.outputCount * driver.rowCount)
    try places.withUnsafeBufferPointer { places in
      try outputs.withUnsafeMutableBufferPointer {
        try driver.session.hold(unit: unit, at: places, outputs: $0)
      }
    }
    return outputs
  }

  private func open(
    _ driver: SessionDriver, _ unit: Int, _ coefficients: [Float], width: Double = 0
  ) throws -> Double {
    try coefficients.withUnsafeBufferPointer {
      try driver.session.openPotential(
        UnitPotential(
          unit: unit, coefficients: $0, coefficientCount: $0.count / driver.rowCount,
          noiseWidth: width))
    }
  }

  private func cut(_ driver: SessionDriver, _ index: Int, _ offsets: [Double]) throws -> [Double] {
    var changes = [Double](repeating: .nan, count: offsets.count)
    try offsets.withUnsafeBufferPointer { offsets in
      try changes.withUnsafeMutableBufferPointer { changes in
        guard let start = changes.baseAddress else { return }
        let took = try driver.session.cutPotential(index: index, offsets: offsets, into: start)
        #expect(took.work > 0 && took.outside == 0)
      }
    }
    return changes
  }

  private func units(_ network: NetworkCase, _ driver: SessionDriver) -> Int {
    let units = driver.model.modelDescription.potentialUnitCount
    #expect(units == network.hidden.reduce(0, +))
    return units
  }

  @Test("Outputs are those with the unit held at a place", arguments: cases)
  func holding(network: NetworkCase) throws {
    let driver = try network.driver()
    let rows = Self.rows(network)
    try driver.bind(rows, rowCount: Self.rowCount)
    let (point, plain) = (network.parameters(), Plain(network: network, rows: rows))
    try driver.openCuts(point)
    let places = [-1, -0.4, 0.3, 1]
    for unit in 0..<units(network, driver) {
      if !plain.isBinary { try driver.session.preparePotential(unit: unit, offset: 0.5) }
      let found = try hold(driver, unit, places)
      for row in 0..<Self.rowCount {
        let reach = plain.reach(point, row: row, unit: unit, offset: 0.5)
        for (j, t) in places.enumerated() {
          let expected =
            (plain.isBinary
            ? plain.pass(point, row: row, unit: unit, held: plain.value(at: t))
            : plain.pass(point, row: row, unit: unit, change: reach * t)).outputs
          for (c, value) in expected.enumerated() {
            let place = (j * network.outputs + c) * Self.rowCount + row
            #expect(abs(Double(found[place]) - value) < 2e-5, "\(unit) \(t) \(row)")
          }
        }
      }
    }
  }

  @Test(
    "Sums along a unit's weights are those of the rows' polynomials, before and after moves",
    arguments: cases)
  func sums(network: NetworkCase) throws {
    let driver = try network.driver()
    let rows = Self.rows(network)
    try driver.bind(rows, rowCount: Self.rowCount)
    var point = network.parameters()
    let plain = Plain(network: network, rows: rows)
    let isBinary = plain.isBinary
    #expect(driver.model.modelDescription.hasBinaryPotentials == isBinary)
    try driver.openCuts(point)
    let offsets = [-0.5, 0, 0.25, 0.75, -1.5, 0.125]
    for unit in 0..<units(network, driver) {
      let indices = point.indices.filter { driver.model.potentialUnit(of: $0) == unit }
      for count in isBinary ? [1, 2] : [1, 2, 3, 5, 8, 13] {
        let coefficients = numbers(count * Self.rowCount, seed: UInt64(unit * 20 + count)).map {
          Float($0)
        }
        let origin = (0..<Self.rowCount).map { plain.pass(point, row: $0, unit: unit).sum }
        let reach = (0..<Self.rowCount).map {
          plain.reach(point, row: $0, unit: unit, offset: 4)
        }
        func loss(_ p: [Double]) -> Double {
          (0..<Self.rowCount).reduce(0) { sum, row in
            let z = plain.pass(p, row: row, unit: unit).sum
            let t = isBinary ? plain.place(z) : (z - origin[row]) / reach[row]
            return sum
              + (0..<count).reduce(0) {
                $0 + Double(coefficients[$1 * Self.rowCount + row]) * pow(t, Double($1))
              }
          }
        }
        if !isBinary { try driver.session.preparePotential(unit: unit, offset: 4) }
        var sum = try open(driver, unit, coefficients)
        #expect(abs(sum - loss(point)) < 2e-4)
        for index in indices {
          let found = try cut(driver, index, offsets)
          for (offset, change) in zip(offsets, found) {
            var moved = point
            moved[index] += offset
            #expect(abs(sum + change - loss(moved)) < 3e-4, "\(index) \(offset) \(count)")
          }
          #expect(found[1] == 0)
          let step = Double(index % 3 - 1) / 8
          point[index] += step
          let moved = try driver.session.movePotential(index: index, delta: step)
          sum += moved.change
          #expect(moved.took.outside == 0)
          #expect(abs(sum - loss(point)) < 3e-4)
        }
        #expect(try driver.session.closePotential() > 0)
        let after = try driver.cut(0, [0])
        #expect(
          distance(after, try network.driver(rows, Self.rowCount).forward(point).map { Double($0) })
            < 1e-4)
      }
    }
  }

  @Test(
    "A step's sums are exact: each row has what it loses low or high",
    arguments: [Activation.step, .sign])
  func exact(activation: Activation) throws {
    let network = NetworkCase(hidden: [4], activation: activation)
    let driver = try network.driver()
    let rows = Self.rows(network)
    try driver.bind(rows, rowCount: Self.rowCount)
    let (point, plain) = (network.parameters(), Plain(network: network, rows: rows))
    try driver.openCuts(point)
    // Multiples of 1/64: all sums are exact.
    let low = numbers(Self.rowCount, seed: 3).map { ($0 * 64).rounded() / 64 }
    let high = numbers(Self.rowCount, seed: 4).map { ($0 * 64).rounded() / 64 }
    let coefficients =
      zip(low, high).map { Float(($0 + $1) / 2) } + zip(low, high).map { Float(($1 - $0) / 2) }
    func loss(_ p: [Double]) -> Double {
      (0..<Self.rowCount).reduce(0) { sum, row in
        sum + (plain.place(plain.pass(p, row: row, unit: 1).sum) > 0 ? high[row] : low[row])
      }
    }
    let sum = try open(driver, 1, coefficients)
    #expect(sum == loss(point))
    for index in network.inputs..<2 * network.inputs {
      for (offset, change) in zip([-0.7, 0.3, 2], try cut(driver, index, [-0.7, 0.3, 2])) {
        var moved = point
        moved[index] = Double(Float(moved[index] + offset))
        #expect(sum + change == loss(moved))
      }
    }
  }

  @Test("With noise in its sum a unit is at the mean of its outputs")
  func noise() throws {
    let network = NetworkCase(hidden: [4], activation: .sign)
    let driver = try network.driver()
    let rows = Self.rows(network)
    try driver.bind(rows, rowCount: Self.rowCount)
    var point = network.parameters()
    let plain = Plain(network: network, rows: rows)
    let noise = numbers(4 * Self.rowCount, seed: 9).map { Float($0) }
    let coefficients = numbers(2 * Self.rowCount, seed: 5).map { Float($0) }
    func loss(_ p: [Double]) -> Double {
      (0..<Self.rowCount).reduce(0) { sum, row in
        let t = tanh(plain.pass(p, row: row, unit: 2).sum / 0.5)
        return sum + Double(coefficients[row]) + Double(coefficients[Self.rowCount + row]) * t
      }
    }
    try noise.withUnsafeBufferPointer { noise in
      try driver.session.takeNoise(noise.baseAddress)
      try driver.openCuts(point)
      var sum = try open(driver, 2, coefficients, width: 0.5)
      #expect(abs(sum - loss(point)) < 1e-4)
      let index = 2 * network.inputs + 1
      for (offset, change) in zip([-0.6, 0.4], try cut(driver, index, [-0.6, 0.4])) {
        var moved = point
        moved[index] += offset
        #expect(abs(sum + change - loss(moved)) < 1e-4)
      }
      point[index] += 0.75
      sum += try driver.session.movePotential(index: index, delta: 0.75).change
      #expect(abs(sum - loss(point)) < 1e-4)
      _ = try driver.session.closePotential()
      let after = try driver.cut(0, [0])
      try driver.openCuts(point)
      // The other units keep their noise, and this one has it again.
      #expect(distance(after, try driver.cut(0, [0]).map { Double($0) }) < 1e-4)
      try driver.session.takeNoise(nil)
    }
  }

  @Test("Rows that leave the unit's places are counted, and a move that takes them there is made")
  func leaving() throws {
    let network = NetworkCase(hidden: [4, 3], activation: .tanh)
    let driver = try network.driver()
    let rows = Self.rows(network)
    try driver.bind(rows, rowCount: Self.rowCount)
    var point = network.parameters()
    let plain = Plain(network: network, rows: rows)
    try driver.openCuts(point)
    let index = network.inputs + 1
    try driver.session.preparePotential(unit: 1, offset: 0.25)
    _ = try open(driver, 1, [Float](repeating: 1, count: 5 * Self.rowCount))
    // Rows that an offset takes farther than they reach.
    func beyond(_ offset: Double) -> Int {
      (0..<Self.rowCount).count { row in
        abs(offset * plain.inputs(point, row: row, unit: 1)[1])
          > plain.reach(point, row: row, unit: 1, offset: 0.25)
      }
    }
    #expect(beyond(0.25) == 0 && beyond(2) > 3 && beyond(-3) > beyond(2))
    var changes = [Double](repeating: 0, count: 3)
    let took = try [0.25, 2, -3].withUnsafeBufferPointer { offsets in
      try changes.withUnsafeMutableBufferPointer {
        try driver.session.cutPotential(
          index: index, offsets: offsets, into: try #require($0.baseAddress))
      }
    }
    #expect(took.outside == beyond(2) + beyond(-3))
    let moved = try driver.session.movePotential(index: index, delta: 2)
    #expect(moved.took.outside == beyond(2))
    _ = try driver.session.closePotential()
    point[index] += 2
    let after = try driver.cut(0, [0])
    #expect(
      distance(after, try network.driver(rows, Self.rowCount).forward(point).map { Double($0) })
        < 1e-5)
  }

  @Test("What is asked for at the wrong time, or of units without bounds, is refused")
  func refusals() throws {
    let network = NetworkCase(hidden: [4], activation: .tanh)
    let driver = try network.driver()
    try driver.bind(Self.rows(network), rowCount: Self.rowCount)
    func refused(_ text: String, _ body: () throws -> Void) {
      let error = #expect(throws: ComponentError.self) { try body() }
      #expect(error?.message.contains(text) == true)
    }
    let line = [Float](repeating: 1, count: 2 * Self.rowCount)
    refused("cuts are closed") { _ = try open(driver, 0, line) }
    try driver.openCuts(network.parameters())
    refused("no unit is open") { _ = try cut(driver, 0, [0.1]) }
    refused("no unit is open") { _ = try driver.session.closePotential() }
    refused("noise of width") { _ = try open(driver, 0, line, width: 1) }
    refused("no unit 4") { try driver.session.preparePotential(unit: 4, offset: 1) }
    refused("no places yet") { _ = try hold(driver, 0, [0]) }
    try driver.session.preparePotential(unit: 1, offset: 1)
    refused("no places yet") { _ = try open(driver, 0, line) }
    try driver.session.preparePotential(unit: 0, offset: 1)
    _ = try open(driver, 0, line)
    refused("is none of the unit that is open") { _ = try cut(driver, network.inputs, [0.1]) }
    refused("close it before other cuts") { _ = try driver.cut(0, [0.1]) }
    try driver.openCuts(network.parameters())
    _ = try driver.cut(0, [0.1])
    for activation in [Activation.relu, .learned] {
      let other = NetworkCase(hidden: [4], activation: activation, knots: 5)
      let description = try other.model().modelDescription
      #expect(description.potentialUnitCount == 0)
      #expect(try other.model().potentialUnit(of: 0) == nil)
    }
  }
}

extension NetworkCase {
  fileprivate func driver(_ rows: [Float], _ count: Int) throws -> SessionDriver {
    let driver = try driver()
    try driver.bind(rows, rowCount: count)
    return driver
  }
}
