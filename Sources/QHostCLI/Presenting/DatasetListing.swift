import QHostInterfaces
import QHostRuntime

/// A dataset, for people and as JSON: schema `qhost.dataset/1`.
struct DatasetListing: Encodable {
  var schema = "qhost.dataset/1"
  var name: String
  var task: String
  var rows: [String: Int]
  var input: [Int]
  var output: [Int]
  var scaling: String
  var features: [String]
  var outputs: [String]
  var metrics: [String]
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
    metrics = description.metricNames
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
    if !metrics.isEmpty { lines.append("  metrics   \(shortened(metrics))") }
    if let source { lines.append("  source    \(source)") }
    lines.append("  sha256    \(sha256)")
    return lines.joined(separator: "\n")
  }

  private func shortened(_ names: [String]) -> String {
    names.count <= 12
      ? names.joined(separator: ", ")
      : names.prefix(12).joined(separator: ", ") + ", ... (\(names.count))"
  }
}
