internal import Dispatch
internal import Glibc
internal import QHostBridging
internal import QHostInterfaces

/// Checks of models.
enum ModelChecks {
  /// Sums of some products in single precision, in another order.
  private static let tolerance: Float = 1e-4

  private static func trial(
    _ subject: CheckSubject, stream: UInt64 = 0
  ) throws -> ModelTrial {
    let (model, mapping) = try Exercise(subject).model()
    return try ModelTrial(model, mapping, subject, stream: stream)
  }

  private static func bounded(_ point: [Double], _ model: ForeignModel) -> [Double] {
    let description = model.modelDescription
    return point.indices.map { index in
      let lower = description.lower.isEmpty ? -Double.infinity : description.lower[index]
      let upper = description.upper.isEmpty ? Double.infinity : description.upper[index]
      return min(max(point[index], lower), upper)
    }
  }

  /// Some parameters, spread over all.
  private static func some(_ n: Int) -> [Int] {
    Array(stride(from: 0, to: n, by: max(1, n / 24)))
  }

  static let all: [Check] = [
    Check(
      "model-description", .contract, .component(.model),
      "Its blocks cover its parameters once, and what it says of each parameter is there for all.",
      remedy: "Look at blocks, kinds, lower, upper and scales in qhost_model_description."
    ) { subject in
      let (model, _) = try Exercise(subject).model()
      let description = model.modelDescription
      let n = description.parameterCount
      try require(n >= 1, "it has no parameters")
      for (name, count) in [
        ("kinds", description.kinds.count), ("lower", description.lower.count),
        ("upper", description.upper.count), ("scales", description.scales.count),
      ] { try require(count == 0 || count == n, "\(name) has \(count) numbers for \(n)") }
      try require(description.scales.allSatisfy { $0 > 0 && $0.isFinite }, "a scale is not above 0")
      let places = description.blocks.flatMap { Array($0.offset..<$0.offset + $0.shape.count) }
      try require(places.sorted() == Array(0..<n), "its blocks do not cover 0 ..< \(n)")
      try require(
        Set(description.blocks.map(\.name)).count == description.blocks.count,
        "two blocks have one name")
    },
    Check(
      "model-starts", .contract, .component(.model),
      "Starting points are finite, within bounds, and the same for the same number and seed.",
      remedy: "Take them from the host's random numbers, with `start` as the step."
    ) { subject in
      let (model, _) = try Exercise(subject).model()
      for start in 0..<5 as Range<UInt64> {
        let point = try model.initialParameters(start: start)
        try require(point.allSatisfy(\.isFinite), "a number is not finite")
        try require(bounded(point, model) == point, "a number is out of bounds")
        try require(
          try model.initialParameters(start: start) == point, "a second time it is another")
      }
    },
    Check(
      "model-buffers", .contract, .component(.model),
      "It writes all outputs and nothing beyond them, and reads its inputs without writing to them.",
      remedy: "Outputs are [P x C x B]: rows are the contiguous axis."
    ) { subject in
      let trial = try trial(subject)
      let points = try (0..<3).map { try trial.model.initialParameters(start: UInt64($0)) }
      for count in 1...3 {
        let outputs = try trial.forward(Array(points.prefix(count)))
        try require(
          outputs.allSatisfy { !$0.isNaN }, "of \(count) points an output is missing or NaN")
      }
    },
    Check(
      "model-sessions", .contract, .component(.model),
      "Sessions may be closed without rows, opened many at once, and bound again.",
      remedy: "A session starts empty; bind replaces what was bound."
    ) { subject in
      let trial = try trial(subject)
      let others = try (0..<8).map { _ in try trial.model.makeSession() }
      try require(others.count == 8, "a session is missing")
      let point = try trial.model.initialParameters(start: 0)
      let first = try trial.forward([point])
      try require(
        try trial.forward([point]) == first, "with other sessions open outputs are others")
    },
    Check(
      "model-repeats", .numeric, .component(.model),
      "A pass gives the same after another point, and in another session.", needs: .session,
      remedy: "Clear scratch memory, and keep nothing of a point in the instance."
    ) { subject in
      let trial = try trial(subject)
      let point = try trial.model.initialParameters(start: 3)
      let first = try trial.forward([point])
      _ = try trial.forward([try trial.model.initialParameters(start: 4)])
      try require(try trial.forward([point]) == first, "after another point outputs are others")
      let again = try ModelTrial(trial.model, trial.mapping, subject)
      try require(try again.forward([point]) == first, "in another session outputs are others")
    },
    Check(
      "model-points", .numeric, .component(.model),
      "Several points at once give what each gives alone.", needs: .session,
      remedy: "Outputs of point p begin at p x C x B."
    ) { subject in
      let trial = try trial(subject)
      let points = try (0..<4).map { try trial.model.initialParameters(start: UInt64($0)) }
      let together = try trial.forward(points)
      let alone = try points.flatMap { try trial.forward([$0]) }
      let difference = ModelTrial.difference(together, alone)
      try require(difference <= tolerance, "they differ by \(difference)")
    },
    Check(
      "model-gradient", .numeric, .component(.model),
      "Its gradient is that of finite differences.",
      remedy: "Compare parameter by parameter: the message names the one that is furthest off."
    ) { subject in
      let trial = try trial(subject)
      guard trial.model.modelDescription.hasGradient else { throw CheckSkip("it has no gradient") }
      guard !trial.model.modelDescription.isStochastic else {
        throw CheckSkip("its outputs are random draws")
      }
      let point = try trial.model.initialParameters(start: 1)
      let weights = subject.numbers(
        trial.mapping.output.count * ModelTrial.rowCount, stream: 7
      ).map(Float.init)
      _ = try trial.forward([point])
      let gradient = try trial.gradient(weights)
      try require(gradient.allSatisfy(\.isFinite), "a number of it is not finite")
      func value(_ point: [Double]) throws -> Double {
        zip(try trial.forward([point]), weights).reduce(0) { $0 + Double($1.0) * Double($1.1) }
      }
      let scale = gradient.map(abs).max() ?? 1
      var wrong = 0
      var worst = (index: 0, found: 0.0, expected: 0.0)
      let indices = some(point.count)
      for index in indices {
        // Single precision: a step that is neither lost nor curved.
        let step = 1e-2 * max(1, abs(point[index]))
        var (above, below) = (point, point)
        above[index] += step
        below[index] -= step
        let expected = (try value(above) - value(below)) / (2 * step)
        let error = abs(expected - gradient[index])
        guard error > 2e-2 * max(scale, 1e-3) else { continue }
        wrong += 1
        if error > abs(worst.expected - worst.found) { worst = (index, gradient[index], expected) }
      }
      // A unit with a kink may lie within a step.
      try require(
        wrong <= indices.count / 8,
        "parameter \(worst.index) has \(worst.found), finite differences \(worst.expected); \(wrong) of "
          + "\(indices.count) are off")
    },
    Check(
      "model-cuts", .numeric, .component(.model),
      "Cuts give what whole passes give, before and after moves.",
      remedy: "Bring what cut_open keeps up to date in cut_move."
    ) { subject in
      let trial = try trial(subject)
      guard trial.model.modelDescription.hasCuts else { throw CheckSkip("it has no cuts") }
      var base = try trial.model.initialParameters(start: 2)
      let whole = try ModelTrial(trial.model, trial.mapping, subject)
      try trial.openCuts(base)
      for index in some(base.count) {
        let description = trial.model.modelDescription
        let isReal = description.kinds.isEmpty || description.kinds[index] == .real
        let offsets = (isReal ? [-0.25, 0, 0.125] : [-1.0, 0, 1]).filter { offset in
          bounded(base.enumerated().map { $0 == index ? $1 + offset : $1 }, trial.model)[index]
            == base[index] + offset
        }
        let cut = try trial.cut(index, offsets)
        let expected = try offsets.flatMap { offset in
          try whole.forward([base.enumerated().map { $0 == index ? $1 + offset : $1 }])
        }
        let difference = ModelTrial.difference(cut, expected)
        try require(
          difference <= tolerance, "along parameter \(index) they differ by \(difference)")
        if let last = offsets.last {
          try trial.session.move(index: index, delta: last)
          base[index] += last
        }
      }
    },
    Check(
      "model-graph", .numeric, .component(.model),
      "Its graph can be had twice, and has the outputs' shape.",
      remedy: "Look at output_shape of qhost_graph."
    ) { subject in
      let (model, mapping) = try Exercise(subject).model()
      guard model.modelDescription.hasGraph else { throw CheckSkip("it has no graph") }
      let point = try model.initialParameters(start: 0)
      let graph = try model.graph(parameters: point)
      try require(try model.graph(parameters: point) == graph, "the second one is another")
      try require(
        graph.outputShape.count == mapping.output.count,
        "its output has \(graph.outputShape.count) numbers for \(mapping.output.count)")
    },
    Check(
      "model-threads", .stress, .component(.model),
      "Sessions on several threads at once give what each gives alone.", needs: .session,
      remedy: "Keep scratch memory in the session; the instance must not change."
    ) { subject in
      let (model, mapping) = try Exercise(subject).model()
      let points = try (0..<12).map { try model.initialParameters(start: UInt64($0)) }
      nonisolated(unsafe) let trials = try (0..<4).map {
        try ModelTrial(model, mapping, subject, stream: UInt64($0))
      }
      let alone = try trials.map { trial in try points.map { try trial.forward([$0]) } }
      nonisolated(unsafe) var together: [[[Float]]?] = [nil, nil, nil, nil]
      together.withUnsafeMutableBufferPointer { slots in
        nonisolated(unsafe) let slots = slots
        DispatchQueue.concurrentPerform(iterations: 4) { index in
          slots[index] = try? points.map { try trials[index].forward([$0]) }
        }
      }
      try require(together == alone, "outputs differ")
    },
  ]
}
