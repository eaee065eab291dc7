extension Figure {
  /// Why it cannot be drawn, in words that continue after `figure 'name': `.
  ///
  /// - Parameter elementLimit: points, cells, events, nodes and edges together that it may have.
  /// - Returns: the first flaw with its remedy; `nil` when there is none.
  public func flaw(elementLimit: Int) -> String? {
    guard Self.isFileName(name) else {
      return "its name must have lower-case letters, digits and '-' only, and not begin with '-'; "
        + "rename it"
    }
    guard !title.isEmpty, !title.contains(where: \.isNewline) else {
      return "its title must be one line; set it"
    }
    guard series.count + maps.count + rasters.count + graphs.count > 0 else {
      return "it has nothing to draw; give it a series, map, raster or graph"
    }
    guard elementCount <= elementLimit else {
      return Self.excess(of: elementCount, over: elementLimit)
    }
    let names =
      series.map(\.name) + maps.map(\.name) + rasters.map(\.name) + graphs.map(\.name)
    guard !names.contains("") else {
      return "a series, map, raster or graph has no name; give each one"
    }
    return extentFlaw ?? series.firstFlaw { flaw(of: $0) } ?? mapsFlaw
      ?? rasters.firstFlaw { flaw(of: $0) } ?? graphs.firstFlaw { flaw(of: $0) }
  }

  /// The message about a figure that has too many points, cells, events, nodes and edges.
  ///
  /// - Parameters:
  ///   - count: how many it has.
  ///   - limit: how many it may have.
  /// - Returns: a clause that begins with "it has" and ends with the remedy.
  public static func excess(of count: Int, over limit: Int) -> String {
    "it has \(count) points, cells, events, nodes and edges, and \(limit) are the most; thin them"
  }

  private static func isFileName(_ text: String) -> Bool {
    guard let first = text.utf8.first, first != 0x2D else { return false }
    return text.utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
    }
  }

  private func flaw(of series: Series) -> String? {
    let culprit = "series '\(series.name)'"
    for (word, values, axis) in [
      ("x", series.x, x), ("y", series.y, y), ("lower", series.lower, y),
      ("upper", series.upper, y),
    ] {
      if let flaw = axis.flaw(in: values) { return "\(culprit) has \(word) = \(flaw)" }
    }
    let places = series.lower.indices
    guard
      let place = places.first(where: {
        series.lower[$0] > series.y[$0] || series.upper[$0] < series.y[$0]
      })
    else { return nil }
    return "\(culprit) has bounds that do not hold its y at place \(place); swap or correct them"
  }

  private var mapsFlaw: String? {
    if Set(maps.map(\.unit)).count > 1 {
      return "its maps have several units and one scale of colours; make a figure of each"
    }
    return maps.firstFlaw { map in
      let culprit = "map '\(map.name)'"
      for (word, range, axis) in [("x", map.x, x), ("y", map.y, y)] {
        guard range.upperBound > range.lowerBound else {
          return "\(culprit) has no extent along \(word); set a minimum below its maximum"
        }
        if let flaw = axis.flaw(in: [range.lowerBound, range.upperBound]) {
          return "\(culprit) has an edge \(word) = \(flaw)"
        }
      }
      return Axis("").flaw(in: map.values).map { "\(culprit) has a number \($0)" }
    }
  }

  private func flaw(of raster: Raster) -> String? {
    let culprit = "raster '\(raster.name)'"
    guard raster.laneCount >= 1 else { return "\(culprit) has no lanes; give it one at least" }
    guard !y.isLogarithmic else {
      return "\(culprit) has lanes from 0, which no logarithmic axis has; make the axis linear"
    }
    if let flaw = x.flaw(in: raster.times) { return "\(culprit) has time = \(flaw)" }
    guard let lane = raster.lanes.first(where: { !(0..<raster.laneCount).contains($0) }) else {
      return nil
    }
    return "\(culprit) has an event in lane \(lane) of \(raster.laneCount); lanes count from 0"
  }

  private func flaw(of graph: Network) -> String? {
    let culprit = "graph '\(graph.name)'"
    guard !graph.x.isEmpty else { return "\(culprit) has no nodes; give it one at least" }
    for (word, values, axis) in [("x", graph.x, x), ("y", graph.y, y)] {
      if let flaw = axis.flaw(in: values) { return "\(culprit) has \(word) = \(flaw)" }
    }
    let nodes = graph.x.indices
    if let edge = graph.edges.first(where: {
      !nodes.contains($0.source) || !nodes.contains($0.target)
    }) {
      return "\(culprit) has an edge from node \(edge.source) to \(edge.target) of "
        + "\(nodes.count); nodes count from 0"
    }
    return Axis("").flaw(in: graph.edges.map(\.weight)).map { "\(culprit) has weight = \($0)" }
  }
}

extension Figure.Axis {
  /// What is wrong with the first coordinate that cannot lie on it: its value, place and a remedy.
  fileprivate func flaw(in values: [Double]) -> String? {
    if let place = values.firstIndex(where: { !$0.isFinite }) {
      return "\(values[place]) at place \(place), which is not finite; leave it out"
    }
    guard isLogarithmic, let place = values.firstIndex(where: { $0 <= 0 }) else { return nil }
    return "\(values[place]) at place \(place), which no logarithmic axis has; leave it out, or "
      + "make the axis linear"
  }
}

extension Array {
  fileprivate func firstFlaw(_ flaw: (Element) -> String?) -> String? {
    lazy.compactMap(flaw).first
  }
}
