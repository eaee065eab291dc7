extension Figure {
  /// What is wrong with the lengths of its arrays, in words that continue after `figure 'name': `.
  ///
  /// - Returns: the first flaw with its remedy; `nil` when there is none.
  public var extentFlaw: String? {
    for series in series {
      guard series.x.count == series.y.count else {
        return "series '\(series.name)' has \(series.x.count) x and \(series.y.count) y; "
          + "give as many of each"
      }
      let (lower, upper) = (series.lower.count, series.upper.count)
      guard lower == upper, lower == 0 || lower == series.y.count else {
        return "series '\(series.name)' has \(lower) lower and \(upper) upper bounds for "
          + "\(series.y.count) points; give as many of each, or none"
      }
    }
    for map in maps {
      let (count, overflows) = map.rows.multipliedReportingOverflow(by: map.columns)
      guard map.rows >= 1, map.columns >= 1, !overflows, map.values.count == count else {
        return "map '\(map.name)' has \(map.values.count) numbers for \(map.rows) rows and "
          + "\(map.columns) columns; give rows times columns of them"
      }
    }
    for raster in rasters where raster.times.count != raster.lanes.count {
      return "raster '\(raster.name)' has \(raster.times.count) times and \(raster.lanes.count) "
        + "lanes of events; give as many of each"
    }
    for graph in graphs {
      guard graph.x.count == graph.y.count, [0, graph.x.count].contains(graph.labels.count) else {
        return "graph '\(graph.name)' has \(graph.x.count) x, \(graph.y.count) y and "
          + "\(graph.labels.count) labels of nodes; give as many of each, or no labels"
      }
    }
    return nil
  }
}
