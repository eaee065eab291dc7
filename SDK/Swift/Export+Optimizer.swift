internal import CQHost
internal import QHostBridging
internal import QHostInterfaces

/// The functions of every optimizer in Swift that is asked and told.
func optimizerTable(
  requiredQueries: QueryKinds, preferredBatchRows: Int, in arena: Arena
) -> UnsafeRawPointer {
  var table = qhost_optimizer.sized()
  table.required_queries = requiredQueries.rawValue
  table.preferred_batch_rows = UInt64(preferredBatchRows)
  table.create = { request, problem, instance, error in
    reporting(to: error) { () throws(ComponentError) in
      let problem = try Problem(reading: problem)
      let optimizer = try make(request, problem, as: (any Optimizer).self)
      ExportedOptimizer(optimizer, dimension: problem.dimension).handOver(to: instance)
    }
  }
  table.destroy = { ExportedOptimizer.destroy($0) }
  table.ask = { instance, query, error in
    reporting(to: error) { () throws(ComponentError) in
      try ExportedOptimizer.at(instance).ask(query)
    }
  }
  table.tell = { instance, answer, error in
    reporting(to: error) { () throws(ComponentError) in
      try ExportedOptimizer.at(instance).tell(answer)
    }
  }
  fillState(&table)
  return UnsafeRawPointer(arena.value(table))
}

private func fillState(_ table: inout qhost_optimizer) {
  table.recommend = { instance, point, error in
    reporting(to: error) { () throws(ComponentError) in
      let exported = ExportedOptimizer.at(instance)
      guard let found = try exported.optimizer.recommendation() else {
        throw .unsupported("it recommends the best point that the host has seen")
      }
      guard found.count == exported.dimension else {
        throw ComponentError(
          "it recommends \(found.count) numbers for \(exported.dimension) parameters")
      }
      point?.update(from: found, count: found.count)
    }
  }
  table.save = { instance, writer, error in
    reporting(to: error) { () throws(ComponentError) in
      let bytes = try ExportedOptimizer.at(instance).optimizer.save()
      writer?.pointee.write(writer, bytes, UInt64(bytes.count))
    }
  }
  table.load = { instance, bytes, count, error in
    reporting(to: error) { () throws(ComponentError) in
      let state = Array(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
      try ExportedOptimizer.at(instance).optimizer.load(state)
    }
  }
}

/// An optimizer in Swift behind a C instance pointer.
private final class ExportedOptimizer: Instance {
  let optimizer: any Optimizer
  override var component: AnyObject? { optimizer }
  // Behind pointers: no check of exclusive access at each of millions of calls.
  private let query = UnsafeMutablePointer<Query>.allocate(capacity: 1)
  private let answer = UnsafeMutablePointer<Answer>.allocate(capacity: 1)
  private let memory = QueryMemory()

  let dimension: Int

  init(_ optimizer: any Optimizer, dimension: Int) {
    self.optimizer = optimizer
    self.dimension = dimension
    query.initialize(to: Query())
    answer.initialize(to: Answer())
  }

  deinit {
    query.deinitialize(count: 1)
    query.deallocate()
    answer.deinitialize(count: 1)
    answer.deallocate()
  }

  func ask(_ raw: UnsafeMutablePointer<qhost_query>?) throws(ComponentError) {
    query.pointee.clear()
    try optimizer.ask(&query.pointee)
    if let raw { memory.store(query.pointee, dimension: dimension, in: raw) }
  }

  func tell(_ raw: UnsafePointer<qhost_answer>?) throws(ComponentError) {
    guard let raw, let read = qhost_answer.reading(raw) else {
      throw ComponentError("the host told no answer")
    }
    answer.pointee.read(read, dimension: dimension)
    try optimizer.tell(answer.pointee)
  }
}

extension Answer {
  /// Reads an answer into this one, and keeps its memory.
  mutating func read(_ raw: qhost_answer, dimension: Int) {
    kind = Query.Kind(rawValue: raw.kind) ?? .points
    progress = raw.progress
    losses.removeAll(keepingCapacity: true)
    losses.append(
      contentsOf: UnsafeBufferPointer(start: raw.losses, count: Int(raw.loss_count)))
    gradient.removeAll(keepingCapacity: true)
    if let start = raw.gradient {
      gradient.append(contentsOf: UnsafeBufferPointer(start: start, count: dimension))
    }
    readScores(raw)
  }

  /// Reads what a scenario has answered beside losses.
  private mutating func readScores(_ raw: qhost_answer) {
    infeasibleAbove = raw.violations == nil ? .infinity : raw.infeasible_above
    infeasibleRise = raw.infeasible_rise
    violations.removeAll(keepingCapacity: true)
    if let start = raw.violations {
      violations.append(contentsOf: UnsafeBufferPointer(start: start, count: losses.count))
    }
    plainLosses.removeAll(keepingCapacity: true)
    if let start = raw.plain_losses {
      plainLosses.append(contentsOf: UnsafeBufferPointer(start: start, count: losses.count))
    }
    objectives.removeAll(keepingCapacity: true)
    if let start = raw.objectives {
      objectives.append(
        contentsOf: UnsafeBufferPointer(
          start: start, count: losses.count * Int(raw.objective_count)))
    }
  }
}

extension Problem {
  /// Reads the problem that a create function received.
  init(reading pointer: UnsafePointer<qhost_problem>?) throws(ComponentError) {
    guard let pointer, let raw = qhost_problem.reading(pointer), raw.dimension >= 1,
      let kinds = raw.kinds, let lower = raw.lower, let upper = raw.upper,
      let initial = raw.initial, let scales = raw.scales
    else { throw ComponentError("the host gave an incomplete problem") }
    let n = Int(raw.dimension)
    self.init(
      queries: QueryKinds(rawValue: raw.queries),
      initial: Array(UnsafeBufferPointer(start: initial, count: n)),
      kinds: UnsafeBufferPointer(start: kinds, count: n).map {
        ParameterKind(rawValue: $0) ?? .real
      },
      lower: Array(UnsafeBufferPointer(start: lower, count: n)),
      upper: Array(UnsafeBufferPointer(start: upper, count: n)),
      scales: Array(UnsafeBufferPointer(start: scales, count: n)),
      rowCount: Int(raw.row_count), batchRows: Int(raw.batch_rows),
      hasFastCuts: raw.fast_cuts != 0)
    hasViolations = raw.has_violations != 0
    objectiveCount = Int(raw.objective_count)
    blocks = try ParameterBlock.reading(raw.blocks, raw.block_count, n, "the host's problem")
  }
}
