import QHostInterfaces
import QHostRuntime
import QHostRuntimeTesting
import QHostTesting
import Testing

@Suite("Rows that are series")
struct SeriesTests {
  private func run(
    _ words: [String] = [], optimizer: String = "follower", model: String = "leaky",
    batchRows: Int? = 0, evaluations: Int = 60
  ) throws -> TestRun {
    var budget = Budget()
    budget.maxEvaluations = evaluations
    var run = try TestRun(optimizer, set: words, batchRows: batchRows, budget: budget)
    run.specification.model = model
    run.specification.dataset = "wave"
    return run
  }

  private func evaluation(
    _ run: TestRun, _ point: [Double]? = nil, on split: Split = .train
  ) throws -> Evaluation {
    let assembly = try run.assembly()
    return try Evaluation(
      of: point ?? assembly.problem.initial, on: split,
      table: #require(assembly.data.table(split)), parts: assembly.parts)
  }

  private func error(_ body: () throws -> some Any) -> RunError? {
    #expect(throws: RunError.self) { _ = try body() }
  }

  @Test("of unequal length are learnt")
  func training() throws {
    let run = try run()
    let (before, after) = (
      try evaluation(run).metrics["loss"],
      try evaluation(run, try run.outcome().parameters, on: .test).metrics["accuracy"]
    )
    #expect(try #require(before) > 0.6)
    #expect(try #require(after) >= 0.9)
  }

  @Test(
    "have padding that nobody sees, however long and whatever is in it",
    arguments: ["none", "standardize", "minmax"])
  func padding(scaling: String) throws {
    var losses: Set<Double?> = []
    var outcomes: Set<[Double]> = []
    var hashes: [String] = []
    for words in [[], ["dataset.fill=1000"], ["dataset.steps=19", "dataset.fill=-3"]] {
      var run = try run(words)
      run.specification.scaling = scaling
      let assembly = try run.assembly()
      let table = assembly.parts.table
      for row in 0..<table.rowCount {
        let used = 2 * table.lengths[row]
        let padding = table.inputs(ofRows: row..<row + 1)[used...]
        #expect(padding.allSatisfy { $0 == 0 })
      }
      hashes.append(assembly.data.sha256)
      losses.insert(try evaluation(run).metrics["loss"])
      outcomes.insert(try run.outcome().parameters)
    }
    #expect(losses.count == 1)
    #expect(outcomes.count == 1)
    #expect(hashes[0] == hashes[1])
  }

  @Test("are scaled by the steps that exist, channel by channel, and known by their lengths")
  func scaling() throws {
    let assembly = try run().assembly()
    let table = assembly.parts.table
    #expect(assembly.data.preprocessing.shift.count == 2)
    #expect(assembly.data.preprocessing.stepCount == 7)
    for channel in 0..<2 {
      var (sum, squares, count) = (0.0, 0.0, 0.0)
      for row in 0..<table.rowCount {
        for step in 0..<table.lengths[row] {
          let value = Double(table.inputs(ofRows: row..<row + 1)[2 * step + channel])
          (sum, squares, count) = (sum + value, squares + value * value, count + 1)
        }
      }
      #expect(abs(sum / count) < 1e-6)
      #expect(abs(squares / count - 1) < 1e-5)
    }
    // The same numbers are another dataset where lengths or order are others.
    func hash(_ words: [String]) throws -> String { try run(words).assembly().data.sha256 }
    let short = ["dataset.shortest=7", "dataset.fill=0"]
    #expect(try hash(short) != hash(short + ["dataset.stream=true"]))
  }

  @Test("give the same run on two threads, with minibatches and without, and after an interruption")
  func repeating() throws {
    for (batchRows, words) in [
      (0, []), (64, []), (64, ["dataset.stream=true"]), (0, ["dataset.stream=true"]),
    ] as [(Int, [String])] {
      var run = try run(
        words + ["dataset.rows=2500"], optimizer: "sweeper", batchRows: batchRows, evaluations: 300)
      let alone = OutcomeBits(try run.outcome())
      run.threads = 2
      #expect(OutcomeBits(try run.outcome()) == alone)
    }
    let run = try run(
      ["dataset.stream=true", "dataset.rows=90"], optimizer: "sweeper", batchRows: 16,
      evaluations: 60_000)
    let unbroken = OutcomeBits(try run.outcome())
    let folder = try TemporaryFolder()
    #expect(try run.part(in: folder.path, isResumed: false, until: 5_000).reason == .cancelled)
    #expect(OutcomeBits(try run.part(in: folder.path, isResumed: true)) == unbroken)
  }

  @Test(
    "carry state from row to row in a stream: as one long series does, bound at once or one by one")
  func streams() throws {
    let words = ["dataset.stream=true", "dataset.shortest=7", "dataset.rows=5"]
    let assembly = try run(words).assembly()
    let table = assembly.parts.table
    let model = assembly.model
    let point = [0.3, -0.2, 0.1, 0.4, 0.05, -0.1]
    func outputs(_ session: any ModelSession, rows: Int) throws -> [Float] {
      var outputs = [Float](repeating: 0, count: 2 * rows)
      try point.withUnsafeBufferPointer { point in
        try outputs.withUnsafeMutableBufferPointer {
          try session.forward(parameters: point, pointCount: 1, outputs: $0)
        }
      }
      return outputs
    }
    func bound(
      _ inputs: [Float], _ lengths: [UInt64], _ start: SeriesStart, _ session: any ModelSession
    )
      throws -> [Float]
    {
      try inputs.withUnsafeBufferPointer { inputs in
        try session.bind(inputs: inputs, rowCount: lengths.count)
        try lengths.withUnsafeBufferPointer {
          try session.bindSeries(lengths: $0, start: start)
        }
        let first = try outputs(session, rows: lengths.count)
        // Every forward begins where the rows begin.
        #expect(try outputs(session, rows: lengths.count) == first)
        return first
      }
    }
    // Rows are the contiguous axis.
    let together = (0..<14).flatMap { f in (0..<5).map { table.inputs(ofRows: $0..<$0 + 1)[f] } }
    let whole = try bound(together, [7, 7, 7, 7, 7], .begin, model.makeSession())
    let session = try model.makeSession()
    for row in 0..<5 {
      let own = try bound(
        table.inputs(ofRows: row..<row + 1), [7], row == 0 ? .begin : .goOn, session)
      #expect(own == [whole[row], whole[5 + row]])
    }
    // One series of 35 steps ends as the stream does.
    let long = LeakyModel(
      request: ComponentRequest(
        configuration: Configuration(["decay": .real(0.8), "lengths": .boolean(true)]),
        host: TestHost()),
      mapping: Mapping(task: .classification, input: Shape([35, 2]), output: Shape([2])))
    let last = try bound(table.inputs(ofRows: 0..<5), [35], .separate, long.makeSession())
    #expect(last == [whole[4], whole[9]])
    let apart = try bound(together, [7, 7, 7, 7, 7], .separate, model.makeSession())
    #expect(apart[0] == whole[0] && apart[4] != whole[4])
    // What is reported is what single rows gave, and what the whole block gives.
    var query = Query()
    query.points = point
    var answer = Answer()
    try assembly.objective.answer(query, into: &answer)
    let reported = try Evaluation(of: point, on: .train, table: table, parts: assembly.parts)
    #expect(reported.metrics["loss"] == answer.losses[0])
  }

  @Test("of a stream are bound in one block, though there are thousands of them")
  func oneBlock() throws {
    let words = ["dataset.stream=true", "dataset.rows=3000", "model.decay=0.99"]
    let assembly = try run(words).assembly()
    var query = Query()
    query.points = assembly.problem.initial
    var answer = Answer()
    try assembly.objective.answer(query, into: &answer)
    let live = try Evaluation(
      of: assembly.problem.initial, on: .train, table: assembly.parts.table, parts: assembly.parts)
    #expect(live.metrics["loss"] == answer.losses[0])
    let apart = try evaluation(try run(["dataset.rows=3000", "model.decay=0.99"]))
    #expect(apart.metrics["loss"] != answer.losses[0])
  }

  @Test("of a stream make minibatches that are windows, each without state at its beginning")
  func minibatches() throws {
    func losses(_ words: [String], batchRows: Int, count: Int) throws -> [Double] {
      var run = try run(words, batchRows: batchRows)
      run.specification.scaling = "none"
      let assembly = try run.assembly()
      return try (0..<count).map { _ in
        var query = Query()
        query.batch = .next
        query.points = assembly.problem.initial
        var answer = Answer()
        try assembly.objective.answer(query, into: &answer)
        return answer.losses[0]
      }
    }
    let stream = ["dataset.stream=true", "model.decay=0.95"]
    let windows = try losses(stream + ["dataset.rows=40"], batchRows: 16, count: 4)
    let first = try losses(stream + ["dataset.rows=16"], batchRows: 0, count: 1)
    let separate = try losses(["model.decay=0.95", "dataset.rows=16"], batchRows: 0, count: 1)
    #expect(windows[0] == first[0] && windows[0] != separate[0])
    // Three windows, and the first again.
    #expect(windows[3] == windows[0] && Set(windows).count == 3)
  }

  @Test("of unequal length are refused by a model that knows no lengths, by name")
  func refusals() throws {
    let refused = error { try run(model: "linear").assembly() }
    #expect(refused?.kind == .usage)
    #expect(
      refused?.message
        == "dataset 'wave' has series of 3 to 7 steps, and model 'linear' would take the padding of the "
        + "shorter ones for data; use a model that takes series: leaky")
    let instance = error { try run(["model.lengths=false"]).assembly() }
    #expect(instance?.message.contains("model 'leaky' would take the padding") == true)
    let wrapped = error { try run(model: "wrapper").assembly() }
    #expect(wrapped?.message.contains("model 'wrapper' would take the padding") == true)
    // Where all are as long as an input there is no padding.
    _ = try run(["dataset.shortest=7"], model: "linear").outcome()
    let shorter = error { try run(["dataset.longest=3"], model: "linear").assembly() }
    #expect(shorter?.message.contains("series of 3 to 3 steps") == true)
  }

