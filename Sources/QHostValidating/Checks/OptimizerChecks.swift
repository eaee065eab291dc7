internal import QHostBridging
internal import QHostInterfaces

/// Checks of optimizers.
enum OptimizerChecks {
  private static let rounds = 40

  static func asked(_ subject: CheckSubject) throws -> Exercise {
    let exercise = try Exercise(subject)
    guard try !exercise.optimizer().ownsLoop else {
      throw CheckSkip("it owns its loop and is not asked")
    }
    return exercise
  }

  /// All that an optimizer asks on the bowl in some of its rounds.
  static func queries(
    _ optimizer: ForeignOptimizer, on bowl: Bowl, rounds: Range<Int>, of total: Int = rounds
  ) throws -> [[Double]] {
    var queries: [[Double]] = []
    var query = Query()
    for number in rounds {
      query.clear()
      try optimizer.ask(&query)
      if query.kind == .done { break }
      let answer = try bowl.answer(query, progress: Double(number) / Double(total))
      let base = query.kind == .cuts ? bowl.base : []
      queries.append(query.points + base + query.offsets + query.cutIndices.map(Double.init))
      try optimizer.tell(answer)
    }
    return queries
  }

  /// The same, and its recommendation.
  static func trace(
    _ optimizer: ForeignOptimizer, on bowl: Bowl, rounds: Range<Int>
  ) throws -> [[Double]] {
    let asked = try queries(optimizer, on: bowl, rounds: rounds)
    return try asked + [optimizer.recommendation()].compactMap(\.self)
  }

  /// All that an optimizer of a seed asks on the bowl.
  static func trace(_ exercise: Exercise, seed: UInt64, threads: Int = 1) throws
    -> [[Double]]
  {
    guard try exercise.optimizer(seed: seed).ownsLoop else {
      return try trace(
        exercise.optimizer(seed: seed, threads: threads), on: Bowl(dimension: 5), rounds: 0..<rounds
      )
    }
    return try loop(exercise, seed: seed, threads: threads).points
  }

  private static func loop(
    _ exercise: Exercise, seed: UInt64 = 1, threads: Int = 1, budget: Int = 300
  ) throws -> BowlRun {
    let run = BowlRun(dimension: 5, budget: budget)
    let optimizer = try exercise.optimizer(seed: seed, threads: threads)
    do throws(ComponentError) {
      try optimizer.run(run)
    } catch { guard error.severity == .cancelled else { throw error } }
    if let failure = run.failure { throw failure }
    return run
  }

