internal import CQHost
internal import QHostBridging
internal import QHostInterfaces

/// The functions of every dataset and model in Swift that has metrics.
func metricsTable(in arena: Arena) -> UnsafeRawPointer {
  var table = qhost_metrics.sized()
  table.list = { instance, metrics, count, error in
    reporting(to: error) { () throws(ComponentError) in
      let exported = Instance.at(instance)
      let list = (exported.component as? any MetricProviding)?.metricDescriptions ?? []
      exported.metricArena = Arena()
      metrics?.pointee = exported.metricArena.pointers(
        list.map { $0.stored(in: exported.metricArena) })
      count?.pointee = UInt64(list.count)
    }
  }
  table.measure = { instance, sample, values, errors, error in
    reporting(to: error) { () throws(ComponentError) in
      let exported = Instance.at(instance)
      guard let provider = exported.component as? any MetricProviding else {
        throw .unsupported("it has no metrics")
      }
      guard let raw = sample.flatMap({ qhost_metric_sample.reading($0) }),
        let split = Split(rawValue: raw.split)
      else { throw ComponentError("the host gave no sample to measure on") }
      let found = try provider.measure(
        MetricSample(reading: raw, split, exported.rowWidths))
      let count = provider.metricDescriptions.count
      guard found.count == count else {
        throw ComponentError(
          "it has \(count) metrics and measured \(found.count) values; give one for each")
      }
      for (place, metric) in found.enumerated() {
        values?[place] = metric.value
        errors?[place] = metric.standardError ?? .nan
      }
    }
  }
  return UnsafeRawPointer(arena.value(table))
}

extension MetricDescription {
  fileprivate func stored(in arena: Arena) -> qhost_metric {
    var raw = qhost_metric.sized()
    raw.direction =
      switch direction {
      case .neutral: QHOST_METRIC_NEUTRAL
      case .lower: QHOST_METRIC_LOWER
      case .higher: QHOST_METRIC_HIGHER
      }
    raw.name = arena.text(name)
    raw.unit = arena.text(unit)
    raw.documentation = arena.text(documentation)
    return raw
  }
}

extension MetricSample {
  fileprivate init(
    reading raw: qhost_metric_sample, _ split: Split, _ widths: (input: Int, output: Int)
  ) {
    let count = Int(raw.row_count)
    self.init(
      split: split,
      parameters: raw.parameters.map {
        Array(UnsafeBufferPointer(start: $0, count: Int(raw.parameter_count)))
      },
      rows: UnsafeBufferPointer(start: raw.rows, count: count).map { Int($0) },
      keys: Array(UnsafeBufferPointer(start: raw.keys, count: count)), draw: raw.draw,
      inputs: UnsafeBufferPointer(
        start: raw.inputs, count: raw.inputs == nil ? 0 : widths.input * count),
      outputs: UnsafeBufferPointer(start: raw.outputs, count: widths.output * count))
  }
}
