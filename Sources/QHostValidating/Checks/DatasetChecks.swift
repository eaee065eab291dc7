internal import QHostBridging
internal import QHostInterfaces

/// Checks of datasets.
enum DatasetChecks {
  /// Inputs [B × F] and targets [B × T], in guarded memory.
  static func read(
    _ dataset: ForeignDataset, _ split: Split, _ rows: [Int]
  ) throws -> (inputs: [Float], targets: [Float]) {
    let description = dataset.datasetDescription
    let inputs = try GuardedMemory(
      [Float](repeating: .nan, count: rows.count * description.input.count))
    let targets = try GuardedMemory(
      [Float](repeating: .nan, count: rows.count * description.targetWidth))
    try dataset.read(split, rows: rows, inputs: inputs.elements, targets: targets.elements)
    return (inputs.values, targets.values)
  }

  /// At most 200 rows, evenly spread.
  static func rows(_ dataset: ForeignDataset, _ split: Split) -> [Int] {
    let count = dataset.datasetDescription.rowCount(split)
    return Array(stride(from: 0, to: count, by: max(1, count / 200)))
  }

  private static func scenario(_ subject: CheckSubject) throws -> ForeignDataset {
    let dataset = try Exercise(subject).dataset()
    guard dataset.datasetDescription.task == .scenario else {
      throw CheckSkip("it holds samples and scores nothing")
    }
    let description = dataset.datasetDescription
    guard !description.isStochastic, description.objectives.isEmpty, !description.hasViolations
    else { throw CheckSkip("its scores are more than a loss") }
    return dataset
  }

  /// Outputs within the domain, different for each number.
  private static func outputs(
    _ description: DatasetDescription, _ subject: CheckSubject, _ number: UInt64
  ) -> [Double] {
    subject.numbers(description.output.count, stream: 100 + number).enumerated().map { index, u in
      let lower = description.outputLower.isEmpty ? -1 : description.outputLower[index]
      let upper = description.outputUpper.isEmpty ? 1 : description.outputUpper[index]
      let value = lower + (u + 1) / 2 * (upper - lower)
      let isReal = description.outputKinds.isEmpty || description.outputKinds[index] == .real
      return isReal ? value : value.rounded()
    }
  }

  private static func losses(_ dataset: ForeignDataset, _ points: [[Double]]) throws -> [Double] {
    let losses = try GuardedMemory([Double](repeating: .nan, count: points.count))
    let outputs = try GuardedMemory(points.flatMap { $0 })
    outputs.makeReadOnly()
    try dataset.score(
      .train, rows: [0], outputs: UnsafeBufferPointer(outputs.elements), pointCount: points.count,
      losses: losses.elements)
    return losses.values
  }

