import QHostInterfaces
import QHostRuntime

/// A dataset, for people and as JSON: schema `qhost.dataset/1`.
struct DatasetListing: Encodable {
  /// What a metric is.
  struct Metric: Encodable {
    var direction: MetricDescription.Direction
    var unit: String?
    var documentation: String
  }

  var schema = "qhost.dataset/1"
  var name: String
  var task: String
  var rows: [String: Int]
  var input: [Int]
  var output: [Int]
  var scaling: String
  var features: [String]
  var outputs: [String]
  /// The names of its metrics.
  var metrics: [String]
  /// What those of its capability are, by name.
  var metricDescriptions: [String: Metric]
  var source: String?
  var sha256: String

  init(_ data: DataAssembly, plan: ComponentPlan) {
    let description = data.dataset.datasetDescription
    name = data.name
    task = "\(description.task)"
    rows = [:]
    for split in Split.allCases where description.rowCount(split) > 0 {
      rows[split.description] = description.rowCount(split)
    }
    input = description.input.extents
    output = description.output.extents
    scaling = "\(description.scaling)"
    features = description.featureNames
    outputs = description.outputNames
    let described = (data.dataset as? any MetricProviding)?.metricDescriptions ?? []
    metrics = description.metricNames + described.map(\.name)
    metricDescriptions = Dictionary(
      described.map {
        ($0.name, Metric(direction: $0.direction, unit: $0.unit, documentation: $0.documentation))
      }, uniquingKeysWith: { one, _ in one })
    source = description.source
    sha256 = data.sha256
  }

  var text: String {
    let splits = Split.allCases.compactMap { split in
      rows[split.description].map { "\($0) \(split)" }
    }
    var lines = [
      Terminal.styled(name, .bold, toOutput: true) + ": \(task)",
      "  rows      \(splits.joined(separator: ", "))",
      "  input     \(Shape(input))   scaling \(scaling)",
      "  output    \(Shape(output))",
    ]
    if !features.isEmpty { lines.append("  features  \(shortened(features))") }
    if !outputs.isEmpty { lines.append("  outputs   \(shortened(outputs))") }
    for (place, name) in metrics.enumerated() {
      lines.append("  \(place == 0 ? "metrics" : "       ")   \(words(of: name))")
    }
    if let source { lines.append("  source    \(source)") }
    lines.append("  sha256    \(sha256)")
    return lines.joined(separator: "\n")
  }

  private func shortened(_ names: [String]) -> String {
    names.count <= 12
      ? names.joined(separator: ", ")
      : names.prefix(12).joined(separator: ", ") + ", ... (\(names.count))"
  }

  /// A metric with its unit, and what it is.
  private func words(of name: String) -> String {
    guard let metric = metricDescriptions[name] else { return name }
    let unit = metric.unit.map { " (\($0))" } ?? ""
    return
      "\(name)\(unit): \(metric.documentation) (\(MetricFacts(metric.direction).directionWords))"
  }
}
