package import QHostInterfaces

/// An optimizer with two solvers, neither of which it asks for anything: it draws points as the walker does.
package final class Tandem: OptimizerComponent {
  package static let descriptor = ComponentDescriptor(
    name: "tandem", summary: "Random points, with two solvers.",
    parameters: Walker.descriptor.parameters,
    dependencies: [
      DependencyDescriptor(
        name: "front", kind: .solver, defaultComponent: "idle", documentation: "Is not used."),
      DependencyDescriptor(
        name: "rear", kind: .solver, defaultComponent: "idle", documentation: "Is not used."),
    ])

  private let walker: Walker
  private let solvers: [any Solver]

  package init(request: ComponentRequest, problem: Problem) {
    walker = Walker(request: request, problem: problem)
    solvers = [request.solver("front"), request.solver("rear")]
  }

  package func ask(_ query: inout Query) { walker.ask(&query) }
  package func tell(_ answer: Answer) { walker.tell(answer) }
}

/// A solver that does nothing.
package final class IdleSolver: SolverComponent {
  package static let descriptor = ComponentDescriptor(
    name: "idle", summary: "Does nothing.",
    parameters: [.integer("grid", default: 4, in: 1...99, "Is recorded, and nothing else.")])
  package static let modes: Set<Packets.Mode> = []
  package static let topologies: Set<Packets.Topology> = []

  package init(request: ComponentRequest) {}
  package func evolve(_ packets: inout Packets) {}
}
