import EvolutionaryOptimizers
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Alternating searches")
struct AlternatingTests {
  private typealias Run = ObjectiveRun<Alternating>

  /// A problem of three blocks: two, one and two parameters.
  private var problem: Problem {
    var problem = Problem(queries: .points, initial: [1, 1, 1, 1, 1])
    problem.blocks = [
      ParameterBlock(name: "circuit.angles", shape: Shape([2]), offset: 0),
      ParameterBlock(name: "mapping.scale", shape: Shape([1]), offset: 2),
      ParameterBlock(name: "mapping.gains", shape: Shape([2]), offset: 3),
    ]
    return problem
  }

  private func run(_ changes: [String: ParameterValue], budget: Int) throws -> Run {
    var run = try Run(Alternating.self, problem, changes, budget: budget) { point, _ in
      let offsets = point.enumerated().map { $0.element - Double($0.offset) }
      return (offsets.reduce(0) { $0 + $1 * $1 }, [])
    }
    try run.finish()
    return run
  }

  @Test("Each moves its own blocks, for so many losses")
  func turns() throws {
    let run = try run(
      [
        "first_blocks": .text("circuit"), "second_blocks": .text("mapping.scale"),
        "first_evaluations": .integer(10), "second_evaluations": .integer(6),
      ], budget: 32)
    #expect(run.points.allSatisfy { $0[3...] == [1, 1] })
    #expect(run.points[..<10].allSatisfy { $0[2] == 1 })
    // Within a turn of the second search the angles stand where the first one left them.
    let second = run.points[10..<16]
    #expect(Set(second.map { [$0[0], $0[1]] }).count == 1)
    #expect(Set(second.map { $0[2] }).count > 1)
  }

  @Test("Together they find what neither does alone, and end when nothing is left")
  func optimum() throws {
    let run = try run(["first_blocks": .text("circuit.angles")], budget: 20_000)
    #expect(run.best < 1e-9)
    #expect(run.queries.last?.kind == .done && run.queries.last?.reason == .stalled)
  }

  @Test("Names that no block has are refused with those that there are")
  func names() throws {
    let error = #expect(throws: ComponentError.self) {
      try Alternating(
        request: request(for: Alternating.descriptor, ["first_blocks": .text("circuits")]),
        problem: problem)
    }
    #expect(error?.message.contains("'circuits'") == true)
    #expect(error?.message.contains("circuit.angles, mapping.scale, mapping.gains") == true)
  }
}
