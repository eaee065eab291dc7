internal import QHostBridging
internal import QHostInterfaces

extension FigureHandover {
  /// Adds what was handed over to a message.
  func write(to message: inout MessageWriter) {
    message.write(culprit)
    message.write(kind.rawValue)
    message.write(each: refusals) { $0.write($1) }
    message.write(each: figures) { $1.write(to: &$0) }
  }

  /// Reads what was handed over, and checks each figure.
  init(from message: inout MessageReader) throws(ComponentError) {
    let culprit = try message.text()
    guard let kind = ComponentKind(rawValue: try message.text()) else {
      throw MessageReader.damaged
    }
    let refusals = try message.elements { (message) throws(ComponentError) in try message.text() }
    let figures = try message.elements { (message) throws(ComponentError) in
      try Figure(from: &message)
    }
    self.init(culprit: culprit, kind: kind, figures: figures, refusals: refusals)
  }
}

extension Figure {

  fileprivate func write(to message: inout MessageWriter) {
    message.write(name)
    message.write(title)
    for axis in [x, y] {
      message.write(axis.label)
      message.write(axis.unit)
      message.write(axis.isLogarithmic)
    }
    message.write(each: series) { message, series in
      message.write(series.name)
      message.write(series.mark.rawValue)
      for values in [series.x, series.y, series.lower, series.upper] { message.write(values) }
    }
    message.write(each: maps) { message, map in
      message.write(map.name)
      message.write(map.unit)
      message.write(map.rows)
      message.write(map.columns)
      message.write(map.values)
      message.write([map.x.lowerBound, map.x.upperBound, map.y.lowerBound, map.y.upperBound])
    }
    message.write(each: rasters) { message, raster in
      message.write(raster.name)
      message.write(raster.laneCount)
      message.write(raster.times)
      message.write(raster.lanes)
    }
    message.write(each: graphs) { message, graph in
      message.write(graph.name)
      message.write(graph.x)
      message.write(graph.y)
      message.write(each: graph.labels) { $0.write($1) }
      message.write(graph.edges.map(\.source))
      message.write(graph.edges.map(\.target))
      message.write(graph.edges.map(\.weight))
    }
  }

  fileprivate init(from message: inout MessageReader) throws(ComponentError) {
    self.init(
      name: try message.text(), title: try message.text(), x: try Axis(from: &message),
      y: try Axis(from: &message))
    series = try message.elements { (message) throws(ComponentError) in
      try Series(from: &message)
    }
    maps = try message.elements { (message) throws(ComponentError) in try Map(from: &message) }
    rasters = try message.elements { (message) throws(ComponentError) in
      Raster(
        name: try message.text(), laneCount: try message.integer(),
        times: try message.array(of: Double.self), lanes: try message.array(of: Int.self))
    }
    graphs = try message.elements { (message) throws(ComponentError) in
      try Network(from: &message)
    }
    guard flaw(elementLimit: FigureLimits.elementCount) == nil else { throw MessageReader.damaged }
  }
}

extension Figure.Axis {
  fileprivate init(from message: inout MessageReader) throws(ComponentError) {
    self.init(
      try message.text(), unit: try message.optionalText(), isLogarithmic: try message.boolean())
  }
}

extension Figure.Series {
  fileprivate init(from message: inout MessageReader) throws(ComponentError) {
    let name = try message.text()
    guard let mark = Mark(rawValue: try message.read(UInt32.self)) else {
      throw MessageReader.damaged
    }
    self.init(
      name: name, mark: mark, x: try message.array(of: Double.self),
      y: try message.array(of: Double.self), lower: try message.array(of: Double.self),
      upper: try message.array(of: Double.self))
  }
}

extension Figure.Map {
  fileprivate init(from message: inout MessageReader) throws(ComponentError) {
    let (name, unit) = (try message.text(), try message.optionalText())
    let (rows, columns) = (try message.integer(), try message.integer())
    let values = try message.array(of: Double.self)
    let ends = try message.array(of: Double.self)
    guard ends.count == 4, ends[0] < ends[1], ends[2] < ends[3], rows >= 0, columns >= 0 else {
      throw MessageReader.damaged
    }
    self.init(
      name: name, unit: unit, rows: rows, columns: columns, values: values, x: ends[0]...ends[1],
      y: ends[2]...ends[3])
  }
}

extension Figure.Network {
  fileprivate init(from message: inout MessageReader) throws(ComponentError) {
    let name = try message.text()
    let (x, y) = (try message.array(of: Double.self), try message.array(of: Double.self))
    let labels = try message.elements { (message) throws(ComponentError) in try message.text() }
    let (from, to) = (try message.array(of: Int.self), try message.array(of: Int.self))
    let weights = try message.array(of: Double.self)
    guard from.count == to.count, from.count == weights.count else { throw MessageReader.damaged }
    self.init(
      name: name, x: x, y: y, labels: labels,
      edges: from.indices.map { Edge(from: from[$0], to: to[$0], weight: weights[$0]) })
  }
}