  @Test("must have 1 to T steps", arguments: [0, 8])
  func lengths(wrong: Int) throws {
    let refused = error { try run(["dataset.wrong=\(wrong)"]).assembly() }
    #expect(refused?.kind == .data)
    #expect(
      refused?.message
        == "dataset 'wave', train row 6 has \(wrong) steps, which must be 1 to 7; remove or correct that row"
    )
  }

  @Test("are not needed by a model that takes them")
  func without() throws {
    var run = try run()
    run.specification.dataset = "plane"
    let taking = try run.outcome()
    run.specification.settings.set("model.lengths", to: "false")
    #expect(try run.outcome().parameters == taking.parameters)
  }

  @Test("go through a model that generates the parameters of one that takes them")
  func inner() throws {
    let words = ["model.inner=leaky"]
    let run = try run(words, model: "generator", evaluations: 30)
    #expect(try run.assembly().model.modelDescription.takesSeries)
    let initial = try evaluation(run, [0, 0, 0])
    #expect(initial == (try evaluation(try self.run())))
    let trained = try evaluation(run, try run.outcome().parameters)
    #expect(
      try #require(trained.metrics["loss"]) < #require(initial.metrics["loss"]))
    let refused = error {
      try self.run(["model.inner=linear"], model: "generator").assembly()
    }
    #expect(refused?.message.contains("model 'generator' would take the padding") == true)
  }

  @Test("that are long are worked on in smaller blocks, and others as before")
  func blocks() throws {
    let sizes = [0, 1, 784, 1_024, 1_025, 2_048, 100_000, 1_000_000]
    let capacities = sizes.map { RowBlock.capacity(inputCount: $0) }
    #expect(capacities == [1_024, 1_024, 1_024, 1_024, 1_023, 512, 16, 16])
    // Two thousand numbers a row: more than one block of 600 rows.
    let words = ["dataset.rows=600", "dataset.steps=1000", "dataset.longest=9"]
    var run = try run(words, evaluations: 8)
    let alone = OutcomeBits(try run.outcome())
    run.threads = 2
    #expect(OutcomeBits(try run.outcome()) == alone)
    let whole = try evaluation(
      try self.run(["dataset.rows=600", "dataset.longest=9", "dataset.steps=9"]))
    let loss = try #require(try evaluation(run).metrics["loss"])
    #expect(abs(loss - (try #require(whole.metrics["loss"]))) < 1e-12)
  }

  @Test("that follow one another are cut into windows in their order, the last of which is whole")
  func windows() {
    var schedule = BatchSchedule(rowCount: 10, batchRows: 4, seed: 3, isInOrder: true)
    let batches = (0..<4).map { Array(schedule.rows(ofBatch: $0)) }
    #expect(batches == [[0, 1, 2, 3], [4, 5, 6, 7], [6, 7, 8, 9], [0, 1, 2, 3]])
  }
}
