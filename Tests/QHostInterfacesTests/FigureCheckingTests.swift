import QHostInterfaces
import Testing

@Suite("Figures are checked")
struct FigureCheckingTests {
  static let sound: Figure = Figure(
    name: "all-4", title: "All", x: Figure.Axis("time", unit: "s"), y: Figure.Axis("lane"),
    series: [
      Figure.Series(name: "s", x: [1, 2], y: [3, 4], lower: [3, 3], upper: [4, 4]),
      Figure.Series(name: "nothing yet", x: [], y: []),
    ],
    maps: [
      Figure.Map(
        name: "m", rows: 2, columns: 3, values: [0, 1, 2, 3, 4, 5], x: 0...3, y: 0...2)
    ],
    rasters: [Figure.Raster(name: "r", laneCount: 2, times: [1, 2], lanes: [0, 1])],
    graphs: [
      Figure.Network(
        name: "g", x: [0, 1], y: [0, 1], labels: ["a", "b"],
        edges: [Figure.Network.Edge(from: 0, to: 1, weight: -1)])
    ])

  /// A change that makes it one that cannot be drawn, and words that must say so.
  struct Fault: Sendable, CustomTestStringConvertible {
    let words: String
    let change: @Sendable (inout Figure) -> Void

    var testDescription: String { words }

    init(_ words: String, _ change: @escaping @Sendable (inout Figure) -> Void) {
      self.words = words
      self.change = change
    }
  }

  static let faults: [Fault] = [
    Fault("its name must have lower-case letters") { $0.name = "" },
    Fault("its name must have lower-case letters") { $0.name = "a/b" },
    Fault("its title must be one line") { $0.title = "" },
    Fault("its title must be one line") { $0.title = "a\nb" },
    Fault("it has nothing to draw") {
      ($0.series, $0.maps, $0.rasters, $0.graphs) = ([], [], [], [])
    },
    Fault("it has 112 points") { figure in
      figure.series.append(
        Figure.Series(
          name: "long", x: [Double](repeating: 0, count: 99),
          y: [Double](repeating: 0, count: 99)))
    },
    Fault("has no name") { $0.maps[0].name = "" },
    Fault("series 's' has 3 x and 2 y") { $0.series[0].x.append(1) },
    Fault("series 's' has 1 lower and 2 upper bounds for 2 points") {
      $0.series[0].lower.removeLast()
    },
    Fault("series 's' has y = nan at place 1") { $0.series[0].y[1] = .nan },
    Fault("series 's' has upper = inf at place 0") { $0.series[0].upper[0] = .infinity },
    Fault("series 's' has bounds that do not hold its y at place 1") {
      $0.series[0].lower[1] = 4.5
    },
    Fault("series 's' has x = 0.0 at place 0, which no logarithmic axis has") {
      $0.x.isLogarithmic = true
      $0.series[0].x[0] = 0
    },
    Fault("map 'm' has an edge x = 0.0 at place 0, which no logarithmic") {
      $0.x.isLogarithmic = true
    },
    Fault("map 'm' has 5 numbers for 2 rows and 3 columns") { $0.maps[0].values.removeLast() },
    Fault("map 'm' has no extent along y") { $0.maps[0].y = 1...1 },
    Fault("map 'm' has a number -inf at place 0") { $0.maps[0].values[0] = -.infinity },
    Fault("its maps have several units") { figure in
      figure.maps.append(figure.maps[0])
      figure.maps[1].unit = "V"
    },
    Fault("raster 'r' has 3 times and 2 lanes") { $0.rasters[0].times.append(1) },
    Fault("raster 'r' has an event in lane 2 of 2") { $0.rasters[0].lanes[0] = 2 },
    Fault("raster 'r' has an event in lane -1 of 2") { $0.rasters[0].lanes[0] = -1 },
    Fault("raster 'r' has no lanes") { $0.rasters[0].laneCount = 0 },
    Fault("raster 'r' has lanes from 0, which no logarithmic axis has") { figure in
      figure.maps = []
      figure.y.isLogarithmic = true
    },
    Fault("graph 'g' has 1 x, 2 y and 2 labels") { $0.graphs[0].x.removeLast() },
    Fault("graph 'g' has 2 x, 2 y and 1 labels") { $0.graphs[0].labels.removeLast() },
    Fault("graph 'g' has an edge from node 0 to 2 of 2") { $0.graphs[0].edges[0].target = 2 },
    Fault("graph 'g' has weight = nan") { $0.graphs[0].edges[0].weight = .nan },
  ]

  @Test("One with series, a map, a raster and a graph can be drawn")
  func good() {
    #expect(Self.sound.flaw(elementLimit: 13) == nil)
    #expect(Self.sound.elementCount == 13)
  }

  @Test("What cannot be drawn is said with its place and a remedy", arguments: faults)
  func refused(_ fault: Fault) throws {
    var figure = Self.sound
    fault.change(&figure)
    let flaw = try #require(figure.flaw(elementLimit: 100))
    #expect(flaw.contains(fault.words), "\(flaw)")
    #expect(flaw.contains("; "), "there is no remedy in '\(flaw)'")
  }
}
