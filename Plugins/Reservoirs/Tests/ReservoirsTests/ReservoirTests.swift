import Foundation
import QHostInterfaces
import QHostTesting
import Reservoirs
import Testing

@Suite("Reservoirs")
struct ReservoirTests {
  /// A wave, and a 1 for each value, [2 × B].
  private static func wave(_ count: Int) -> [Float] {
    (0..<count).map { Float(1.5 * sin(Double($0) / 3)) } + [Float](repeating: 1, count: count)
  }

  @Test("Units do what the equations say", arguments: ReservoirCase.variants)
  func equations(_ settings: [String: ParameterValue]) throws {
    let reservoir = try ReservoirCase(settings, input: [1, 1])
    let units = reservoir.model.units
    var state = ReservoirState(units)
    var plain = PlainUnits(units)
    var features = [Float](repeating: .nan, count: units.featureCount)
    var spikeCount = 0.0
    for value in Self.wave(60).prefix(60) {
      [value].withUnsafeBufferPointer { state.show($0) }
      features.withUnsafeMutableBufferPointer {
        if let start = $0.baseAddress { state.read(into: start, stride: 1) }
      }
      let expected = plain.show(Double(value))
      spikeCount += plain.outputs.reduce(0) { $0 + abs($1) }
      #expect(expected.count == features.count)
      // A membrane of τ K = 320 steps at most adds up as many roundings of 6e-8; a spike too many would be 0.003 of a trace and more.
      for (own, other) in zip(features, expected) {
        #expect(abs(Double(own) - other) < 1e-4 * max(1, abs(other)))
      }
    }
    #expect(spikeCount > 5, "nothing happened")
  }

  @Test(
    "Rows of a stream bound one by one are those bound together", arguments: ReservoirCase.variants)
  func oneByOne(_ settings: [String: ParameterValue]) throws {
    let (together, alone) = (try ReservoirCase(settings), try ReservoirCase(settings))
    let (point, wave, count) = (together.point, Self.wave(40), 40)
    try together.bind(wave, rowCount: count, .begin)
    let outputs = try together.forward(point)
    for row in 0..<count {
      try alone.bind([wave[row], 1], rowCount: 1, row == 0 ? .begin : .goOn)
      #expect(try alone.forward(point) == [outputs[row]])
    }
    #expect(Set(outputs).count > 20)
    #expect(
      try ReservoirCase(settings, seed: 2).model.units.weights != together.model.units.weights)
  }

  @Test("A withheld value is the last output", arguments: ReservoirCase.variants)
  func feedback(_ changes: [String: ParameterValue]) throws {
    var settings = changes
    settings["feedback"] = .boolean(true)
    settings["washout"] = .integer(0)
    let reservoir = try ReservoirCase(settings)
    let point = reservoir.point
    let values: [Float] = [0.5, -1, 1.5, 0, 0, 0, 1, 0]
    let given: [Float] = [1, 1, 1, 0, 0, 0, 1, 0]
    try reservoir.bind(values + given, rowCount: 8, .begin)
    let together = try reservoir.forward(point)
    #expect(try reservoir.forward(point) == together)
    var filled = values
    let ones = [Float](repeating: 1, count: 8)
    for row in values.indices where given[row] == 0 {
      try reservoir.bind(filled + ones, rowCount: 8, .begin)
      filled[row] = try reservoir.forward(point)[row - 1]
    }
    try reservoir.bind(filled + ones, rowCount: 8, .begin)
    #expect(try reservoir.forward(point) == together)
    for row in values.indices {
      try reservoir.bind([values[row], given[row]], rowCount: 1, row == 0 ? .begin : .goOn)
      #expect(try reservoir.forward(point) == [together[row]], "row \(row)")
    }
  }

  @Test("A free run that diverges stays finite", arguments: ReservoirCase.variants)
  func divergence(_ changes: [String: ParameterValue]) throws {
    var settings = changes
    settings["feedback"] = .boolean(true)
    settings["washout"] = .integer(0)
    let reservoir = try ReservoirCase(settings)
    let count = 200
    try reservoir.bind(
      [Float](repeating: 1, count: count) + [1] + [Float](repeating: 0, count: count - 1),
      rowCount: count, .begin)
    let outputs = try reservoir.forward(reservoir.point.map { 1000 * abs($0) })
    #expect(outputs.allSatisfy { $0.isFinite })
    #expect((outputs.map(abs).max() ?? 0) > 1e6, "it did not diverge")
  }

  @Test("Rows of the washout have outputs of 0 and no part in the gradient")
  func washout() throws {
    let settings: [String: ParameterValue] = ["units": .integer(5), "washout": .integer(10)]
    let reservoir = try ReservoirCase(settings)
    try reservoir.bind(Self.wave(30), rowCount: 30, .begin)
    let outputs = try reservoir.forward(reservoir.point)
    #expect(
      outputs.prefix(10).allSatisfy { $0 == 0 } && outputs.dropFirst(10).allSatisfy { $0 != 0 })
    let early = [Float](repeating: 1, count: 10) + [Float](repeating: 0, count: 20)
    #expect(try reservoir.backward(early).allSatisfy { $0 == 0 })
    #expect(try reservoir.backward(early.reversed()).contains { $0 != 0 })
    // Rows by themselves are all read.
    try reservoir.bind(Self.wave(3), rowCount: 3, .separate)
    #expect(try reservoir.forward(reservoir.point).allSatisfy { $0 != 0 })
  }

  @Test("A series by itself ends where its length says")
  func lengths() throws {
    let settings: [String: ParameterValue] = ["units": .integer(4), "steps": .integer(5)]
    let reservoir = try ReservoirCase(settings, input: [6, 1])
    let long: [Float] = [1, 2, -1, 9, 9, 9]
    try reservoir.bind(long, rowCount: 1, .separate, lengths: [3])
    let short = try reservoir.forward(reservoir.point)
    try reservoir.bind([1, 2, -1, 0, 0, 0], rowCount: 1, .separate, lengths: [3])
    #expect(try reservoir.forward(reservoir.point) == short)
    try reservoir.bind(long, rowCount: 1, .separate, lengths: [6])
    #expect(try reservoir.forward(reservoir.point) != short)
  }

  @Test("What cannot be is refused by name")
  func refusals() throws {
    let fed: [String: ParameterValue] = ["feedback": .boolean(true), "units": .integer(3)]
    for (changes, input) in [
      (fed, [1, 5]), (fed, [4, 2]), (["time_constants": .reals([3])], [1, 1]),
      (["time_constants": .reals([3, 1])], [1, 1]),
    ] as [([String: ParameterValue], [Int])] {
      let error = #expect(throws: ComponentError.self) { try ReservoirCase(changes, input: input) }
      #expect(error?.kind == .parameter && error?.message.contains("reservoir") == true)
    }
    let reservoir = try ReservoirCase(fed)
    for (given, start) in [([0, 1], .begin), ([1, 0], .separate)] as [([Float], SeriesStart)] {
      try reservoir.bind([0, 1] + given, rowCount: 2, start)
      #expect(throws: ComponentError.self) { try reservoir.forward(reservoir.point) }
    }
    try reservoir.bind([0, 1, 1, 0], rowCount: 2, .begin)
    _ = try reservoir.forward(reservoir.point)
    #expect(throws: ComponentError.self) { try reservoir.backward([1, 1]) }
    #expect(throws: ComponentError.self) { try reservoir.session.move(index: 0, delta: 1) }
    #expect(throws: ComponentError.self) {
      try reservoir.point.withUnsafeBufferPointer { try reservoir.session.openCuts(parameters: $0) }
    }
  }
}
