import CQHost
import QHostBridging
import QHostInterfaces
import QHostSDK
import QHostTesting
import Testing

/// Hands over what it is told to, and where its only parameter is.
final class FigureSolver: SolverComponent, FigureProviding {
  static let descriptor = ComponentDescriptor(
    name: "figure-solver", summary: "A solver.",
    parameters: [.integer("flaw", default: 0, in: 0...3, "Which flaw.")])
  static let modes: Set<Packets.Mode> = []
  static let topologies: Set<Packets.Topology> = []
  private let flaw: Int

  init(request: ComponentRequest) { flaw = request.configuration.integer("flaw") }
  func evolve(_ packets: inout Packets) {}

  static let figure = Figure(
    name: "all", title: "All", x: Figure.Axis("time", unit: "s"), y: Figure.Axis("lane"),
    series: [
      Figure.Series(name: "line", x: [1, 2], y: [3, 4], lower: [3, 3], upper: [4, 4]),
      Figure.Series(name: "points", mark: .points, x: [1], y: [0]),
    ],
    maps: [
      Figure.Map(
        name: "m", unit: "V", rows: 2, columns: 3, values: [0, 1, 2, 3, 4, 5], x: 0...3, y: 0...2)
    ],
    rasters: [Figure.Raster(name: "r", laneCount: 2, times: [1, 2], lanes: [0, 1])],
    graphs: [
      Figure.Network(
        name: "g", x: [0, 1], y: [0, 1], labels: ["a", "b"],
        edges: [Figure.Network.Edge(from: 0, to: 1, weight: -1)])
    ])

  func figures(parameters: [Double]?) throws(ComponentError) -> [Figure] {
    guard parameters == nil else { throw ComponentError("a solver has no parameters") }
    var (first, second) = (Self.figure, Self.figure)
    second.name = "second"
    switch flaw {
    case 1: first.series[0].lower = [1]
    case 2: first.maps[0].values[0] = .nan
    case 3: throw ComponentError("it has seen no packets; let it work first")
    default: second.x.isLogarithmic = false
    }
    return [first, second]
  }
}

@Suite("Figures from Swift to C and back")
struct FigureTests {
  private static let table = PluginTable(
    vendor: "tests", name: "figures", version: "1.2.3", summary: "Figures.",
    components: [.solver(FigureSolver.self), .model(EchoModel.self)])

  private func component(_ place: Int) throws -> ForeignComponent {
    let host = HostTable(TestHost())
    let plugin = try #require(Self.table.enter(host.pointer, nil))
    return try ForeignComponent(reading: try #require(plugin.pointee.components?[place]))
  }

  private func handover(_ flaw: Int) throws -> FigureHandover {
    let request = ComponentRequest(
      configuration: Configuration(["flaw": .integer(flaw)]), host: TestHost())
    let solver = try ForeignSolver(try component(0), request: request)
    return try #require(solver.handOverFigures(parameters: [1, 2]))
  }

  @Test("A component has the capability whose protocol it conforms to, and no other")
  func declared() throws {
    #expect(try component(0).has(.figures))
    #expect(try !component(1).has(.figures))
  }

  @Test("Every kind of content arrives as it was sent, and a solver gets no parameters")
  func roundTrip() throws {
    let handover = try handover(0)
    #expect(handover.refusals == [])
    #expect(handover.kind == .solver)
    #expect(handover.figures.map(\.name) == ["all", "second"])
    #expect(handover.figures.first == FigureSolver.figure)
  }

  @Test(
    "A faulty figure is lost alone, and named with its component",
    arguments: [(1, "1 lower and 2 upper bounds"), (2, "map 'm' has a number nan")])
  func faulty(_ flaw: Int, _ words: String) throws {
    let handover = try handover(flaw)
    #expect(handover.figures.map(\.name) == ["second"])
    #expect(handover.refusals.count == 1)
    let refusal = try #require(handover.refusals.first)
    #expect(refusal.contains("solver 'figure-solver': figure 'all': "), "\(refusal)")
    #expect(refusal.contains(words), "\(refusal)")
  }

  @Test("A component that fails to make them says so, and has none")
  func failing() throws {
    let handover = try handover(3)
    #expect(handover.figures.isEmpty)
    #expect(
      handover.refusals == [
        "solver 'figure-solver': it has seen no packets; let it work first"
      ])
  }
}
