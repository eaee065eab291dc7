internal import CQHost
internal import QHostInterfaces

/// The metrics of an instance behind a C table.
final class ForeignMetrics {
  /// What they are; none of an instance without the capability.
  let descriptions: [MetricDescription]
  private let table: qhost_metrics?
  private let instance: UnsafeMutableRawPointer
  private let component: ForeignComponent
  private let error: ErrorBuffer

  /// Asks an instance for its metrics, once.
  ///
  /// - Throws: when one of them cannot be used.
  init(
    of instance: UnsafeMutableRawPointer, _ component: ForeignComponent, _ link: InstanceLink
  ) throws(ComponentError) {
    self.instance = instance
    self.component = component
    error = ErrorBuffer(link)
    table = component.capabilities[.metrics]?.assumingMemoryBound(to: qhost_metrics.self).pointee
    guard let list = table?.list else {
      descriptions = []
      return
    }
    var metrics: UnsafePointer<UnsafePointer<qhost_metric>?>?
    var count: UInt64 = 0
    let error = error
    descriptions = try guarded(
      component.label, "list",
      throwing: { () throws(ComponentError) in
        let status = list(instance, &metrics, &count, error.pointer)
        try error.check(status, culprit: component.culprit, function: "list")
        return try Self.read(metrics, count, component.culprit)
      })
  }

  /// Measures them on rows.
  ///
  /// - Throws: what the component throws, and when a value cannot be one.
  func measure(_ sample: MetricSample) throws(ComponentError) -> [MetricValue] {
    guard let measure = table?.measure, !descriptions.isEmpty else { return [] }
    let arena = Arena()
    var values = [Double](repeating: .nan, count: descriptions.count)
    var errors = values
    let raw = sample.stored(in: arena)
    let status = guarded(component.label, "measure") {
      measure(instance, raw, &values, &errors, error.pointer)
    }
    try error.check(status, culprit: component.culprit, function: "measure")
    var measured: [MetricValue] = []
    for (place, description) in descriptions.enumerated() {
      let culprit =
        "\(component.culprit) measured its metric '\(description.name)' on \(sample.split) rows as"
      guard !values[place].isNaN else {
        throw ComponentError(
          "\(culprit) NaN, which compares with nothing; give a number or an infinity, or report "
            + "it to its author")
      }
      let deviation = errors[place]
      guard deviation.isNaN || (deviation >= 0 && deviation.isFinite) else {
        throw ComponentError(
          "\(culprit) \(values[place]) with the standard error \(deviation), which must be finite "
            + "and not below 0, or NaN for none; report it to its author")
      }
      measured.append(
        MetricValue(values[place], standardError: deviation.isNaN ? nil : deviation))
    }
    return measured
  }

  private static func read(
    _ list: UnsafePointer<UnsafePointer<qhost_metric>?>?, _ count: UInt64, _ culprit: String
  ) throws(ComponentError) -> [MetricDescription] {
    guard count > 0 else { return [] }
    guard let list else {
      throw ComponentError("\(culprit) lists \(count) metrics at NULL; report it to its author")
    }
    guard count <= UInt64(MetricLimits.metricCount) else {
      throw ComponentError(
        "\(culprit) lists \(count) metrics, and \(MetricLimits.metricCount) are the most; leave some "
          + "out, or report it to its author")
    }
    var metrics: [MetricDescription] = []
    for index in 0..<Int(count) {
      guard let raw = list[index].flatMap({ qhost_metric.reading($0) }), let name = raw.name else {
        throw ComponentError(
          "\(culprit): metric \(index) is NULL, too small or without a name; report it to its author"
        )
      }
      let metric = try MetricDescription(reading: raw, String(cString: name), culprit)
      guard !metrics.contains(where: { $0.name == metric.name }) else {
        throw ComponentError("\(culprit): metric '\(metric.name)' is listed twice; rename one")
      }
      metrics.append(metric)
    }
    return metrics
  }
}

extension MetricDescription {
  fileprivate init(
    reading raw: qhost_metric, _ name: String, _ culprit: String
  ) throws(ComponentError) {
    let directions: [UInt32: Direction] = [
      QHOST_METRIC_NEUTRAL: .neutral, QHOST_METRIC_LOWER: .lower, QHOST_METRIC_HIGHER: .higher,
    ]
    guard let direction = directions[raw.direction] else {
      throw ComponentError(
        "\(culprit): metric '\(name)' has the unknown direction \(raw.direction); use one of "
          + "QHOST_METRIC_...")
    }
    self.init(
      name, unit: raw.unit.map { String(cString: $0) }, direction,
      raw.documentation.map { String(cString: $0) } ?? "")
    if let flaw { throw ComponentError("\(culprit): metric '\(name)': \(flaw)") }
  }
}

extension MetricSample {
  /// The sample as a C struct; arrays are in the arena, inputs and outputs where they are.
  fileprivate func stored(in arena: Arena) -> UnsafePointer<qhost_metric_sample> {
    var raw = qhost_metric_sample.sized()
    raw.split = split.rawValue
    raw.parameter_count = UInt64(parameters?.count ?? 0)
    raw.parameters = parameters.map { UnsafePointer(arena.array($0)) }
    raw.row_count = UInt64(rows.count)
    raw.rows = UnsafePointer(arena.array(rows.map(UInt64.init)))
    raw.keys = UnsafePointer(arena.array(keys))
    raw.draw = draw
    raw.inputs = parameters == nil ? nil : inputs.baseAddress
    raw.outputs = outputs.baseAddress
    return UnsafePointer(arena.value(raw))
  }
}