  static let all: [Check] = [
    Check(
      "optimizer-asks", .contract, .component(.optimizer),
      "Queries are of a kind that the problem answers, with finite points of its dimension.",
      remedy: "Look at qhost_problem.queries and dimension in create."
    ) { subject in
      let points = try trace(Exercise(subject), seed: 1)
      try require(!points.isEmpty, "it asked for nothing")
      try require(points.allSatisfy { $0.allSatisfy(\.isFinite) }, "a number is not finite")
    },
    Check(
      "optimizer-bounds", .contract, .component(.optimizer),
      "Points stay within the bounds of a problem.",
      remedy: "Clamp to qhost_problem.lower and upper."
    ) { subject in
      let exercise = try asked(subject)
      let problem = Problem(
        queries: [.points, .gradient, .cuts], initial: [0, 0.5, 1, -1, 2],
        lower: [0, 0, -1, -2, 1], upper: [0.5, 1, 1, -0.5, 3], rowCount: 1, hasFastCuts: true)
      let optimizer = try exercise.optimizer(problem: problem)
      let bowl = Bowl(dimension: 5)
      var query = Query()
      for number in 0..<rounds {
        query.clear()
        try optimizer.ask(&query)
        if query.kind == .done { break }
        for (place, value) in query.points.enumerated() {
          let i = place % 5
          try require(
            value >= problem.lower[i] && value <= problem.upper[i],
            "coordinate \(i) is \(value), between \(problem.lower[i]) and \(problem.upper[i])")
        }
        try optimizer.tell(try bowl.answer(query, progress: Double(number) / Double(rounds)))
      }
    },
    Check(
      "optimizer-kinds", .contract, .component(.optimizer),
      "Integers and categories are asked as such, or refused by name when a run begins.",
      remedy: "Round by qhost_problem.kinds, or fail in create with QHOST_ERROR_PARAMETER."
    ) { subject in
      let exercise = try asked(subject)
      let problem = Problem(
        queries: [.points, .cuts], initial: [2, 1], kinds: [.integer, .categorical],
        lower: [0, 0], upper: [9, 3], rowCount: 1, hasFastCuts: true)
      let optimizer: ForeignOptimizer
      do {
        optimizer = try exercise.optimizer(problem: problem)
      } catch let error as ComponentError where error.kind == .parameter {
        throw CheckSkip("it takes real parameters only: \(error.message)")
      }
      let bowl = Bowl(dimension: 2)
      var query = Query()
      for number in 0..<rounds {
        query.clear()
        try optimizer.ask(&query)
        if query.kind == .done { break }
        for value in query.points {
          try require(value == value.rounded(), "it asked for \(value), no integer")
        }
        try optimizer.tell(try bowl.answer(query, progress: Double(number) / Double(rounds)))
      }
    },
    Check(
      "optimizer-infinite-losses", .contract, .component(.optimizer),
      "Infinite losses, which infeasible points have, are survived.",
      remedy:
        "Compare losses; do not subtract or average them before you know that they are finite."
    ) { subject in
      let exercise = try asked(subject)
      let optimizer = try exercise.optimizer()
      let bowl = Bowl(dimension: 5)
      var query = Query()
      for number in 0..<rounds {
        query.clear()
        try optimizer.ask(&query)
        if query.kind == .done { break }
        try require(
          (query.points + query.offsets + query.base).allSatisfy(\.isFinite),
          "after infinite losses a number of its query is not finite")
        var answer = try bowl.answer(query, progress: Double(number) / Double(rounds))
        guard query.kind != .gradient else { throw CheckSkip("it follows gradients") }
        for place in answer.losses.indices where (place + number) % 2 == 0 {
          answer.losses[place] = .infinity
        }
        try optimizer.tell(answer)
      }
    },
    Check(
      "optimizer-recommends", .contract, .component(.optimizer),
      "What it recommends, at any time, is finite.",
      remedy: "Recommend the start before the first answer."
    ) { subject in
      let optimizer = try asked(subject).optimizer()
      var query = Query()
      try optimizer.ask(&query)
      let point = try optimizer.recommendation() ?? []
      try require(point.isEmpty || point.count == 5, "it has \(point.count) numbers")
      try require(point.allSatisfy(\.isFinite), "a number is not finite")
    },
    Check(
      "optimizer-repeats", .numeric, .component(.optimizer),
      "Runs of one seed ask for the same.", needs: .session,
      remedy: "Take all random numbers from the host, and none from a clock."
    ) { subject in
      let exercise = try Exercise(subject)
      let first = try trace(exercise, seed: 1)
      try require(try trace(exercise, seed: 1) == first, "a second run asked for something else")
    },
    Check(
      "optimizer-threads", .numeric, .component(.optimizer),
      "Runs of one seed ask for the same on one thread and on two.", needs: .pure,
      remedy: "Add up in an order that does not depend on the number of threads."
    ) { subject in
      let exercise = try Exercise(subject)
      let first = try trace(exercise, seed: 1)
      try require(
        try trace(exercise, seed: 1, threads: 2) == first,
        "on two threads it asked for something else")
    },
    Check(
      "optimizer-improves", .numeric, .component(.optimizer),
      "On a bowl of five parameters it finds a lower loss than the start's.",
      remedy: "Look at the sign: losses are minimised."
    ) { subject in
      let exercise = try Exercise(subject)
      let bowl = Bowl(dimension: 5)
      let start = bowl.loss([0, 0, 0, 0, 0])
      var best = Double.infinity
      if try exercise.optimizer().ownsLoop {
        best = try loop(exercise, budget: 2000).losses.min() ?? .infinity
      } else {
        let optimizer = try exercise.optimizer()
        var query = Query()
        for number in 0..<400 {
          query.clear()
          try optimizer.ask(&query)
          if query.kind == .done { break }
          let answer = try bowl.answer(query, progress: Double(number) / 400)
          best = min(best, answer.losses.min() ?? .infinity)
          try optimizer.tell(answer)
        }
      }
      guard best.isFinite, best != start else { throw CheckSkip("it goes nowhere from the start") }
      try require(best < start, "the best of 400 queries is \(best), the start has \(start)")
    },
    Check(
      "optimizer-extremes", .stress, .component(.optimizer),
      "Each tunable number at its least and greatest is taken, or refused by name.",
      remedy: "Refuse in create, with QHOST_ERROR_PARAMETER and the parameter's name."
    ) { subject in
      let exercise = try asked(subject)
      for parameter in exercise.component.descriptor.parameters {
        for value in [parameter.minimum, parameter.maximum] where value.isFinite && abs(value) < 1e6
        {
          guard parameter.type == .real || parameter.type == .integer else { continue }
          let text = parameter.type == .integer ? "\(Int(value))" : "\(value)"
          do {
            let optimizer = try exercise.optimizer(["optimizer.\(parameter.name)=\(text)"])
            _ = try trace(optimizer, on: Bowl(dimension: 5), rounds: 0..<3)
          } catch let error as ComponentError {
            try require(
              error.kind == .parameter || error.severity == .unsupported,
              "\(parameter.name)=\(text) ends with '\(error.message)'")
          } catch is CheckFailure {
            throw CheckFailure("\(parameter.name)=\(text) makes queries that no host can answer")
          } catch {
            // The host itself refuses a bound that is exclusive.
          }
        }
      }
    },
  ]
}
