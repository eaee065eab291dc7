import QHostInterfaces
import QHostTesting
import SubBandAllocation
import Testing

@Suite("The dataset sub-band")
struct SubBandTests {
  @Test(
    "Cuts score what whole allocations do, to the last bit, after thousands of moves",
    arguments: AllocationCase.modes)
  func cuts(mode: String) throws {
    let dataset = try AllocationCase.dataset(mode, seed: 2, floor: 0.125)
    let description = dataset.datasetDescription
    let (count, categories) = (description.output.count, Int(description.outputUpper[0]) + 1)
    let host = TestHost()
    let uniforms = host.uniforms(step: 3, index: 0, count: 4_000 + count)
    var choices = uniforms[..<count].map { Int($0 * Double(categories)) }
    let cuts = try choices.map(Double.init).withUnsafeBufferPointer {
      try dataset.makeCuts(.train, row: 0, outputs: $0)
    }
    for move in 0..<2_000 {
      let output = Int(uniforms[count + 2 * move] * Double(count))
      let target = Int(uniforms[count + 2 * move + 1] * Double(categories))
      try cuts.move(output: output, delta: Double(target - choices[output]))
      choices[output] = target
      guard move % 50 == 49 else { continue }
      let cut = (output + move) % count
      let offsets = (0..<categories).map { Double($0 - choices[cut]) }
      var (losses, violations) = (offsets, offsets)
      try offsets.withUnsafeBufferPointer { offsets in
        try losses.withUnsafeMutableBufferPointer { losses in
          try violations.withUnsafeMutableBufferPointer { violations in
            try cuts.cut(output: cut, offsets: offsets, losses: losses, violations: violations)
          }
        }
      }
      for category in 0..<categories {
        var other = choices
        other[cut] = category
        let whole = try AllocationCase.score(dataset, other)
        #expect(losses[category] == whole.loss)
        #expect(violations[category] == whole.violation)
      }
    }
  }

  @Test("Mode qos-floor is the sum of rates, with what users lack as violation")
  func floors() throws {
    let dataset = try AllocationCase.dataset("qos-floor", users: 3, subBands: 4)
    let rates = try AllocationCase.shown(dataset)
    AllocationCase.forEach(3, 4) { choices in
      var users = [0.0, 0, 0]
      for (band, user) in choices.enumerated() { users[user] += rates[band * 3 + user] }
      let score = try? AllocationCase.score(dataset, choices)
      #expect(score?.loss == -users.reduce(0, +) / 4)
      #expect(score?.violation == users.reduce(0) { $0 + max(0, 0.25 - $1) })
    }
  }

  @Test("Mode user-cap: the optimum beside it is that of all allocations", arguments: 1...5)
  func cap(seed: Int) throws {
    let dataset = try AllocationCase.dataset("user-cap", users: 5, subBands: 4, seed: seed)
    var best = Double.infinity
    var least: [Int] = []
    try AllocationCase.forEach(5, 4) { choices in
      let score = try AllocationCase.score(dataset, choices)
      if score.violation == 0, score.loss < best { (best, least) = (score.loss, choices) }
      #expect((score.violation == 0) == (Set(choices).count == 4))
    }
    #expect(dataset.datasetDescription.bestKnownLoss == best)
    let metrics = try AllocationCase.metrics(dataset, least)
    #expect(metrics["gap"] == 0)
    #expect(metrics["sum_rate"] == -best)
    #expect(try AllocationCase.metrics(dataset, [0, 0, 0, 0])["gap"] == .infinity)
  }

  @Test("Mode interference: a silent cell takes nothing and disturbs nobody")
  func interference() throws {
    let dataset = try AllocationCase.dataset(
      "interference", users: 4, subBands: 2, floor: 0, ["cells": .integer(2)])
    let all = try AllocationCase.score(dataset, [1, 1, 1, 1]).loss
    let silent = try AllocationCase.score(dataset, [0, 0, 0, 0]).loss
    #expect(silent == 0 && all < 0)
    let alone = try AllocationCase.score(dataset, [1, 1, 0, 0]).loss
    let other = try AllocationCase.score(dataset, [0, 0, 1, 1]).loss
    #expect(alone + other < all, "what both have without interference is more")
  }

  @Test("Sum rate, fairness and outage as three objectives, and no constraint")
  func objectives() throws {
    let dataset = try AllocationCase.dataset(
      "qos-floor", users: 3, subBands: 3, objectives: true)
    #expect(dataset.datasetDescription.objectives.map(\.name) == ["sum-rate", "jain", "outage"])
    #expect(!dataset.datasetDescription.hasViolations)
    let rates = try AllocationCase.shown(dataset)
    var values = [0.0, 0, 0]
    try [0.0, 0, 0].withUnsafeBufferPointer { outputs in
      try values.withUnsafeMutableBufferPointer { values in
        var scoring = Scoring(.train, rows: [0], outputs: outputs, pointCount: 1)
        scoring.objectives = values
        try dataset.score(scoring)
      }
    }
    #expect(values[0] == (rates[0] + rates[3] + rates[6]) / 3)
    #expect(abs(values[1] - 1.0 / 3) < 1e-12)
    #expect(abs(values[2] - 2.0 / 3) < 1e-12)
  }

  @Test("Two seeds give other channels, one seed the same; correlation 1 makes sub-bands alike")
  func seeds() throws {
    func rates(_ seed: Int, _ correlation: Double) throws -> [Double] {
      try AllocationCase.shown(
        AllocationCase.dataset(
          "qos-floor", seed: seed, floor: 0, ["correlation": .real(correlation)]))
    }
    #expect(try rates(1, 0.5) == rates(1, 0.5))
    #expect(try rates(1, 0.5) != rates(2, 0.5))
    let alike = try rates(3, 1)
    #expect(Array(alike[..<6]) == Array(alike[6..<12]))
    #expect(alike.allSatisfy { $0 >= 0 && $0 <= 4.4 + 1e-6 })
  }
}