  static let all: [Check] = [
    Check(
      "dataset-description", .contract, .component(.dataset),
      "It has training rows, and names for all features and outputs or for none.",
      remedy: "Look at qhost_dataset_description."
    ) { subject in
      let description = try Exercise(subject).dataset().datasetDescription
      try require(description.rowCount(.train) >= 1, "it has no training rows")
      let (f, c) = (description.input.count, description.output.count)
      try require(
        description.featureNames.isEmpty || description.featureNames.count == f,
        "it has \(description.featureNames.count) names for \(f) features")
      try require(
        description.outputNames.isEmpty || description.outputNames.count == c,
        "it has \(description.outputNames.count) names for \(c) outputs")
    },
    Check(
      "dataset-rows", .contract, .component(.dataset),
      "Rows of every split are finite, and classes are numbers from 0 to C - 1.",
      remedy: "Refuse missing values with QHOST_ERROR_DATA and the row's number."
    ) { subject in
      let dataset = try Exercise(subject).dataset()
      let description = dataset.datasetDescription
      for split in Split.allCases where description.rowCount(split) > 0 {
        let (inputs, targets) = try read(dataset, split, rows(dataset, split))
        try require(inputs.allSatisfy(\.isFinite), "an input of split \(split) is not finite")
        try require(targets.allSatisfy(\.isFinite), "a target of split \(split) is not finite")
        guard description.task == .classification else { continue }
        let classes = Float(description.output.count)
        try require(
          targets.allSatisfy { $0 >= 0 && $0 < classes && $0 == $0.rounded() },
          "a target of split \(split) is not a class of \(description.output.count)")
      }
    },
    Check(
      "dataset-order", .contract, .component(.dataset),
      "Rows can be read in any order, more than once, alone and together.",
      remedy: "Look rows up by number; keep no place from call to call."
    ) { subject in
      let dataset = try Exercise(subject).dataset()
      let rows = rows(dataset, .train)
      let width = dataset.datasetDescription.input.count
      let forward = try read(dataset, .train, rows)
      let backward = try read(dataset, .train, rows.reversed())
      for (place, _) in rows.enumerated() {
        let other = rows.count - 1 - place
        try require(
          forward.inputs[place * width..<(place + 1) * width]
            == backward.inputs[other * width..<(other + 1) * width],
          "row \(rows[place]) is another one in reverse")
      }
      let alone = try read(dataset, .train, [rows[rows.count / 2], rows[rows.count / 2]])
      try require(
        Array(alone.inputs.prefix(width))
          == Array(forward.inputs[rows.count / 2 * width..<(rows.count / 2 + 1) * width]),
        "a row that is read twice is another one")
    },
    Check(
      "dataset-seed", .numeric, .component(.dataset),
      "Two instances of one seed hold the same rows.", needs: .session,
      remedy: "Take random numbers from the host, or from a seed of your own that is a parameter."
    ) { subject in
      let exercise = try Exercise(subject)
      let rows = Array(rows(try exercise.dataset(), .train).prefix(50))
      let first = try read(try exercise.dataset(), .train, rows)
      let second = try read(try exercise.dataset(), .train, rows)
      try require(first == second, "they hold other rows")
    },
    Check(
      "scenario-scores", .numeric, .component(.dataset),
      "Scores are never NaN, repeat, and are the same alone and among others.", needs: .session,
      remedy: "Give INFINITY for what cannot be scored."
    ) { subject in
      let dataset = try scenario(subject)
      let points = (0..<12).map { outputs(dataset.datasetDescription, subject, $0) }
      let all = try losses(dataset, points)
      try require(all.allSatisfy { !$0.isNaN }, "one is NaN")
      try require(try losses(dataset, points) == all, "a second time they are others")
      let alone = try points.flatMap { try losses(dataset, [$0]) }
      try require(alone == all, "alone they are others")
    },
    Check(
      "scenario-cuts", .numeric, .component(.dataset),
      "Cuts score what whole scores do, before and after moves.",
      remedy: "Bring what cut_open keeps up to date in cut_move."
    ) { subject in
      let dataset = try scenario(subject)
      let description = dataset.datasetDescription
      guard description.hasCuts else { throw CheckSkip("it has no cuts") }
      var base = outputs(description, subject, 0)
      let cuts = try base.withUnsafeBufferPointer {
        try dataset.makeCuts(.train, row: 0, outputs: $0)
      }
      let other = outputs(description, subject, 1)
      for index in base.indices.prefix(50) {
        let offsets = [0, other[index] - base[index]]
        let found = try GuardedMemory([Double](repeating: .nan, count: 2))
        try offsets.withUnsafeBufferPointer {
          try cuts.cut(output: index, offsets: $0, losses: found.elements)
        }
        var moved = base
        moved[index] += offsets[1]
        let expected = try losses(dataset, [base, moved])
        for (a, b) in zip(found.values, expected) {
          try require(
            a == b || abs(a - b) <= 1e-9 * max(1, abs(b)), "along output \(index) \(a) is not \(b)")
        }
        try cuts.move(output: index, delta: offsets[1])
        base = moved
      }
    },
    Check(
      "scenario-gradient", .numeric, .component(.dataset),
      "Its gradient is that of its loss.", remedy: "Compare with differences of scores."
    ) { subject in
      let dataset = try scenario(subject)
      let description = dataset.datasetDescription
      guard description.hasGradient else { throw CheckSkip("it has no gradient") }
      let point = outputs(description, subject, 2)
      let gradient = try GuardedMemory([Double](repeating: .nan, count: point.count))
      let loss = try point.withUnsafeBufferPointer {
        try dataset.gradient(.train, row: 0, outputs: $0, gradient: gradient.elements)
      }
      let plain = try losses(dataset, [point])[0]
      try require(
        abs(loss - plain) <= 1e-9 * max(1, abs(plain)), "its loss is \(loss), not \(plain)")
      let slopes = gradient.values
      let scale = max(1e-3, slopes.map(abs).max() ?? 1)
      for index in point.indices.prefix(50) {
        let step = 1e-5 * max(1, abs(point[index]))
        var (above, below) = (point, point)
        above[index] += step
        below[index] -= step
        let pair = try losses(dataset, [above, below])
        let expected = (pair[0] - pair[1]) / (2 * step)
        try require(
          abs(expected - slopes[index]) <= 1e-3 * scale,
          "along output \(index) it is \(slopes[index]), not \(expected)")
      }
    },
  ]
}
