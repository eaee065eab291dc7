package import QHostInterfaces
package import QHostRuntime

/// An objective of test models and data, and short forms of its queries.
package struct TestObjective {
  package let objective: Objective
  package let parts: Objective.Parts

  package init(
    _ model: any Model, _ dataset: any Dataset, loss: Loss = .crossEntropy, batchRows: Int = 0,
    seed: UInt64 = 1, threads: Int = 1, prior: Double? = nil
  ) throws {
    var parts = Objective.Parts(
      model: model, dataset: dataset, loss: loss,
      table: try SampleTable(reading: .train, of: dataset, name: "test"), batchRows: batchRows,
      seed: seed, pool: WorkerPool(threadCount: threads), modelName: "linear", datasetName: "test")
    parts.prior = prior
    self.parts = parts
    objective = Objective(parts)
  }

  package func points(_ points: [[Double]], on batch: Query.Batch = .same) throws -> [Double] {
    var query = Query()
    query.batch = batch
    query.points = points.flatMap { $0 }
    return try answer(query).losses
  }

  package func gradient(_ point: [Double], on batch: Query.Batch = .same) throws -> Answer {
    var query = Query()
    query.kind = .gradient
    query.batch = batch
    query.points = point
    return try answer(query)
  }

  package func cuts(
    base: [Double] = [], moves: [(Int, Double)] = [], along indices: [Int], offsets: [Double],
    on batch: Query.Batch = .same
  ) throws -> [Double] {
    var query = Query()
    query.kind = .cuts
    query.batch = batch
    query.base = base
    query.moveIndices = moves.map(\.0)
    query.moveDeltas = moves.map(\.1)
    query.cutIndices = indices
    query.offsetCount = offsets.count
    query.offsets = indices.flatMap { _ in offsets }
    return try answer(query).losses
  }

  package func answer(_ query: Query) throws -> Answer {
    var answer = Answer()
    try objective.answer(query, into: &answer)
    return answer
  }
}

/// A model whose outputs are its parameters.
package final class IdentityModel: ModelComponent, @unchecked Sendable {
  package static let descriptor = ComponentDescriptor(
    name: "identity", summary: "Outputs that are the parameters.")

  package let modelDescription: ModelDescription

  package convenience init(request: ComponentRequest, mapping: Mapping) {
    self.init(dimension: mapping.output.count, bound: 100, kinds: mapping.outputKinds)
  }

  package init(dimension: Int, bound: Double? = nil, kinds: [ParameterKind] = []) {
    var description = ModelDescription(parameterCount: dimension, multiplyAdds: dimension)
    description.isIdentity = true
    description.kinds = kinds
    if let bound {
      description.lower = Array(repeating: -bound, count: dimension)
      description.upper = Array(repeating: bound, count: dimension)
    }
    modelDescription = description
  }

  package func initialParameters(start: UInt64) -> [Double] {
    Array(repeating: 0, count: modelDescription.parameterCount)
  }
  package func makeSession() throws(ComponentError) -> any ModelSession {
    throw .unsupported("none")
  }
}
