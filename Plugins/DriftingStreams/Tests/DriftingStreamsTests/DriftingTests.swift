import DriftingStreams
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Streams whose concept changes")
struct DriftingTests {
  private struct Rows: Equatable {
    var inputs: [[Float]] = []
    var labels: [Int] = []

    init(_ dataset: Drifting, _ rows: [Int], _ split: Split = .train) throws {
      let width = dataset.datasetDescription.input.count
      var values = [Float](repeating: .nan, count: rows.count * width)
      var targets = [Float](repeating: .nan, count: rows.count)
      try values.withUnsafeMutableBufferPointer { values in
        try targets.withUnsafeMutableBufferPointer { targets in
          try dataset.read(split, rows: rows, inputs: values, targets: targets)
        }
      }
      inputs = rows.indices.map { Array(values[$0 * width..<($0 + 1) * width]) }
      labels = targets.map { Int($0) }
    }
  }

  private func make(_ changes: [String: ParameterValue] = [:]) throws -> Drifting {
    try Drifting(request: request(for: Drifting.descriptor, changes))
  }

  @Test("Rules give River's classes to River's rows")
  func river() {
    for row in RiverRows.sea {
      #expect(SEA.label(row.inputs[0], row.inputs[1], concept: row.concept) == row.label)
    }
    // River calls group A 1 in functions 0 to 5 and 0 from 6 on; its function 4 holds salaries against bounds of loans.
    for row in RiverRows.agrawal where row.concept != 4 {
      let label = Agrawal.label(row.inputs, concept: row.concept)
      #expect((row.concept < 6 ? 1 - label : label) == row.label)
    }
    for row in RiverRows.led { #expect(LED.segments[row.label] == row.inputs.map { Int($0) }) }
    #expect(Set(RiverRows.agrawal.map { "\($0.concept) \($0.label)" }).count > 15)
  }

  @Test("A row depends on its number alone", arguments: ["sea", "hyperplane", "led", "agrawal"])
  func order(generator: String) throws {
    let kinds = generator == "hyperplane" ? ["gradual", "rotating"] : ["gradual"]
    for kind in kinds {
      let changes: [String: ParameterValue] = [
        "generator": .choice(generator, index: 0), "drift": .choice(kind, index: 0),
        "train_rows": .integer(9_000),
        "width": .integer(500),
      ]
      let numbers = [8_999, 3, 4_500, 4_097, 4_095, 0]
      let once = try Rows(try make(changes), numbers)
      let dataset = try make(changes)
      _ = try Rows(dataset, Array(0..<9_000))
      #expect(try Rows(dataset, numbers) == once)
      let ordered = try Rows(try make(changes), numbers.sorted())
      #expect(
        ordered.inputs
          == Array(numbers.indices.sorted { numbers[$0] < numbers[$1] }.map { once.inputs[$0] }))
      #expect(Set(once.inputs.map(\.description)).count == numbers.count)
    }
  }

  @Test("Abrupt drifts lie where they are said to: on each side one threshold explains all classes")
  func abrupt() throws {
    let dataset = try make(["noise": .real(0), "train_rows": .integer(4_000)])
    let drifts = try #require(dataset.datasetDescription.drifts[.train])
    #expect(drifts == [Drift(row: 1_000), Drift(row: 2_000), Drift(row: 3_000)])
    let rows = try Rows(dataset, Array(0..<4_000))
    for (row, (inputs, label)) in zip(rows.inputs, rows.labels).enumerated() {
      let sum = Double(inputs[0]) + Double(inputs[1])
      #expect(label == (sum > SEA.thresholds[row / 1_000] ? 1 : 0))
    }
  }

  @Test("A gradual drift mixes both concepts by the logistic function")
  func gradual() throws {
    let dataset = try make([
      "generator": .choice("led", index: 0), "drift": .choice("gradual", index: 0),
      "drifts": .integer(1),
      "train_rows": .integer(20_000), "width": .integer(4_000), "noise": .real(0),
      "moving": .integer(7),
    ])
    #expect(dataset.datasetDescription.drifts[.train] == [Drift(row: 10_000, width: 4_000)])
    let rows = try Rows(dataset, Array(0..<20_000))
    // Of the first concept the segments stand in front.
    let isFirst = zip(rows.inputs, rows.labels).map { inputs, label in
      inputs[..<7].map { Int($0) } == LED.segments[label]
    }
    func part(_ range: Range<Int>) -> Double {
      Double(range.count { isFirst[$0] }) / Double(range.count)
    }
    #expect(part(0..<5_000) > 0.99)
    // 1 − 1/(1 + e²) a half width before; by chance a few rows of the second concept look like ones of the first.
    #expect(abs(part(7_900..<8_100) - 0.881) < 0.08)
    #expect(abs(part(9_900..<10_100) - 0.5) < 0.12)
    #expect(part(15_000..<20_000) < 0.03)
  }

