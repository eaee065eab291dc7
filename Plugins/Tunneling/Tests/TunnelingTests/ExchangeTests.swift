import QHostInterfaces
import Testing
import Tunneling

@Suite("Tunneling exchanges integers of a row")
struct ExchangeTests {
  /// Two rows of six ternary weights; columns 2k and 2k + 1 see the same input but for little.
  private func problem(_ initial: [Double], batches: Bool) -> Problem {
    var problem = Problem(
      queries: .cuts, initial: initial, kinds: initial.map { _ in .integer },
      lower: initial.map { _ in -1 }, upper: initial.map { _ in 1 }, scales: initial.map { _ in 1 },
      rowCount: batches ? 1000 : 1, batchRows: batches ? 10 : 1, hasFastCuts: true)
    problem.blocks = [ParameterBlock(name: "weight", shape: Shape([2, 6]), offset: 0)]
    return problem
  }

  /// Σ_k (w_2k + w_2k+1 − target_k)² for each row, and a little that says which of the two it should be.
  private static func loss(_ x: [Double]) -> Double {
    var sum = 0.0
    for row in 0..<2 {
      for pair in 0..<3 {
        let place = row * 6 + 2 * pair
        let miss = x[place] + x[place + 1] - 1
        sum += miss * miss - 0.1 * x[place]
      }
    }
    return sum
  }

  /// Each pair has its 1 where it is worth less: either step alone costs 0.9 or more, both together gain 0.1.
  private let stuck = [0.0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1]

  private func settings(_ partners: Int, fullFrom: Double = 0.25) -> [String: ParameterValue] {
    [
      "partners": .integer(partners), "full_from": .real(fullFrom),
      "scan": .choice("never", index: 2), "box_start": .real(0.5),
    ]
  }

  @Test("Steps of two get past what steps of one do not", arguments: [true, false])
  func pairs(batches: Bool) throws {
    for (partners, end) in [(0, stuck), (1, [1.0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0])] {
      var objective = CutObjective(Self.loss)
      let trainer = try makeTrainer(problem(stuck, batches: batches), settings(partners))
      try run(trainer, &objective, evaluations: 2000)
      #expect(try trainer.recommendation() == end, "\(partners) partners")
    }
  }

  @Test("The partner is the column with the same input, and goes the other way")
  func learned() throws {
    var objective = CutObjective(Self.loss)
    let trainer = try makeTrainer(problem(stuck, batches: true), settings(5, fullFrom: 0))
    var query = Query()
    var trials = 0
    for _ in 0..<200 {
      query.clear()
      try trainer.ask(&query)
      let (moved, delta) = (query.moveIndices.last, query.moveDeltas.last)
      try trainer.tell(objective.answer(query, progress: 0.5))
      guard query.offsetCount == 1, query.cutIndices.count > 1, let moved, let delta else {
        continue
      }
      let others = zip(query.cutIndices, query.offsets).filter { $0.0 != moved }
      // It may be at the end of its range.
      guard others.contains(where: { $0.0 == moved ^ 1 }) else { continue }
      trials += 1
      #expect(others.first?.0 == moved ^ 1)
      #expect(others.first?.1 == -delta)
    }
    #expect(trials > 10)
  }

  @Test("A step that is only tried is not in what is recommended")
  func tentative() throws {
    var objective = CutObjective(Self.loss)
    let trainer = try makeTrainer(problem(stuck, batches: true), settings(2, fullFrom: 0))
    var query = Query()
    for _ in 0..<300 {
      query.clear()
      let before = try trainer.recommendation()
      try trainer.ask(&query)
      #expect(try trainer.recommendation() == before)
      try trainer.tell(objective.answer(query, progress: 0.5))
    }
  }

  @Test("A resumed run asks what an unbroken one asks", arguments: [1, 4, 9, 15, 22, 60])
  func resuming(steps: Int) throws {
    func advance(_ trainer: Tunneling, _ objective: inout CutObjective, _ count: Int) throws {
      var query = Query()
      for _ in 0..<count {
        query.clear()
        try trainer.ask(&query)
        try trainer.tell(objective.answer(query, progress: 0.5))
      }
    }
    let problem = problem(stuck, batches: true)
    let first = try makeTrainer(problem, settings(2, fullFrom: 0.2))
    var objective = CutObjective(Self.loss)
    try advance(first, &objective, steps)
    let second = try makeTrainer(problem, settings(2, fullFrom: 0.2))
    try second.load(try first.save())
    var copy = objective
    try advance(first, &objective, 40)
    try advance(second, &copy, 40)
    #expect(copy.point == objective.point)
    #expect(try second.save() == first.save())
  }

  @Test("What cuts on the whole split have found is recommended, whatever is averaged before")
  func wholeSplit() throws {
    let trainer = try makeTrainer(
      problem(Array(repeating: 0, count: 12), batches: true),
      ["full_from": .real(0.5), "sweep_fraction": .real(1), "box_start": .real(0.5)])
    // Minibatches say nothing; the whole split says that weights are 1.
    var isFull = false
    var objective = CutObjective { x in isFull ? -x.reduce(0, +) : 0 }
    var query = Query()
    for step in 0..<80 {
      query.clear()
      try trainer.ask(&query)
      isFull = query.batch == .full
      try trainer.tell(objective.answer(query, progress: Double(step) / 80))
    }
    #expect(try trainer.recommendation() == Array(repeating: 1, count: 12))
  }

  @Test("Partners without a time for them or without integers are refused")
  func refusal() throws {
    let real = Problem(
      queries: .cuts, initial: [0, 0], rowCount: 1000, batchRows: 10, hasFastCuts: true)
    let none = #expect(throws: ComponentError.self) {
      try makeTrainer(real, ["partners": .integer(4), "full_from": .real(0.5)])
    }
    #expect(none?.message.contains("no matrix of integers") == true)
    let error = #expect(throws: ComponentError.self) {
      try makeTrainer(problem(stuck, batches: true), ["partners": .integer(4)])
    }
    #expect(error?.message.contains("full_from below 1") == true)
  }
}
