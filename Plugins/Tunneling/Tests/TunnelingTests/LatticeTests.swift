import QHostInterfaces
import Testing
import Tunneling

@Suite("Tunneling on integers")
struct LatticeTests {
  private func integers(
    _ initial: [Double], bound: Double, scale: Double = 1, batches: Bool = false
  ) -> Problem {
    Problem(
      queries: .cuts, initial: initial, kinds: initial.map { _ in .integer },
      lower: initial.map { _ in -bound }, upper: initial.map { _ in bound },
      scales: initial.map { _ in scale }, rowCount: batches ? 1000 : 1,
      batchRows: batches ? 10 : 1, hasFastCuts: true)
  }

  @Test("Many sites are looked at by a few losses, all whole, and the best one is found between")
  func interpolated() throws {
    var objective = CutObjective { x in
      #expect(x[0] == x[0].rounded())
      return (x[0] - 37) * (x[0] - 37)
    }
    let trainer = try makeTrainer(
      integers([-80], bound: 100, scale: 60), ["scan": .choice("never", index: 2)])
    try run(trainer, &objective, evaluations: 40)
    #expect(objective.point[0] == 37)
  }

  @Test("The loss of the place that a packet came to is not asked for again")
  func knownLoss() throws {
    var objective = CutObjective { $0[0] * $0[0] + $0[1] * $0[1] }
    let trainer = try makeTrainer(
      integers([1, -1], bound: 1), ["scan": .choice("never", index: 2)])
    var query = Query()
    for step in 0..<6 {
      query.clear()
      try trainer.ask(&query)
      #expect(query.offsets.contains(0) == (step == 0))
      try trainer.tell(objective.answer(query, progress: 0))
    }
    #expect(objective.point == [0, 0])
  }

  @Test("With damping an integer moves when several minibatches agree, and not by the first")
  func gathering() throws {
    let trainer = try makeTrainer(
      integers([0], bound: 1, batches: true),
      ["damping": .real(0.3), "sweep_fraction": .real(1)])
    var places: [Double] = []
    var objective = CutObjective { ($0[0] - 1) * ($0[0] - 1) }
    var query = Query()
    for _ in 0..<6 {
      query.clear()
      try trainer.ask(&query)
      try trainer.tell(objective.answer(query, progress: 0))
      places.append(objective.point[0])
    }
    // The mean is 0.3, 0.51: the second agreement carries it past the middle.
    #expect(places == [0, 0, 1, 1, 1, 1])
  }

  @Test("An integer that does nothing becomes 0")
  func nothing() throws {
    var objective = CutObjective { ($0[0] - 2) * ($0[0] - 2) }
    let trainer = try makeTrainer(integers([0, 3], bound: 3, batches: true))
    try run(trainer, &objective, evaluations: 60)
    #expect(objective.point == [2, 0])
  }

  @Test("Late in the run cuts are on the whole training split")
  func wholeSplit() throws {
    let trainer = try makeTrainer(
      integers([0, 3], bound: 3, batches: true), ["full_from": .real(0.5)])
    var objective = CutObjective { $0[0] * $0[0] + $0[1] }
    var query = Query()
    for step in 0..<40 {
      query.clear()
      try trainer.ask(&query)
      #expect((query.batch == .full) == (step > 20), "step \(step)")
      try trainer.tell(objective.answer(query, progress: Double(step) / 40))
    }
  }

  @Test("A resumed run continues as an unbroken one", arguments: [1, 5, 12, 33])
  func resuming(steps: Int) throws {
    let problem = integers([0, 5, -9, 2], bound: 9, scale: 2, batches: true)
    let changes: [String: ParameterValue] = ["damping": .real(0.4), "full_from": .real(0.3)]
    func loss(_ x: [Double]) -> Double {
      x.enumerated().reduce(0) { $0 + abs($1.element - 2 + Double($1.offset)) * (1 + abs(x[0])) }
    }
    var objective = CutObjective(loss)
    func advance(_ trainer: Tunneling, _ objective: inout CutObjective, _ range: Range<Int>) throws
    {
      var query = Query()
      for step in range {
        query.clear()
        try trainer.ask(&query)
        try trainer.tell(objective.answer(query, progress: Double(step) / 80))
      }
    }
    let first = try makeTrainer(problem, changes)
    try advance(first, &objective, 0..<steps)
    let second = try makeTrainer(problem, changes)
    try second.load(try first.save())
    var copy = objective
    try advance(first, &objective, steps..<80)
    try advance(second, &copy, steps..<80)
    #expect(copy.point == objective.point)
    #expect(copy.evaluationCount == objective.evaluationCount)
    #expect(try second.save() == first.save())
  }
}