  @Test("Recurring concepts come back; named ones come in their order")
  func concepts() throws {
    let recurring = try make([
      "drift": .choice("recurring", index: 0), "noise": .real(0), "train_rows": .integer(4_000),
    ])
    let rows = try Rows(recurring, Array(0..<4_000))
    for (row, (inputs, label)) in zip(rows.inputs, rows.labels).enumerated() {
      let sum = Double(inputs[0]) + Double(inputs[1])
      #expect(label == (sum > SEA.thresholds[row / 1_000 % 2] ? 1 : 0))
    }
    let named = try make([
      "generator": .choice("agrawal", index: 0), "concepts": .text("3, 0"), "drifts": .integer(1),
      "noise": .real(0), "train_rows": .integer(2_000),
    ])
    let people = try Rows(named, Array(0..<2_000))
    for (row, (inputs, label)) in zip(people.inputs, people.labels).enumerated() {
      #expect(label == Agrawal.label(inputs.map(Double.init), concept: row < 1_000 ? 3 : 0))
    }
  }

  @Test("A rotating plane moves by its speed, and noise is as frequent as it is said to be")
  func rotating() throws {
    let changes: [String: ParameterValue] = [
      "generator": .choice("hyperplane", index: 0), "drift": .choice("rotating", index: 0),
      "noise": .real(0),
      "speed": .real(0.01), "train_rows": .integer(8_000), "features": .integer(3),
      "moving": .integer(3),
    ]
    let moving = try make(changes)
    #expect(moving.datasetDescription.drifts.isEmpty)
    let still = try make(changes.merging(["drift": .choice("none", index: 0)]) { $1 })
    let (a, b) = (
      try Rows(moving, Array(0..<8_000)), try Rows(still, Array(0..<8_000))
    )
    #expect(a.inputs == b.inputs)
    let early = (0..<20).count { a.labels[$0] != b.labels[$0] }
    let late = (4_000..<8_000).count { a.labels[$0] != b.labels[$0] }
    #expect(early <= 2 && late > 40)
    let noisy = try make(
      changes.merging(["drift": .choice("none", index: 0), "noise": .real(0.2)]) { $1 })
    let flipped = zip(try Rows(noisy, Array(0..<8_000)).labels, b.labels).count { $0 != $1 }
    // Four standard errors of 8,000 rows.
    #expect(abs(Double(flipped) / 8_000 - 0.2) < 0.018)
  }

  @Test("Rows of other splits are of the last concept")
  func lastConcept() throws {
    let dataset = try make([
      "noise": .real(0), "drifts": .integer(2), "train_rows": .integer(300),
      "test_rows": .integer(500),
    ])
    let rows = try Rows(dataset, Array(0..<500), .test)
    for (inputs, label) in zip(rows.inputs, rows.labels) {
      #expect(label == (Double(inputs[0]) + Double(inputs[1]) > 7 ? 1 : 0))
    }
    #expect(dataset.datasetDescription.drifts[.test] == nil)
  }

  @Test("What cannot be is refused with a remedy")
  func refusals() {
    let cases: [([String: ParameterValue], String)] = [
      (["drift": .choice("rotating", index: 0)], "generator=hyperplane"),
      (["concepts": .text("0,4")], "concepts 0 to 3"),
      (["concepts": .text("0,,1")], "commas"),
      (["generator": .choice("led", index: 0), "moving": .integer(8)], "at most 7"),
      (["generator": .choice("hyperplane", index: 0), "moving": .integer(11)], "10 features"),
      (["drifts": .integer(10), "train_rows": .integer(10)], "fewer than rows"),
    ]
    for (changes, words) in cases {
      #expect {
        _ = try make(changes)
      } throws: {
        guard let error = $0 as? ComponentError else { return false }
        return error.kind == .parameter && error.message.contains(words)
      }
    }
  }
}
