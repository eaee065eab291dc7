import QHostInterfaces
import QHostTesting
import SeriesDatasets
import Testing

@Suite("Temporal patterns")
struct TemporalPatternsTests {
  private func make(_ changes: [String: ParameterValue] = [:]) throws -> TemporalPatterns {
    try TemporalPatterns(request: request(for: TemporalPatterns.descriptor, changes))
  }

  /// Spikes [channel] of a row.
  private func counts(_ row: [Float], channels: Int) -> [Float] {
    (0..<channels).map { channel in
      stride(from: channel, to: row.count, by: channels).reduce(0) { $0 + row[$1] }
    }
  }

  @Test(
    "Without noise and jitter, all patterns are the same spikes, and others have as many at other times"
  )
  func pattern() throws {
    let dataset = try make([
      "steps": .integer(30), "jitter": .real(0), "test_rows": .integer(40),
    ])
    let rows = try SeriesRows(dataset, .test)
    let patterns = rows.inputs.indices.filter { rows.targets[$0] == 1 }.map { rows.inputs[$0] }
    let others = rows.inputs.indices.filter { rows.targets[$0] == 0 }.map { rows.inputs[$0] }
    #expect(patterns.count == 20)
    #expect(patterns.allSatisfy { $0 == patterns[0] })
    #expect(others.allSatisfy { $0 != patterns[0] })
    #expect(patterns[0].reduce(0, +) > 10)
    for other in others {
      #expect(counts(other, channels: 20) == counts(patterns[0], channels: 20))
    }
  }

  @Test("Jitter keeps the number of spikes of each channel")
  func jitter() throws {
    let exact = try SeriesRows(make(["steps": .integer(30), "jitter": .real(0)]), .train)
    let moved = try SeriesRows(make(["steps": .integer(30), "jitter": .real(3)]), .train)
    let rows = exact.targets.indices.filter { exact.targets[$0] == 1 }
    #expect(exact.targets == moved.targets)
    #expect(exact.inputs[rows[0]] != moved.inputs[rows[0]])
    for row in rows.prefix(5) {
      #expect(counts(exact.inputs[row], channels: 20) == counts(moved.inputs[row], channels: 20))
    }
  }

  @Test("A row is the same however it is read, splits differ, and data_seed picks another pattern")
  func seeds() throws {
    let one = try SeriesRows(make(), .train)
    #expect(one == (try SeriesRows(make(), .train)))
    #expect(one.inputs[1] != (try SeriesRows(make(), .validation)).inputs[1])
    #expect(one.inputs[1] != (try SeriesRows(make(["data_seed": .integer(1)]), .train)).inputs[1])
  }

  @Test("The detection is that at 1 % false alarms; scores that are not finite are refused")
  func detection() throws {
    let dataset = try make()
    let rows = Array(0..<400)
    let targets = try SeriesRows(dataset, .test).targets
    // Negatives score 0 ... 199, one of each two rows: the 3rd highest is the threshold, 197.
    var scores = rows.map { row in
      targets[row] == 0 ? Double(row / 2) : (row < 100 ? 197.5 : 197)
    }
    #expect(try measured(dataset, .test, rows, [rows.map { _ in 0 }, scores]) == [0.25])
    scores[7] = .nan
    let error = failure { _ = try measured(dataset, .test, rows, [rows.map { _ in 0 }, scores]) }
    #expect(error?.message.contains("row 8 is nan") == true)
  }

  @Test("A linear read-out of rates stays within 5 points of chance", arguments: [30, 50])
  func rates(patternSteps: Int) throws {
    let dataset = try make(["pattern_steps": .integer(patternSteps)])
    let (train, test) = (try SeriesRows(dataset, .train), try SeriesRows(dataset, .test))
    // The rule of Fisher with a diagonal covariance.
    let features = train.inputs.map { counts($0, channels: 20) }
    var weights: [Float] = []
    var threshold: Float = 0
    for channel in 0..<20 {
      let values = features.map { $0[channel] }
      let mean = values.reduce(0, +) / 1000
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 1000
      let sum = zip(values, train.targets).reduce(0) { $0 + $1.0 * (2 * $1.1 - 1) }
      weights.append(sum / 500 / variance)
      threshold += weights[channel] * mean
    }
    let right = zip(test.inputs, test.targets).count { row, target in
      let score = zip(counts(row, channels: 20), weights).reduce(0) { $0 + $1.0 * $1.1 }
      return (score > threshold) == (target == 1)
    }
    #expect(abs(Double(right) / 4000 - 0.5) < 0.05)
  }

  @Test("A pattern longer than the series, or without spikes, is refused")
  func refusals() {
    #expect(failure { _ = try make(["pattern_steps": .integer(101)]) }?.kind == .parameter)
    #expect(failure { _ = try make(["rate": .real(1e-9)]) }?.message.contains("no spikes") == true)
  }
}
