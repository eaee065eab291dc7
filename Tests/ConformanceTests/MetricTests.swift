import QHostBridging
import QHostInterfaces
import QHostPluginTesting
import Testing

@Suite("Metrics of components")
struct MetricTests {
  @Test("A library's component has the capability if and only if its type has metrics")
  func declared() {
    let types: [(kind: ComponentKind, name: String, hasMetrics: Bool)] =
      InProcess.models.map { (.model, $0.descriptor.name, $0 is any MetricProviding.Type) }
      + InProcess.datasets.map { (.dataset, $0.descriptor.name, $0 is any MetricProviding.Type) }
    for type in types {
      let component = Bench.built.components(type.kind).first { $0.name == type.name }
      #expect(component?.component.has(.metrics) == type.hasMetrics, "\(type.kind) '\(type.name)'")
    }
    #expect(types.contains { $0.hasMetrics }, "nobody uses metrics")
  }

  @Test(
    "A dataset measures one value for each metric, the same again", arguments: DatasetCase.present)
  func measured(_ component: BenchComponent) throws {
    for dataset in try DatasetCase.all(component) {
      let provider = dataset.dataset
      let rows = dataset.sample(.train).sorted()
      let outputs = dataset.outputs(3).flatMap { Array(repeating: $0, count: rows.count) }
      func measure() throws -> [MetricValue] {
        try outputs.withUnsafeBufferPointer {
          try provider.measure(
            MetricSample(
              split: .train, parameters: nil, rows: rows, keys: rows.map { UInt64($0) }, draw: 1,
              inputs: UnsafeBufferPointer(start: nil, count: 0), outputs: $0))
        }
      }
      let values = try measure()
      #expect(values.count == provider.metricDescriptions.count)
      #expect(try measure() == values)
    }
  }
}
