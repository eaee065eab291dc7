import Foundation
import QHostDrawing
import QHostInterfaces
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite("Figures as drawings")
struct FigureChartTests {
  static let x: Figure.Axis = Figure.Axis("time", unit: "ms")
  static let y: Figure.Axis = Figure.Axis("value")
  static let lineFigure: Figure = Figure(
    name: "line", title: "A <line>", x: x, y: y,
    series: [
      Figure.Series(
        name: "loss", x: [0, 1, 2], y: [3, 1, 2], lower: [2, 0, 1], upper: [4, 2, 3]),
      Figure.Series(
        name: "accuracy", mark: .points, x: [0, 1], y: [1, 2], lower: [0, 1], upper: [2, 3]),
    ])
  static let mapFigure: Figure = Figure(
    name: "map", title: "A map", x: x, y: y,
    maps: [
      Figure.Map(
        name: "field", unit: "V", rows: 2, columns: 3, values: [0, 0, 2, 3, 3, 5], x: 0...3,
        y: 0...2)
    ])
  static let rasterFigure: Figure = Figure(
    name: "raster", title: "Spikes", x: x, y: Figure.Axis("neuron"),
    rasters: [Figure.Raster(name: "spikes", laneCount: 3, times: [0, 1, 5], lanes: [0, 2, 1])])
  static let graphFigure: Figure = Figure(
    name: "graph", title: "A net", x: x, y: y,
    graphs: [
      Figure.Network(
        name: "net", x: [0, 1, 2], y: [0, 1, 0], labels: ["in", "hid&den", "out"],
        edges: [.init(from: 0, to: 1, weight: 2), .init(from: 1, to: 2, weight: -0.1)])
    ])
  static let all: [Figure] = [lineFigure, mapFigure, rasterFigure, graphFigure]

  @Test("Each is well-formed XML with its title and axes", arguments: all)
  func wellFormed(_ figure: Figure) {
    let svg = FigureChart(figure).svg
    #expect(XMLParser(data: Data(svg.utf8)).parse(), "\(svg)")
    #expect(svg.contains(Markup.escaped(figure.title)))
    #expect(svg.contains("time (ms)"))
    for word in ["NaN", "nan", "inf"] { #expect(!svg.contains(word)) }
  }

  @Test("Several series have a legend, one alone has none")
  func legend() {
    let svg = FigureChart(Self.lineFigure).svg
    #expect(svg.contains(">loss<") && svg.contains(">accuracy<"))
    var one = Self.lineFigure
    one.series.removeLast()
    #expect(!FigureChart(one).svg.contains(">loss<"))
  }

  @Test("Cells of one colour in a row are one rectangle; the scale has the unit")
  func cells() {
    let svg = FigureChart(Self.mapFigure).svg
    let paths = svg.split(separator: "\n").joined().components(separatedBy: "z").count
    #expect(paths > 4)
    #expect(svg.contains("field (V)"))
    // The darkest colour is of 0, the lightest of 5.
    #expect(svg.contains("#440154") && svg.contains("#fde725"))
  }

  @Test("Many points are small squares, and a long line keeps to what can be seen")
  func size() {
    let count = 50_000
    let values = (0..<count).map(Double.init)
    let line = Figure(
      name: "long", title: "Long", x: Self.x, y: Self.y,
      series: [Figure.Series(name: "s", x: values, y: values)])
    #expect(FigureChart(line).svg.utf8.count < 50_000)
    var points = line
    points.series[0].mark = .points
    #expect(FigureChart(points).svg.utf8.count < 40 * count)
  }

  @Test("A figure without any points is an empty frame")
  func empty() {
    let figure = Figure(
      name: "none", title: "None", x: Self.x, y: Self.y,
      series: [Figure.Series(name: "s", x: [], y: [])])
    #expect(XMLParser(data: Data(FigureChart(figure).svg.utf8)).parse())
  }

  @Test(
    "As text each has at most 12 lines, none wider than the terminal",
    arguments: all, [30, 80, 300])
  func sketch(_ figure: Figure, _ width: Int) {
    let lines = FigureSketch(figure).lines(width: width)
    #expect(lines.count > 8 && lines.count <= FigureSketch.lineLimit)
    for line in lines {
      #expect(line.count <= width, "'\(line)'")
      #expect(!line.contains("\u{1B}"))
    }
    #expect(lines.dropFirst().joined().contains { !" │0123456789.".contains($0) })
  }

  @Test("Where there is no room there is none")
  func narrow() { #expect(FigureSketch(Self.lineFigure).lines(width: 10).isEmpty) }
}
