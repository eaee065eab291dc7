import QHostBridging
import QHostInterfaces
import QHostPluginTesting
import QHostTesting
import Testing

@Suite("Figures of components")
struct FigureTests {
  static let types: [(kind: ComponentKind, name: String, hasFigures: Bool)] =
    InProcess.optimizers.map {
      (.optimizer, $0.descriptor.name, $0 is any FigureProviding.Type)
    }
    + InProcess.models.map { (.model, $0.descriptor.name, $0 is any FigureProviding.Type) }
    + InProcess.datasets.map { (.dataset, $0.descriptor.name, $0 is any FigureProviding.Type) }
    + InProcess.solvers.map { (.solver, $0.descriptor.name, $0 is any FigureProviding.Type) }

  @Test("A library's component has the capability if and only if its type has figures")
  func declared() {
    for type in Self.types {
      let component = Bench.built.components(type.kind).first { $0.name == type.name }
      #expect(component?.component.has(.figures) == type.hasFigures, "\(type.kind) '\(type.name)'")
    }
    #expect(Self.types.contains { $0.hasFigures }, "nobody uses figures")
  }

  @Test(
    "Optimizers hand over the same in process and through the library, and all can be drawn",
    arguments: Listed.all(InProcess.optimizers.map { $0.descriptor }))
  func optimizers(_ listed: Listed) throws {
    func check<Kind: OptimizerComponent>(_ kind: Kind.Type) throws {
      guard kind is any FigureProviding.Type else { return }
      let component = try #require(
        Bench.built.components(.optimizer).first { $0.name == Kind.descriptor.name })
      for steps in [0, 1, 80, 2000] {
        let here = try Kind(request: component.request(), problem: OptimizerCase.problem)
        let there = try ForeignOptimizer(
          component.component, request: component.request(), problem: OptimizerCase.problem)
        for optimizer in [here as any Optimizer, there] {
          _ = try Trace.tail(
            of: optimizer, on: Quadratic(centre: OptimizerCase.centre), from: 0, to: steps)
        }
        let point = OptimizerCase.problem.initial
        let made = try (here as? any FigureProviding)?.figures(parameters: point)
        let handover = try #require(there.handOverFigures(parameters: point))
        #expect(handover.refusals == [])
        #expect(handover.figures == made)
        #expect(steps == 0 || made?.isEmpty == false)
        for figure in handover.figures { #expect(figure.elementCount <= 4096) }
      }
    }
    try check(InProcess.optimizers[listed.place])
  }
}
