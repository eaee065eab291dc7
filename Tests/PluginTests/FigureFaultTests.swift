import QHostBridging
import QHostInterfaces
import QHostPluginTesting
import QHostRuntime
import QHostTesting
import Testing

@Suite("Figures of a model in C", .enabled(if: CCompiler.isPresent, "there is no gcc"))
struct FigureFaultTests {
  /// A fault of the fixture, which figures it costs, and the words that must say so.
  struct Fault: Sendable, CustomTestStringConvertible {
    let name: String
    let lost: Set<String>
    let words: [String]

    var testDescription: String { name }

    init(_ name: String, losing lost: Set<String>, _ words: String...) {
      self.name = name
      self.lost = lost
      self.words = words
    }

    static let all: [Fault] = [
      Fault("nan", losing: ["line"], "figure 'line': series 'line' has y = nan at place 2"),
      Fault("lengths", losing: ["line"], "figure 'line': series 'line' has 4 x and 5 y"),
      Fault(
        "million", losing: ["line"], "figure 'line'", "1000000 points", "100000 are the most",
        "thin them"),
      Fault("series-name", losing: ["line"], "figure 'line'", "has no name"),
      Fault("file-name", losing: ["line"], "figure '../line': its name must have"),
      Fault("twice", losing: ["line"], "figure 'field': another one has its name"),
      Fault(
        "logarithm", losing: FigureFaultTests.names, "x = 0.0 at place 0",
        "no logarithmic axis has"),
      Fault("extent", losing: ["field"], "figure 'field': map 'field' has an extent"),
      Fault("lane", losing: ["spikes"], "figure 'spikes'", "event in lane 3 of 3"),
      Fault("node", losing: ["net"], "figure 'net'", "edge from node 0 to 3 of 3"),
      Fault("null-list", losing: FigureFaultTests.names, "4 figures at NULL"),
      Fault("null-array", losing: ["line"], "series 'line' has 5 elements at NULL"),
      Fault("empty", losing: ["line"], "figure 'line': it has nothing to draw"),
      Fault("fails", losing: FigureFaultTests.names, "the pencil is blunt; sharpen it"),
    ]
  }

  static let names: Set<String> = ["line", "field", "spikes", "net"]

  private func handover(_ fault: String) throws -> FigureHandover {
    let bench = try #require(Bench.fixtures)
    let component = try #require(
      bench.components(.model).first { $0.name == "fixture-figures" })
    let model = try ForeignModel(
      component.component, request: try component.request(["model.fault=\(fault)"]),
      mapping: Mapping(task: .regression, input: Shape([1]), output: Shape([1])))
    return try #require(model.handOverFigures(parameters: [2, 0.5]))
  }

  @Test("All kinds arrive, drawn from the parameters that the host gives")
  func sound() throws {
    let handover = try handover("none")
    #expect(handover.refusals == [])
    #expect(Set(handover.figures.map(\.name)) == Self.names)
    let series = try #require(handover.figures.first?.series.first)
    #expect(series.y == [2.5, 3, 3.5, 4, 4.5])
    #expect(series.lower == [1.5, 2, 2.5, 3, 3.5])
    #expect(handover.figures.map(\.x) == Array(repeating: .init("time", unit: "ms"), count: 4))
  }

  @Test("A faulty one is lost alone, with a sentence that names the model", arguments: Fault.all)
  func faults(_ fault: Fault) throws {
    let handover = try handover(fault.name)
    let refusal = try #require(handover.refusals.first)
    #expect(refusal.hasPrefix("model 'fixture-figures'"), "\(refusal)")
    for words in fault.words {
      #expect(handover.refusals.contains { $0.contains(words) }, "\(handover.refusals)")
    }
    let kept = Set(handover.figures.map(\.name))
    #expect(kept == Self.names.subtracting(fault.lost))
  }

  @Test("The program draws them beside the model, says what is lost, and keeps the results")
  func program() throws {
    let folder = try TemporaryFolder()
    try CCompiler.fixture("figures_model", in: folder)
    try CCompiler.fixture("plane_dataset", in: folder)
    func run(_ fault: String) throws -> Program {
      try HostProgram.run(
        [
          "run", "--optimizer", "random", "--model", "fixture-figures", "--dataset",
          "fixture-plane", "--loss", "mse", "--max-evals", "20", "--output",
          "\(folder.path)/\(fault)", "--json", "--set", "model.fault=\(fault)",
        ], plugins: [folder.path, BuiltProducts.folder])
    }
    let sound = try run("none")
    #expect(sound.ending == .exited(0), "\(sound.errors)")
    for name in Self.names { #expect(sound.output.contains("figures/\(name).svg")) }
    let faulty = try run("nan")
    #expect(faulty.ending == .exited(0))
    #expect(!faulty.output.contains("figures/line.svg"))
    #expect(faulty.output.contains("figures/field.svg"))
    #expect(faulty.errors.contains("model 'fixture-figures': figure 'line': series 'line' has y"))
    let crashed = try run("crashes")
    #expect(crashed.ending == .exited(4), "\(crashed.errors)")
    #expect(crashed.errors.contains("model 'fixture-figures'"))
    #expect(crashed.errors.contains("figures"))
    let kept = try Program("ls", ["\(folder.path)/crashes"])
    #expect(kept.output.contains("model.safetensors"), "the model is written before")
  }
}
