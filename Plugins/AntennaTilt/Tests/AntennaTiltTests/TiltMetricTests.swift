import AntennaTilt
import QHostInterfaces
import Testing

@Suite("Metrics and figures of antenna tilt")
struct TiltMetricTests {
  @Test("The labels themselves have no error and no regret; their mean has NMSE 1")
  func ends() throws {
    let dataset = try TiltCase.dataset()
    let rows = Array(0..<200)
    let labels = try TiltCase.read(dataset, .test).labels.map(Double.init)
    let perfect = try TiltCase.measure(dataset, .test, rows: rows, outputs: labels)
    #expect(dataset.metricDescriptions.map(\.name) == ["nmse", "tilt_regret"])
    #expect(perfect[0].value < 1e-12 && perfect[1].value == 0)
    let mean = labels.reduce(0, +) / 200
    let flat = try TiltCase.measure(
      dataset, .test, rows: rows, outputs: Array(repeating: mean, count: 200))
    #expect(abs(flat[0].value - 1) < 1e-6)
  }

  @Test("The opposite of the labels chooses the worst tilts")
  func worst() throws {
    let dataset = try TiltCase.dataset()
    let labels = try TiltCase.read(dataset, .validation).labels.map(Double.init)
    let values = try TiltCase.measure(
      dataset, .validation, rows: Array(0..<200), outputs: labels.map { -$0 })
    var regrets: [Double] = []
    for drop in 0..<20 {
      let sweep = labels[(drop * 10)..<(drop * 10 + 10)]
      regrets.append(((sweep.max() ?? 0) - (sweep.min() ?? 0)) * dataset.deviation)
    }
    let mean = regrets.reduce(0, +) / 20
    #expect(abs(values[1].value - mean) < 1e-5)
    #expect((values[1].standardError ?? 0) > 0)
  }

  @Test("Rows without a choice of tilts have no finite regret")
  func single() throws {
    let dataset = try TiltCase.dataset()
    let training = try TiltCase.measure(
      dataset, .train, rows: [0, 1, 2], outputs: [0, 1, 2])
    #expect(training[1].value == .infinity)
    let sampled = try TiltCase.measure(
      dataset, .test, rows: [3, 7, 25], outputs: [0, 0, 0])
    #expect(sampled[1].value.isFinite)
  }

  @Test("Figures can be drawn")
  func figures() throws {
    let figures = try TiltCase.dataset().figures(parameters: nil)
    #expect(figures.map(\.name) == ["layout", "sinr", "tilt"])
    for figure in figures {
      let flaw = figure.flaw(elementLimit: 100_000)
      #expect(flaw == nil, "\(figure.name): \(flaw ?? "")")
    }
  }
}
