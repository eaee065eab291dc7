import QHostInterfaces

/// The scales that a component's figure is drawn on.
struct FigureFrame {
  /// The horizontal scale's kind.
  let xKind: Scale.Kind
  /// The vertical scale's kind.
  let yKind: Scale.Kind
  /// What lies on the horizontal scale.
  let xDomain: ClosedRange<Double>
  /// What lies on the vertical scale.
  let yDomain: ClosedRange<Double>

  /// Finds the scales of a figure.
  init(_ figure: Figure) {
    xKind = figure.x.isLogarithmic ? .logarithmic : .linear
    yKind = figure.y.isLogarithmic ? .logarithmic : .linear
    var (xs, ys): ([Double], [Double]) = ([], [])
    for series in figure.series {
      xs += series.x
      ys += series.y + series.lower + series.upper
    }
    for map in figure.maps {
      xs += [map.x.lowerBound, map.x.upperBound]
      ys += [map.y.lowerBound, map.y.upperBound]
    }
    for raster in figure.rasters {
      xs += raster.times
      ys += [-0.5, Double(raster.laneCount) - 0.5]
    }
    for graph in figure.graphs {
      xs += graph.x
      ys += graph.y
    }
    // A map has edges of its own; nodes need room for their labels.
    let room = figure.maps.isEmpty ? (figure.graphs.isEmpty ? 0.02 : 0.08) : 0
    let isOfLines =
      figure.rasters.isEmpty && figure.graphs.isEmpty
      && figure.series.allSatisfy { $0.mark == .line }
    xDomain = Scale.domain(of: xs, xKind, room: isOfLines ? 0 : room)
    yDomain = Scale.domain(of: ys, yKind, room: room)
  }
}

extension Figure.Axis {
  /// What is written along it: the label, with the unit in brackets.
  var words: String { unit.map { "\(label) (\($0))" } ?? label }
}

extension Figure {
  /// The looks of series, rasters and graphs, in this order.
  var looks: [Look] {
    // Colours that differ most come first.
    let colours = [10, 2, 9, 0, 5, 7, 1, 11, 6, 3, 4, 8]
    return (0..<series.count + rasters.count + graphs.count).map {
      Look(colour: colours[$0 % colours.count], round: $0 / colours.count)
    }
  }

  /// What a legend says of it; nothing when its title says it all.
  var legendEntries: [Legend.Entry] {
    let names =
      series.map { ($0.name, $0.mark == .line ? Legend.Key.line : .mark) }
      + rasters.map { ($0.name, .line) } + graphs.map { ($0.name, .line) }
    guard names.count > 1 || names.count + maps.count > 1 else { return [] }
    return zip(names, looks).map { Legend.Entry($0.0, $1, key: $0.1) }
  }
}
