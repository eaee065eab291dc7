internal import QHostInterfaces
internal import QHostMemory

/// The objective of a model on rows of samples, or of a scenario that scores a model's outputs.
final class SampleEvaluator: Evaluator, @unchecked Sendable {
  let model: any Model
  let costs: CostModel
  let scorer: BlockScorer
  private let table: SampleTable
  private let pool: WorkerPool
  private let variantReader: VariantReader?
  private let split: Split
  private let isStochastic: Bool
  private let takesSeries: Bool
  /// Whether rows of a stream are bound one after the other, so that no output depends on a later row.
  private let isLive: Bool
  /// Whether blocks have their inputs while they are worked on only, so that no copy of the table is made.
  private let isOnce: Bool
  private let blockRows: Int
  let outputCount: Int
  /// The loss that is kept by rows, so that cuts work on changed rows only, if model and loss allow it.
  let keptLoss: Loss?
  /// The unit with two outputs of each parameter, [n]; −1: none.
  ///
  /// Empty before noise was first asked for.
  var flippingUnits: [Int32] = []
  /// The unit along whose parameters the model sums losses, of each parameter, [n]; −1: none.
  ///
  /// Empty where it does so along no unit, or was not asked yet.
  var potentialUnits: [Int32] = []
  var keepsLosses: Bool { keptLoss != nil }
  var shape: ScoreShape { scorer.shape }
  private(set) var blocks: [RowBlock] = []
  private(set) var rowCount = 0
  let sums = Scratch()
  private let parts = Scratch()

  init(
    model: any Model, scorer: BlockScorer, costs: CostModel, table: SampleTable, pool: WorkerPool,
    split: Split = .train, variants: VariantReader? = nil, isLive: Bool = false,
    isOnce: Bool = false
  ) {
    self.isOnce =
      isOnce && !model.modelDescription.isStochastic && !model.modelDescription.takesSeries
    takesSeries = model.modelDescription.takesSeries
    self.isLive = isLive && table.isStream && takesSeries
    blockRows = RowBlock.capacity(of: table)
    self.costs = costs
    self.split = split
    isStochastic = model.modelDescription.isStochastic
    self.model = model
    self.scorer = scorer
    self.table = table
    self.pool = pool
    variantReader = variants
    outputCount = scorer.outputCount
    if model.modelDescription.hasCutChanges, case .loss(let loss) = scorer.source, loss.isKeptByRows
    {
      keptLoss = loss
    } else {
      keptLoss = nil
    }
  }

  /// Takes the rows of a batch, each as the variant [B] that is given for it.
  func load(_ rows: ArraySlice<Int>, variants: [Int]? = nil) throws(ComponentError) {
    rowCount = rows.count
    let blockCount = (rows.count + blockRows - 1) / blockRows
    while blocks.count < blockCount {
      blocks.append(
        RowBlock(
          session: try model.makeSession(), inputCount: table.inputCount,
          targetRows: scorer.targetRows(of: table), outputCount: outputCount,
          capacity: min(blockRows, rows.count), hasInputs: !isOnce))
    }
    if blocks.count > blockCount { blocks.removeLast(blocks.count - blockCount) }
    try forEachBlock { (index, block) throws(ComponentError) in
      let start = rows.startIndex + index * self.blockRows
      let end = min(start + self.blockRows, rows.endIndex)
      block.take(
        rows[start..<end], of: self.table, denseClasses: self.scorer.denseClasses(of: self.table))
      if self.isOnce { return }
      if let reader = self.variantReader, let variants {
        let first = start - rows.startIndex
        try block.takeInputs(
          from: reader, variants: Array(variants[first..<first + block.rowCount]),
          inputCount: self.table.inputCount)
      } else {
        block.takeInputs(from: self.table)
      }
      try block.bind(inputCount: self.table.inputCount)
      if self.isStochastic { try block.bindRows(of: self.split) }
      if self.takesSeries {
        try block.bindSeries(of: self.table, start: self.table.isStream ? .begin : .separate)
      }
    }
  }

  func evaluate(
    points: UnsafeBufferPointer<Double>, draws: Draws, into scores: ScoreBuffer
  ) throws(ComponentError) {
    let count = scores.count
    let n = points.count / max(count, 1)
    // So many points at a time that a block's outputs stay near a megabyte.
    let chunk = max(1, min(count, 262_144 / max(1, outputCount * min(rowCount, blockRows))))
    let size = count * shape.width
    let sums = sums.reserve(blocks.count * size)
    try forEachBlock { (index, block) throws(ComponentError) in
      let parts = ScoreBuffer(
        UnsafeMutableBufferPointer(rebasing: sums[index * size..<(index + 1) * size]),
        count: count, self.shape)
      if self.isOnce {
        block.takeInputs(from: self.table)
        try block.bind(inputCount: self.table.inputCount)
      }
      defer { if self.isOnce { block.releaseInputs() } }
      for start in stride(from: 0, to: count, by: chunk) {
        let places = start..<min(start + chunk, count)
        try self.evaluate(
          block, UnsafeBufferPointer(rebasing: points[start * n..<places.upperBound * n]),
          draws.dropping(start), into: parts[places])
      }
    }
    addBlocks(sums, into: scores)
  }

