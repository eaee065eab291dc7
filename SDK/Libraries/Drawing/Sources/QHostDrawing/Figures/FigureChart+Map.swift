import QHostInterfaces

extension FigureChart {
  /// The cells of a map, a path for each colour; neighbours of one colour in a row are one rectangle.
  static func cells(_ map: Figure.Map, _ colours: ColourScale, _ plot: Plot) -> [String] {
    let mark = Markup.number
    let xs = edges(map.x, map.columns).map { mark(plot.x.place($0)) }
    let ys = edges(map.y, map.rows).map { mark(plot.y.place($0)) }
    var paths = [String](repeating: "", count: ColourScale.levelCount)
    for row in 0..<map.rows {
      var start = 0
      while start < map.columns {
        let level = colours.level(of: map.values[row * map.columns + start])
        var end = start + 1
        while end < map.columns, colours.level(of: map.values[row * map.columns + end]) == level {
          end += 1
        }
        paths[level] += "M\(xs[start]) \(ys[row])H\(xs[end])V\(ys[row + 1])H\(xs[start])z"
        start = end
      }
    }
    return paths.enumerated().filter { !$0.element.isEmpty }.map { level, path in
      "<path fill=\"\(ColourScale.colour(ofLevel: level))\" shape-rendering=\"crispEdges\" "
        + "d=\"\(path)\"/>"
    }
  }

  private static func edges(_ range: ClosedRange<Double>, _ count: Int) -> [Double] {
    (0...count).map { index in
      let part = Double(index) / Double(count)
      return range.lowerBound * (1 - part) + range.upperBound * part
    }
  }
}
