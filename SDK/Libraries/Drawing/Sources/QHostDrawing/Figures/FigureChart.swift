public import QHostInterfaces

/// A figure that a component handed over, as a chart: maps, then bands and lines, events, edges and nodes.
public struct FigureChart: Chart {
  /// What is drawn.
  let figure: Figure

  /// Takes a figure, whose numbers must have been checked.
  public init(_ figure: Figure) { self.figure = figure }

  /// What it is called.
  public var title: String { figure.title }

  /// What it shows, for those who do not see it.
  public var label: String { "\(title): \(figure.y.words) against \(figure.x.words)" }

  /// The figure as a file of its own, with its title.
  public var svg: String {
    Sheet.file(self, name: figure.name, caption: label, showsTitle: true)
  }

  /// The chart on a sheet as wide as all are.
  public func drawn(_ pen: Pen) -> (body: String, height: Double) {
    let frame = FigureFrame(figure)
    let colours = figure.maps.isEmpty ? nil : ColourScale(figure.maps)
    var plot = Plot(
      title: title, Plot.Axis(title: figure.x.words, kind: frame.xKind, domain: frame.xDomain),
      Plot.Axis(title: figure.y.words, kind: frame.yKind, domain: frame.yDomain),
      legend: Legend(entries: figure.legendEntries), pen: pen, aside: colours?.width ?? 0)
    if let colours {
      for map in figure.maps { plot.body += Self.cells(map, colours, plot) }
      plot.body += colours.drawn(beside: plot, pen)
    }
    let looks = figure.looks
    for (series, look) in zip(figure.series, looks) {
      plot.body += Self.elements(of: series, look, plot, pen)
    }
    for (raster, look) in zip(figure.rasters, looks.dropFirst(figure.series.count)) {
      plot.body.append(Self.events(raster, look, plot, pen))
    }
    let before = figure.series.count + figure.rasters.count
    for (graph, look) in zip(figure.graphs, looks.dropFirst(before)) {
      plot.body += Self.elements(of: graph, look, plot, pen)
    }
    return plot.drawn
  }

  /// Events as strokes in their lanes.
  private static func events(
    _ raster: Figure.Raster, _ look: Look, _ plot: Plot, _ pen: Pen
  ) -> String {
    let mark = Markup.number
    let strokes = zip(raster.times, raster.lanes).map { time, lane in
      "M\(mark(plot.x.place(time))) \(mark(plot.y.place(Double(lane) - 0.4)))"
        + "V\(mark(plot.y.place(Double(lane) + 0.4)))"
    }
    return pen.path(strokes.joined(), .line, look, title: raster.name)
  }
}
