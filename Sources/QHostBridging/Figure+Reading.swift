internal import CQHost
internal import QHostInterfaces

extension Figure {
  /// Reads a figure from its C struct, and checks it.
  ///
  /// - Parameters:
  ///   - raw: the figure.
  ///   - name: its name.
  ///   - elementLimit: how many elements it may have.
  /// - Throws: the first flaw, in words that continue after `figure 'name': `.
  init(reading raw: qhost_figure, name: String, elementLimit: Int) throws(FormatError) {
    guard let x = raw.x.flatMap({ Axis(reading: $0) }), let y = raw.y.flatMap({ Axis(reading: $0) })
    else { throw FormatError("an axis is NULL, too small or of unknown scale; set both") }
    self.init(name: name, title: text(raw.title) ?? "", x: x, y: y)
    var room = elementLimit
    for raw in try structs(raw.series, raw.series_count, "series") {
      series.append(try Series(reading: raw, room: &room))
    }
    for raw in try structs(raw.maps, raw.map_count, "map") {
      maps.append(try Map(reading: raw, room: &room))
    }
    for raw in try structs(raw.rasters, raw.raster_count, "raster") {
      rasters.append(try Raster(reading: raw, room: &room))
    }
    for raw in try structs(raw.graphs, raw.graph_count, "graph") {
      graphs.append(try Network(reading: raw, room: &room))
    }
    if let flaw = flaw(elementLimit: elementLimit) { throw FormatError(flaw) }
  }
}

extension Figure.Axis {
  fileprivate init?(reading pointer: UnsafePointer<qhost_figure_axis>) {
    guard let raw = qhost_figure_axis.reading(pointer), raw.scale <= QHOST_FIGURE_LOGARITHMIC else {
      return nil
    }
    self.init(
      text(raw.label) ?? "", unit: text(raw.unit),
      isLogarithmic: raw.scale == QHOST_FIGURE_LOGARITHMIC)
  }
}

extension Figure.Series {
  fileprivate init(reading raw: qhost_figure_series, room: inout Int) throws(FormatError) {
    let name = text(raw.name) ?? ""
    guard let mark = Mark(rawValue: raw.mark) else {
      throw FormatError("series '\(name)' has the unknown mark \(raw.mark); use a line or points")
    }
    let culprit = "series '\(name)'"
    try take(max(raw.x_count, raw.y_count), &room, culprit)
    guard raw.bound_count <= raw.y_count else {
      throw FormatError("\(culprit) has more bounds than points; give as many of each, or none")
    }
    self.init(
      name: name, mark: mark, x: try numbers(raw.x, raw.x_count, culprit),
      y: try numbers(raw.y, raw.y_count, culprit),
      lower: try numbers(raw.lower, raw.bound_count, culprit),
      upper: try numbers(raw.upper, raw.bound_count, culprit))
  }
}

extension Figure.Map {
  fileprivate init(reading raw: qhost_figure_map, room: inout Int) throws(FormatError) {
    let culprit = "map '\(text(raw.name) ?? "")'"
    let (count, overflows) = raw.rows.multipliedReportingOverflow(by: raw.columns)
    try take(overflows ? .max : count, &room, culprit)
    // What is not a number is not below anything.
    guard raw.x_minimum < raw.x_maximum, raw.y_minimum < raw.y_maximum else {
      throw FormatError(
        "\(culprit) has an extent that is empty or not a number; "
          + "set each minimum below its maximum")
    }
    self.init(
      name: text(raw.name) ?? "", unit: text(raw.unit), rows: Int(clamping: raw.rows),
      columns: Int(clamping: raw.columns), values: try numbers(raw.values, count, culprit),
      x: raw.x_minimum...raw.x_maximum, y: raw.y_minimum...raw.y_maximum)
  }
}

extension Figure.Raster {
  fileprivate init(reading raw: qhost_figure_raster, room: inout Int) throws(FormatError) {
    let culprit = "raster '\(text(raw.name) ?? "")'"
    try take(raw.event_count, &room, culprit)
    self.init(
      name: text(raw.name) ?? "", laneCount: Int(clamping: raw.lane_count),
      times: try numbers(raw.times, raw.event_count, culprit),
      lanes: try numbers(raw.lanes, raw.event_count, culprit).map { Int(clamping: $0) })
  }
}

extension Figure.Network {
  fileprivate init(reading raw: qhost_figure_graph, room: inout Int) throws(FormatError) {
    let culprit = "graph '\(text(raw.name) ?? "")'"
    try take(raw.node_count, &room, culprit)
    try take(raw.edge_count, &room, culprit)
    let sources = try numbers(raw.sources, raw.edge_count, culprit)
    let targets = try numbers(raw.targets, raw.edge_count, culprit)
    let weights =
      raw.weights == nil
      ? [Double](repeating: 1, count: sources.count)
      : try numbers(raw.weights, raw.edge_count, culprit)
    let labels =
      raw.labels == nil
      ? [] : try numbers(raw.labels, raw.node_count, culprit).map { text($0) ?? "" }
    self.init(
      name: text(raw.name) ?? "", x: try numbers(raw.x, raw.node_count, culprit),
      y: try numbers(raw.y, raw.node_count, culprit), labels: labels,
      edges: sources.indices.map {
        Edge(
          from: Int(clamping: sources[$0]), to: Int(clamping: targets[$0]), weight: weights[$0])
      })
  }
}

private func text(_ pointer: UnsafePointer<CChar>?) -> String? {
  pointer.map { String(cString: $0) }
}

/// Counts elements before their memory is looked at: a wrong count must not be followed there.
private func take(_ count: UInt64, _ room: inout Int, _ culprit: String) throws(FormatError) {
  guard count <= UInt64(room) else {
    throw FormatError(
      "with \(culprit) "
        + Figure.excess(of: Int(clamping: count), over: FigureLimits.elementCount))
  }
  room -= Int(count)
}

private func numbers<T>(
  _ pointer: UnsafePointer<T>?, _ count: UInt64, _ culprit: String
) throws(FormatError) -> [T] {
  guard count > 0 else { return [] }
  guard let pointer else {
    throw FormatError("\(culprit) has \(count) elements at NULL; set all its arrays")
  }
  return Array(UnsafeBufferPointer(start: pointer, count: Int(count)))
}

private func structs<T: SizedStruct>(
  _ list: UnsafePointer<UnsafePointer<T>?>?, _ count: UInt32, _ word: String
) throws(FormatError) -> [T] {
  guard count > 0 else { return [] }
  guard let list else { throw FormatError("it has \(count) \(word)s at NULL; set the list") }
  var result: [T] = []
  for index in 0..<Int(count) {
    guard let pointer = list[index], let value = T.reading(pointer) else {
      throw FormatError("\(word) \(index) is NULL or too small; set it and its struct_size")
    }
    result.append(value)
  }
  return result
}
