import QHostComparing
import QHostRuntime
import Testing

@Suite("Journals of several plans")
struct JournalUnionTests {
  /// A journal with a cell for each optimizer and seed; losses end at `loss`.
  private func journal(
    _ optimizers: [String], seeds: ClosedRange<UInt64> = 1...2, loss: Double = 0.5,
    rows: String? = "aa", skipped: String? = nil, version: String = "0.1.0",
    change: (inout ComparisonPlan) throws -> Void = { _ in }
  ) throws -> JournalMaking {
    var journal = try JournalMaking(
      optimizers: optimizers, rows: rows, skipped: skipped, version: version
    ) {
      $0.seeds = Array(seeds)
      $0.budget.maxEvaluations = 120
      try change(&$0)
    }
    for seed in seeds {
      for optimizer in optimizers where optimizer != skipped {
        journal.add(
          .init(optimizer: optimizer, seed: seed, evaluations: [1, 9], losses: [2, loss]))
      }
    }
    try journal.write()
    return journal
  }

  private func united(
    _ journals: [JournalMaking], names: [String?] = []
  ) throws -> JournalUnion {
    try JournalUnion(
      journals.enumerated().map { place, journal in
        NamedJournal(name: place < names.count ? names[place] : nil, path: journal.path)
      })
  }

  private func cells(_ union: JournalUnion) -> [String] {
    union.entries.sorted { $0.key < $1.key }.compactMap { _, entry in
      guard case .finished(let result) = entry else { return nil }
      return "\(result.labels.optimizer) \(result.seed) \(result.improvements.bestLoss.last ?? 0)"
    }
  }

  private func refusal(
    _ journals: [JournalMaking], names: [String?] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> String {
    let error = #expect(throws: RunError.self, sourceLocation: sourceLocation) {
      _ = try united(journals, names: names)
    }
    return error?.message ?? ""
  }

  @Test("of one plan are its shards, as they are for a merge")
  func shards() throws {
    let one = try journal(["a", "b"])
    let union = try united([one, one])
    let merge = try JournalMerge([one.path, one.path])
    #expect(union.header == merge.header)
    #expect(union.entries == merge.entries)
    #expect(union.seeds.values.allSatisfy { $0 == [1, 2] })
  }

  @Test("unite the optimizers and seeds of a problem that is the same")
  func union() throws {
    let (one, other) = (try journal(["a"]), try journal(["b"], seeds: 2...4))
    let union = try united([one, other])
    #expect(cells(union) == ["a 1 0.5", "a 2 0.5", "b 2 0.5", "b 3 0.5", "b 4 0.5"])
    #expect(union.header.plan.problems.map(\.labels.text) == ["direct on functions[dimension=2]"])
    #expect(union.header.plan.optimizers.map(\.label) == ["a", "b"])
    #expect(union.header.combinations.map { union.seeds[$0] } == [[1, 2], [2, 3, 4]])
    #expect(union.header.cells == 5)
    #expect(union.sources.map(\.path) == [one.path, other.path])
    #expect(Set(union.sources.map(\.planHash)).count == 2)
    #expect(union.notes.isEmpty)
  }