  /// A point that the model finds infeasible has an infinite loss.
  private func evaluate(
    _ block: RowBlock, _ points: UnsafeBufferPointer<Double>, _ draws: Draws,
    into sums: ScoreBuffer
  ) throws(ComponentError) {
    block.hasOutputs = true
    do throws(ComponentError) {
      try forward(block, points, count: sums.count, draws)
    } catch let error {
      block.hasOutputs = false
      guard error.severity == .discard else { throw error }
      guard sums.count > 1 else { return scorer.discard(sums) }
      // Asked one by one, those that are feasible have their losses.
      let n = points.count / sums.count
      for place in 0..<sums.count {
        try evaluate(
          block, UnsafeBufferPointer(rebasing: points[place * n..<(place + 1) * n]),
          draws.dropping(place), into: sums[place..<place + 1])
      }
      return
    }
    for point in 0..<sums.count {
      try scorer.sum(
        block, candidate: point, draws: draws.dropping(point), into: sums[point..<point + 1])
    }
  }

  /// Runs a stream row by row through one state: the session knows of a row when it is bound, and not before.
  private func forwardLive(
    _ block: RowBlock, _ point: UnsafeBufferPointer<Double>, _ draws: Draws,
    _ outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    let own = UnsafeMutableBufferPointer<Float>.allocate(capacity: outputCount)
    defer { own.deallocate() }
    own.initialize(repeating: 0)
    for (place, row) in block.rows.enumerated() {
      // A session may read its inputs until it is bound again.
      try table.inputs(ofRows: row..<row + 1).withUnsafeBufferPointer {
        (inputs) throws(ComponentError) in
        try block.bindAlone(
          row, of: table, split: isStochastic ? split : nil, start: place == 0 ? .begin : .goOn,
          inputs: inputs)
        try forward(block.session, point, count: 1, draws, own)
      }
      for unit in 0..<outputCount { outputs[unit * block.rowCount + place] = own[unit] }
    }
  }

  private func forward(
    _ block: RowBlock, _ points: UnsafeBufferPointer<Double>, count: Int, _ draws: Draws
  ) throws(ComponentError) {
    let outputs = block.outputs(for: count)
    if isLive, count == 1 { return try forwardLive(block, points, draws, outputs) }
    try forward(block.session, points, count: count, draws, outputs)
  }

  private func forward(
    _ session: any ModelSession, _ points: UnsafeBufferPointer<Double>, count: Int,
    _ draws: Draws, _ outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    guard isStochastic else {
      return try session.forward(parameters: points, pointCount: count, outputs: outputs)
    }
    let numbers = (0..<count).map { draws[$0] }
    try numbers.withUnsafeBufferPointer { (numbers) throws(ComponentError) in
      try session.forward(parameters: points, draws: numbers, outputs: outputs)
    }
  }

  func gradient(
    point: UnsafeBufferPointer<Double>, draws: Draws,
    into gradient: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) -> Double {
    let n = point.count
    let scale = 1 / Double(rowCount)
    let sums = sums.reserve(blocks.count)
    let parts = blocks.count == 1 ? gradient : parts.reserve(blocks.count * n)
    try forEachBlock { (index, block) throws(ComponentError) in
      try self.forward(block, point, count: 1, draws)
      sums[index] = try self.scorer.gradient(block, scale: scale)
      guard sums[index].isFinite else { return }
      try block.session.backward(
        outputGradients: UnsafeBufferPointer(
          rebasing: block.outputGradients[..<(self.outputCount * block.rowCount)]),
        gradient: UnsafeMutableBufferPointer(rebasing: parts[index * n..<(index + 1) * n]))
    }
    if blocks.count > 1 {
      for i in 0..<n {
        var sum = parts[i]
        for block in 1..<blocks.count { sum += parts[block * n + i] }
        gradient[i] = sum
      }
    }
    return sums.reduce(0, +) * scale
  }

  /// Adds the blocks' sums [blocks × width × P] in the order of the blocks.
  func addBlocks(_ sums: UnsafeMutableBufferPointer<Double>, into scores: ScoreBuffer) {
    let size = scores.count * shape.width
    func add(_ first: Int, _ target: UnsafeMutableBufferPointer<Double>) {
      for i in target.indices {
        var sum = 0.0
        for block in blocks.indices { sum += sums[block * size + first + i] }
        target[i] = sum
      }
    }
    add(0, scores.losses)
    add(scores.count, scores.violations)
    add(scores.count + scores.violations.count, scores.objectives)
  }

  /// Shares the blocks out to the threads and waits; the first block's error counts.
  func forEachBlock(
    _ body: (Int, RowBlock) throws(ComponentError) -> Void
  ) throws(ComponentError) {
    if blocks.count == 1 {
      try body(0, blocks[0])
      return
    }
    let blocks = blocks
    withoutActuallyEscaping(body) { body in
      nonisolated(unsafe) let body = body
      pool.parallelFor(blocks.count) { index in
        do throws(ComponentError) {
          try body(index, blocks[index])
        } catch let error {
          blocks[index].failure = error
        }
      }
    }
    for block in blocks {
      guard let failure = block.failure else { continue }
      block.failure = nil
      throw failure
    }
  }
}
