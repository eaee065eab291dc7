import QHostInterfaces
import QHostTesting
import SpikingNeurons
import Testing

@Suite("Streams that continue alone")
struct FeedbackTests {
  private static let variants: [SpikingVariant] = [
    SpikingVariant("traces", [:]),
    SpikingVariant("no layer", ["hidden": .integers([])]),
    SpikingVariant("recurrent", ["recurrent": .boolean(true), "steps": .integer(3)]),
    SpikingVariant("membranes", ["readout": SpikingCase.choice("membrane")]),
    SpikingVariant("delays", ["max_delay": .integer(4)]),
    SpikingVariant(
      "population", ["encoder": SpikingCase.choice("population"), "range": .reals([-2, 2])]),
  ]

  private static func driven(_ variant: SpikingVariant) throws -> SpikingCase {
    var settings = variant.settings
    settings["feedback"] = .boolean(true)
    settings["scale"] = .real(3)
    if settings["hidden"] == nil { settings["hidden"] = .integers([17]) }
    return try SpikingCase(
      SpikingCase.model(settings, input: [1, 2], outputCount: 1), outputCount: 1)
  }

  /// Values [B] and whether they are given, as inputs [2 × B].
  private static func bind(
    _ driven: SpikingCase, _ values: [Float], given: [Float], _ start: SeriesStart
  ) throws {
    try driven.bind(values + given, rowCount: values.count)
    try driven.bindSeries([Int](repeating: 1, count: values.count), start)
  }

  @Test("A withheld value is the last output, at once and row by row", arguments: variants)
  func outputsStandIn(_ variant: SpikingVariant) throws {
    let driven = try Self.driven(variant)
    let point = try driven.start()
    let values: [Float] = [0.5, -1, 1.5, 0, 0, 0, 1, 0]
    let given: [Float] = [1, 1, 1, 0, 0, 0, 1, 0]
    try Self.bind(driven, values, given: given, .begin)
    let together = try driven.forward(point)
    #expect(try driven.forward(point) == together, "a second pass begins elsewhere")
    // The same with the outputs written in by hand, which takes as many passes as there are withheld rows.
    var filled = values
    for row in values.indices where given[row] == 0 {
      try Self.bind(driven, filled, given: [Float](repeating: 1, count: 8), .begin)
      filled[row] = try driven.forward(point)[row - 1]
    }
    try Self.bind(driven, filled, given: [Float](repeating: 1, count: 8), .begin)
    #expect(try driven.forward(point) == together)
    for row in values.indices {
      try Self.bind(driven, [values[row]], given: [given[row]], row == 0 ? .begin : .goOn)
      #expect(try driven.forward(point) == [together[row]], "row \(row)")
    }
    #expect(Set(together).count > 2, "outputs say nothing")
  }

  @Test("Nothing is there to stand in for the first value, and no gradient goes through")
  func refusals() throws {
    let driven = try Self.driven(Self.variants[0])
    let point = try driven.start()
    try Self.bind(driven, [0, 1], given: [0, 1], .begin)
    #expect(throws: ComponentError.self) { try driven.forward(point) }
    try Self.bind(driven, [1, 0], given: [1, 0], .separate)
    #expect(throws: ComponentError.self) { try driven.forward(point) }
    try Self.bind(driven, [1, 0], given: [1, 0], .begin)
    _ = try driven.forward(point)
    #expect(throws: ComponentError.self) { try driven.backward([1, 1]) }
    #expect(throws: ComponentError.self) {
      try SpikingCase.model(["feedback": .boolean(true)], input: [1, 5], outputCount: 3)
    }
  }
}
