public import QHostInterfaces

/// A figure as some lines of text, for a terminal: dots for lines and points, shades for maps.
public struct FigureSketch {
  /// How many lines it has at most.
  public static let lineLimit = 12

  private static let plotRows = 9
  private static let shades: [Character] = [" ", "░", "▒", "▓", "█"]

  private let figure: Figure
  private let frame: FigureFrame

  /// Takes a figure, whose numbers must have been checked.
  public init(_ figure: Figure) {
    self.figure = figure
    frame = FigureFrame(figure)
  }

  /// The lines, none wider than so many columns: title, plot between marks of its ends, marks below.
  ///
  /// - Parameter width: columns of the terminal.
  /// - Returns: at most ``lineLimit`` lines; none when there is no room.
  public func lines(width: Int) -> [String] {
    let (low, high) = (text(frame.yDomain.lowerBound), text(frame.yDomain.upperBound))
    let margin = max(low.count, high.count)
    let columns = min(width, 100) - margin - 2
    guard columns >= 16 else { return [] }
    var lines = [cut(figure.title, to: width)]
    for (row, line) in plot(columns).enumerated() {
      let mark = row == 0 ? high : row == Self.plotRows - 1 ? low : ""
      let padding = String(repeating: " ", count: margin - mark.count)
      lines.append("\(padding)\(mark) │\(trimmed(line))")
    }
    let (left, right) = (text(frame.xDomain.lowerBound), text(frame.xDomain.upperBound))
    let room = columns - left.count - right.count - 2
    let middle = cut(figure.x.words, to: max(room, 0))
    let before = max((room - middle.count) / 2, 0)
    let after = max(room - middle.count - before, 0)
    lines.append(
      String(repeating: " ", count: margin + 2) + left + " "
        + String(repeating: " ", count: before) + middle + String(repeating: " ", count: after)
        + " " + right)
    return lines
  }

  private func plot(_ columns: Int) -> [String] {
    let dots = dots(columns)
    guard let map = figure.maps.first else { return dots }
    // Dots lie over the shades of the first map.
    return zip(dots, shaded(map, columns)).map { dots, shades in
      String(zip(dots, shades).map { $0 == " " ? $1 : $0 })
    }
  }

  private func dots(_ columns: Int) -> [String] {
    var canvas = BrailleCanvas(columns: columns, rows: Self.plotRows)
    let x = Scale(frame.xKind, frame.xDomain, from: 0, to: Double(canvas.width - 1))
    let y = Scale(frame.yKind, frame.yDomain, from: Double(canvas.height - 1), to: 0)
    func place(_ first: Double, _ second: Double) -> (x: Double, y: Double) {
      (x.place(first), y.place(second))
    }
    func dot(_ place: (x: Double, y: Double)) {
      canvas.set(Int(place.x.rounded()), Int(place.y.rounded()))
    }
    for series in figure.series {
      let places = zip(series.x, series.y).map(place)
      for place in places { dot(place) }
      guard series.mark == .line else { continue }
      for (from, to) in zip(places, places.dropFirst()) { canvas.line(from: from, to: to) }
    }
    for raster in figure.rasters {
      for (time, lane) in zip(raster.times, raster.lanes) { dot(place(time, Double(lane))) }
    }
    for graph in figure.graphs {
      let places = zip(graph.x, graph.y).map(place)
      for place in places { dot(place) }
      for edge in graph.edges { canvas.line(from: places[edge.source], to: places[edge.target]) }
    }
    return canvas.lines
  }

  /// The map's cell in the middle of each character.
  private func shaded(_ map: Figure.Map, _ columns: Int) -> [String] {
    let colours = ColourScale([map])
    let x = Scale(frame.xKind, frame.xDomain, from: 0, to: 1)
    let y = Scale(frame.yKind, frame.yDomain, from: 0, to: 1)
    return (0..<Self.plotRows).map { row in
      let up = y.value(at: 1 - (Double(row) + 0.5) / Double(Self.plotRows))
      return String(
        (0..<columns).map { column -> Character in
          let across = x.value(at: (Double(column) + 0.5) / Double(columns))
          guard let i = Self.cell(across, map.x, map.columns),
            let j = Self.cell(up, map.y, map.rows)
          else { return " " }
          let level = colours.level(of: map.values[j * map.columns + i])
          return Self.shades[level * Self.shades.count / ColourScale.levelCount]
        })
    }
  }

  private static func cell(_ value: Double, _ range: ClosedRange<Double>, _ count: Int) -> Int? {
    guard range.contains(value) else { return nil }
    let part = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    return min(Int(part * Double(count)), count - 1)
  }

  private func text(_ value: Double) -> String { NumberText.short(value, 3) }

  private func cut(_ text: String, to width: Int) -> String {
    text.count <= width ? text : String(text.prefix(max(width - 1, 0))) + (width > 0 ? "…" : "")
  }

  private func trimmed(_ line: String) -> String {
    String(line.reversed().drop { $0 == " " }.reversed())
  }
}
