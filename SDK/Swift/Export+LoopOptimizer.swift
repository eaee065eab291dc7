internal import CQHost
internal import QHostBridging
internal import QHostInterfaces

/// The functions of every optimizer in Swift that owns its loop.
func loopOptimizerTable(
  requiredQueries: QueryKinds, preferredBatchRows: Int, in arena: Arena
) -> UnsafeRawPointer {
  var table = qhost_optimizer.sized()
  table.required_queries = requiredQueries.rawValue
  table.preferred_batch_rows = UInt64(preferredBatchRows)
  table.create = { request, problem, instance, error in
    reporting(to: error) { () throws(ComponentError) in
      let problem = try Problem(reading: problem)
      let optimizer = try make(request, problem, as: (any LoopOptimizer).self)
      ExportedLoopOptimizer(optimizer, dimension: problem.dimension).handOver(to: instance)
    }
  }
  table.destroy = { ExportedLoopOptimizer.destroy($0) }
  table.run = { instance, objective, error in
    reporting(to: error) { () throws(ComponentError) in
      try ExportedLoopOptimizer.at(instance).run(objective)
    }
  }
  table.recommend = { instance, point, error in
    reporting(to: error) { () throws(ComponentError) in
      let found = try ExportedLoopOptimizer.at(instance).recommendation()
      point?.update(from: found, count: found.count)
    }
  }
  return UnsafeRawPointer(arena.value(table))
}

/// A loop-owning optimizer in Swift behind a C instance pointer.
private final class ExportedLoopOptimizer: Instance {
  private let optimizer: any LoopOptimizer
  override var component: AnyObject? { optimizer }
  private let dimension: Int

  init(_ optimizer: any LoopOptimizer, dimension: Int) {
    self.optimizer = optimizer
    self.dimension = dimension
  }

  func recommendation() throws(ComponentError) -> [Double] {
    guard let found = try optimizer.recommendation() else {
      throw .unsupported("it recommends the best point that the host has seen")
    }
    guard found.count == dimension else {
      throw ComponentError("it recommends \(found.count) numbers for \(dimension) parameters")
    }
    return found
  }

  func run(_ raw: UnsafePointer<qhost_objective>?) throws(ComponentError) {
    guard let raw, let evaluate = raw.pointee.evaluate else {
      throw ComponentError("the host gave no objective to run on")
    }
    try optimizer.run(
      ForeignObjective(raw: raw, evaluate: evaluate, dimension: dimension))
  }
}

/// The host's objective as a Swift function.
private final class ForeignObjective: ObjectiveFunction {
  private let raw: UnsafePointer<qhost_objective>
  private let function:
    @convention(c) (
      UnsafePointer<qhost_objective>?, UnsafePointer<qhost_query>?,
      UnsafeMutablePointer<qhost_answer>?
    ) -> qhost_status
  private let dimension: Int
  private let memory = QueryMemory()
  private var answer = Answer()

  init(
    raw: UnsafePointer<qhost_objective>,
    evaluate:
      @escaping @convention(c) (
        UnsafePointer<qhost_objective>?, UnsafePointer<qhost_query>?,
        UnsafeMutablePointer<qhost_answer>?
      ) -> qhost_status, dimension: Int
  ) {
    self.raw = raw
    function = evaluate
    self.dimension = dimension
  }

  func evaluate(_ query: Query) throws(ComponentError) -> Answer {
    var rawQuery = qhost_query.sized()
    memory.store(query, dimension: dimension, in: &rawQuery)
    var rawAnswer = qhost_answer.sized()
    let status = function(raw, &rawQuery, &rawAnswer)
    guard status == QHOST_OK else {
      throw ComponentError("the run is over", severity: .cancelled)
    }
    answer.read(rawAnswer, dimension: dimension)
    return answer
  }
}
