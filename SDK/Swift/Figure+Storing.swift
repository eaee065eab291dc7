internal import CQHost
internal import QHostBridging
internal import QHostInterfaces

extension Figure {
  /// The figure as a C struct, whose memory is the arena's; its extents must be sound.
  func stored(in arena: Arena) -> qhost_figure {
    var raw = qhost_figure.sized()
    raw.name = arena.text(name)
    raw.title = arena.text(title)
    raw.x = UnsafePointer(arena.value(x.stored(in: arena)))
    raw.y = UnsafePointer(arena.value(y.stored(in: arena)))
    raw.series_count = UInt32(series.count)
    raw.series = arena.pointers(series.map { $0.stored(in: arena) })
    raw.map_count = UInt32(maps.count)
    raw.maps = arena.pointers(maps.map { $0.stored(in: arena) })
    raw.raster_count = UInt32(rasters.count)
    raw.rasters = arena.pointers(rasters.map { $0.stored(in: arena) })
    raw.graph_count = UInt32(graphs.count)
    raw.graphs = arena.pointers(graphs.map { $0.stored(in: arena) })
    return raw
  }
}

extension Figure.Axis {
  fileprivate func stored(in arena: Arena) -> qhost_figure_axis {
    var raw = qhost_figure_axis.sized()
    raw.scale = isLogarithmic ? QHOST_FIGURE_LOGARITHMIC : QHOST_FIGURE_LINEAR
    raw.label = arena.text(label)
    raw.unit = arena.text(unit)
    return raw
  }
}

extension Figure.Series {
  fileprivate func stored(in arena: Arena) -> qhost_figure_series {
    var raw = qhost_figure_series.sized()
    raw.mark = mark.rawValue
    raw.name = arena.text(name)
    raw.x_count = UInt64(x.count)
    raw.y_count = UInt64(y.count)
    raw.x = UnsafePointer(arena.array(x))
    raw.y = UnsafePointer(arena.array(y))
    raw.bound_count = UInt64(lower.count)
    raw.lower = UnsafePointer(arena.array(lower))
    raw.upper = UnsafePointer(arena.array(upper))
    return raw
  }
}

extension Figure.Map {
  fileprivate func stored(in arena: Arena) -> qhost_figure_map {
    var raw = qhost_figure_map.sized()
    raw.name = arena.text(name)
    raw.unit = arena.text(unit)
    raw.rows = UInt64(rows)
    raw.columns = UInt64(columns)
    raw.values = UnsafePointer(arena.array(values))
    (raw.x_minimum, raw.x_maximum) = (x.lowerBound, x.upperBound)
    (raw.y_minimum, raw.y_maximum) = (y.lowerBound, y.upperBound)
    return raw
  }
}

extension Figure.Raster {
  fileprivate func stored(in arena: Arena) -> qhost_figure_raster {
    var raw = qhost_figure_raster.sized()
    raw.name = arena.text(name)
    // A negative number is beyond all lanes on the other side, which says so.
    raw.lane_count = UInt64(max(0, laneCount))
    raw.event_count = UInt64(times.count)
    raw.times = UnsafePointer(arena.array(times))
    raw.lanes = UnsafePointer(arena.array(lanes.map { UInt64(bitPattern: Int64($0)) }))
    return raw
  }
}

extension Figure.Network {
  fileprivate func stored(in arena: Arena) -> qhost_figure_graph {
    var raw = qhost_figure_graph.sized()
    raw.name = arena.text(name)
    raw.node_count = UInt64(x.count)
    raw.edge_count = UInt64(edges.count)
    raw.x = UnsafePointer(arena.array(x))
    raw.y = UnsafePointer(arena.array(y))
    raw.labels = arena.texts(labels)
    raw.sources = UnsafePointer(
      arena.array(edges.map { UInt64(bitPattern: Int64($0.source)) }))
    raw.targets = UnsafePointer(
      arena.array(edges.map { UInt64(bitPattern: Int64($0.target)) }))
    raw.weights = UnsafePointer(arena.array(edges.map(\.weight)))
    return raw
  }
}