  @Test("keep the first of two results of one cell, and say so")
  func repeated() throws {
    let (one, other) = (try journal(["a"]), try journal(["a", "b"], loss: 0.25))
    let union = try united([one, other])
    #expect(cells(union) == ["a 1 0.5", "a 2 0.5", "b 1 0.25", "b 2 0.25"])
    #expect(
      union.notes == [
        "2 runs of '\(other.path)' are in '\(one.path)' too, the first is a, direct on "
          + "functions[dimension=2], seed 1; those of '\(one.path)' are kept, though 2 have another "
          + "result"
      ])
  }

  @Test("take a result before a failure, and what one could not do from the other")
  func failuresAndSkipped() throws {
    var failed = try JournalMaking { $0.budget.maxEvaluations = 120 }
    failed.addFailure(seed: 1, "it crashed")
    try failed.write()
    let other = try journal(["a", "b"], rows: nil)
    #expect(cells(try united([failed, other])).count == 4)
    let skipping = try journal(["a", "b"], skipped: "b")
    #expect(try united([skipping]).header.skipped.count == 1)
    #expect(try united([skipping, try journal(["b"])]).header.skipped.isEmpty)
    #expect(
      try united([skipping, try journal(["a", "b"], seeds: 1...3, skipped: "b")]).header.skipped
        .count == 1)
  }

  @Test("are refused when a problem of one name differs, and say in which and how")
  func differences() throws {
    let one = try journal(["a"])
    let cases: [(JournalMaking, String)] = [
      (try journal(["b"], rows: "bb"), "the SHA-256 of the rows is aa in '\(one.path)', bb in '"),
      (
        try journal(["b"]) { $0.budget.maxEvaluations = 7 },
        "max-evals is 120 in '\(one.path)', 7 in '"
      ),
      (
        try journal(["b"]) { $0.batchRows = 64 },
        "batch size is preferred in '\(one.path)', 64 in '"
      ),
      (try journal(["b"]) { $0.loss = "mae" }, "loss is not set in '\(one.path)', mae in '"),
      (
        try journal(["b"]) { $0.settings["model.x"] = "1" },
        "model.x is not set in '\(one.path)', 1 in '"
      ),
      (
        try journal(["a"]) { $0.settings["optimizer.x"] = "1" },
        "'a' is not the same in both journals: optimizer.x is not set in"
      ),
    ]
    for (other, says) in cases {
      let message = refusal([one, other])
      #expect(message.contains(says), "\(message)")
      #expect(message.contains("qhost report one=FOLDER two=FOLDER"), "\(message)")
    }
    // What no optimizer is in both journals for may be set otherwise.
    let other = try journal(["b"]) { $0.settings["optimizer.x"] = "1" }
    #expect(try united([one, other]).header.plan.settings.isEmpty)
  }

  @Test(
    "with names are told apart by their optimizers' names, and by their problems' where those differ"
  )
  func names() throws {
    let one = try journal(["a"])
    let other = try journal(["a"], loss: 0.25) { $0.settings["optimizer.x"] = "1" }
    let same = try united([one, other], names: ["new", "old"])
    #expect(cells(same) == ["new: a 1 0.5", "new: a 2 0.5", "old: a 1 0.25", "old: a 2 0.25"])
    #expect(same.header.plan.problems.count == 1)
    #expect(same.sources.map(\.name) == ["new", "old"])
    let apart = try united(
      [one, try journal(["a"], rows: "bb") { $0.budget.maxEvaluations = 7 }], names: ["new", "old"])
    #expect(
      apart.header.plan.problems.map(\.labels.text) == [
        "direct on new: functions[dimension=2]", "direct on old: functions[dimension=2]",
      ])
    #expect(apart.header.plan.problems.map(\.budget.maxEvaluations) == [120, 7])
    #expect(apart.header.datasets.map(\.sha256) == ["aa", "bb"])
    #expect(apart.header.combinations.count == 2)
    let single = try united([one], names: ["new"])
    #expect(cells(single) == ["new: a 1 0.5", "new: a 2 0.5"])
  }

  @Test("may be of two versions when they have names, or nothing in common")
  func versions() throws {
    let (one, other) = (try journal(["a"]), try journal(["a"], version: "0.2.0"))
    #expect(refusal([one, other]).contains("was written by qhost 0.2.0, not 0.1.0"))
    let named = try united([one, other], names: ["new", "old"])
    #expect(named.header.plan.problems.count == 1)
    #expect(named.notes.contains { $0.contains("was written by qhost 0.2.0") })
    let apart = try united([one, try journal(["b"], version: "0.2.0")])
    #expect(apart.header.hostVersion == "0.1.0, 0.2.0")
  }

  @Test(
    "are written as folders or files, with or without a name",
    arguments: [
      ("out", nil, "out/journal.jsonl"), ("new=out", "new", "out/journal.jsonl"),
      ("new=a/b.jsonl", "new", "a/b.jsonl"), ("=out", nil, "=out/journal.jsonl"),
      ("a/b=c", nil, "a/b=c/journal.jsonl"), ("n=a=b", "n", "a=b/journal.jsonl"),
    ] as [(String, String?, String)])
  func reading(text: String, name: String?, path: String) {
    #expect(NamedJournal(text) == NamedJournal(name: name, path: path))
  }
}
