import QHostInterfaces
import QHostTesting
import Testing
import Tunneling

@Suite("Tunneling's schedules")
struct TunnelingScheduleTests {
  /// Notes the ħ of every call and leaves packets where they are.
  private final class NotingSolver: Solver {
    static let descriptor = ComponentDescriptor(name: "noting", summary: "Notes what it is asked.")
    static let modes: Set<Packets.Mode> = [.groundState]
    static let topologies: Set<Packets.Topology> = [.line]
    var hbars: [Double] = []

    init(request: ComponentRequest) throws(ComponentError) {}

    func evolve(_ packets: inout Packets) throws(ComponentError) {
      hbars.append(packets.hbar)
      for place in packets.densities.indices { packets.densities[place] = 1 }
      for place in packets.means.indices { packets.means[place] = 0 }
    }
  }

  @Test("ħ and the box fall steadily from their starts to their ends and never to 0")
  func annealing() throws {
    let host = TestHost()
    let solver = try NotingSolver(request: request(for: NotingSolver.descriptor))
    let trainer = try Tunneling(
      request: request(
        for: Tunneling.descriptor,
        ["hbar_start": .real(0.4), "hbar_end": .real(1e-3), "box_end": .real(0.25)], host: host,
        solvers: ["solver": solver]),
      problem: Problem(queries: .cuts, initial: [0, 0], scales: [2, 2]))
    var objective = CutObjective { $0[0] + $0[1] * $0[1] }
    var boxes: [Double] = []
    var query = Query()
    for step in 0...200 {
      query.clear()
      try trainer.ask(&query)
      boxes.append(query.offsets[2])
      try trainer.tell(objective.answer(query, progress: Double(step) / 200))
    }
    #expect(abs(solver.hbars[0] - 0.4) < 1e-15)
    #expect(abs(solver.hbars[200] - 1e-3) < 1e-15)
    #expect(boxes[0] == 5)
    #expect(abs(boxes[200] - 0.5) < 0.01)
    for (a, b) in zip(solver.hbars, solver.hbars.dropFirst()) { #expect(b > 0 && b <= a) }
    for (a, b) in zip(boxes, boxes.dropFirst()) { #expect(b > 0 && b <= a) }
  }

  @Test("A new minibatch comes every eighth of a sweep, and only when there are any")
  func minibatches() throws {
    for (batchRows, expected) in [(100, 9), (1000, 0)] {
      let trainer = try makeTrainer(
        Problem(
          queries: .cuts, initial: Array(repeating: 0.1, count: 64), rowCount: 1000,
          batchRows: batchRows, hasFastCuts: true))
      var objective = CutObjective { $0.reduce(0) { $0 + $1 * $1 } }
      // 3 losses a cut, 8 cuts a batch; the first batch needs no asking for.
      try run(trainer, &objective, evaluations: 3 * 8 * 10)
      #expect(objective.batchCount == expected)
    }
  }

  @Test("Nothing but the loss holds a parameter, whatever the deprecated prior_width says")
  func noPrior() throws {
    for width in [0.0, 5] {
      var objective = CutObjective { _ in 0.25 }
      let trainer = try makeTrainer(
        Problem(queries: .cuts, initial: [3, -2], rowCount: 100, hasFastCuts: true),
        ["prior_width": .real(width)])
      try run(trainer, &objective, evaluations: 600)
      #expect(objective.point == [3, -2])
    }
    let declared = Tunneling.descriptor.parameters.first { $0.name == "prior_width" }
    #expect(declared?.defaultValue.flatMap(Double.init) == 0)
  }

  @Test("Without minibatches the best base point of a network is recommended, else a late one")
  func recommendation() throws {
    for batchRows in [100, 10] {
      let problem = Problem(
        queries: .cuts, initial: [3, -2], rowCount: 100, batchRows: batchRows, hasFastCuts: true)
      let trainer = try makeTrainer(problem)
      var count = 0.0
      // Each answer is higher than the one before, so that the first base point stays the best.
      var objective = CutObjective { x in
        count += 1
        return count + x.reduce(0) { $0 + $1 * $1 } * 1e-3
      }
      try run(trainer, &objective, evaluations: 600)
      #expect((try trainer.recommendation() == problem.initial) == (batchRows == 100))
    }
  }
}
