import Foundation
import QHostInterfaces
import QHostTesting
import SeriesDatasets
import Testing

@Suite("Series to forecast")
struct ForecastTests {
  private func make(_ changes: [String: ParameterValue] = [:]) throws -> MackeyGlass {
    try MackeyGlass(request: request(for: MackeyGlass.descriptor, changes))
  }

  @Test("The integration is of fourth order")
  func order() {
    let exact = MackeyGlassSeries.values(count: 40, delay: 17, history: 1.2, stepsPerUnit: 320)[39]
    let errors = [4, 8].map {
      abs(
        MackeyGlassSeries.values(count: 40, delay: 17, history: 1.2, stepsPerUnit: $0)[39] - exact)
    }
    #expect(errors[1] < 1e-6)
    #expect(log2(errors[0] / errors[1]) > 3.4)
    // Until t = 17 the delayed value is constant: a relaxation to a known level.
    let level = 2 * 1.2 / (1 + pow(1.2, 10))
    let x = MackeyGlassSeries.values(count: 11, delay: 17, history: 1.2)[10]
    #expect(abs(x - (level + (1.2 - level) * exp(-1))) < 1e-9)
  }

  @Test("Targets are the next values, withheld values are 0, and trials follow one another")
  func rows() throws {
    let dataset = try make([
      "washout": .integer(5), "horizon": .integer(4), "trials": .integer(2),
      "train_rows": .integer(500),
    ])
    let train = try SeriesRows(dataset, .train)
    for row in 0..<499 { #expect(train.targets[row] == train.inputs[row + 1][0]) }
    #expect(train.inputs.allSatisfy { $0[1] == 1 })
    let test = try SeriesRows(dataset, .test)
    #expect(test.inputs.map { $0[1] } == [1, 1, 1, 1, 1, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0])
    #expect(test.inputs[6] == [0, 0])
    #expect(test.inputs[8][0] == test.targets[7])
    #expect(dataset.datasetDescription.streams == Set(Split.allCases))
  }

  @Test("The error of free runs is that of their last step alone, in deviations")
  func freeError() throws {
    let dataset = try make(["washout": .integer(5), "horizon": .integer(4), "trials": .integer(2)])
    let test = try SeriesRows(dataset, .test)
    let outputs = test.targets.enumerated().map { Double($1) + ($0 % 8 == 7 ? 0.5 : 0) }
    let values = try measured(dataset, .test, Array(0..<16), [outputs])
    #expect(values[0] == 0)
    #expect(abs(values[1] - 0.5) < 1e-6)
    let train = try SeriesRows(dataset, .train)
    let zero = try measured(dataset, .train, Array(0..<3000), [train.targets.map { _ in 0 }])
    #expect(abs(zero[0] - 1) < 0.01)
    #expect(zero[1] == .infinity)
  }

  @Test("A series that comes to rest is refused")
  func rest() {
    #expect(
      failure { _ = try make(["tau": .integer(2)]) }?.message.contains("comes to rest") == true)
  }

  @Test("NARMA follows its equation")
  func narma() throws {
    let dataset = try NARMA(request: request(for: NARMA.descriptor))
    let rows = try SeriesRows(dataset, .test)
    let (u, y) = (rows.inputs.map { Double($0[0]) }, rows.targets.map(Double.init))
    for t in 20..<200 {
      // targets[t] = y(t + 1)
      let sum = (t - 10..<t).reduce(0) { $0 + y[$1] }
      let next = 0.3 * y[t - 1] + 0.05 * y[t - 1] * sum + 1.5 * u[t - 9] * u[t] + 0.1
      #expect(abs(next - y[t]) < 1e-6)
    }
    #expect(u.allSatisfy { (0..<0.5).contains($0) })
    let mean = y.reduce(0, +) / Double(y.count)
    let error = try measured(dataset, .test, Array(0..<y.count), [y.map { _ in mean }])
    #expect(abs(error[0] - 1) < 1e-9)
  }
}
