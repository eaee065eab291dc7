import QHostInterfaces
package import QHostRuntime
import Testing

/// A run of the tests' own components.
package struct TestRun {
  package var specification: RunSpecification
  package let catalogue: PluginCatalogue
  package var threads = 1

  package init(
    _ optimizer: String, set words: [String] = [], batchRows: Int? = nil, budget: Budget
  ) throws {
    var specification = RunSpecification(
      optimizer: optimizer, model: "linear", dataset: "plane", settings: try Settings(words),
      seed: 9)
    specification.budget = budget
    specification.batchRows = batchRows
    self.specification = specification
    catalogue = try InProcessPlugin.catalogue()
  }

  /// Its parts, made again.
  package func assembly() throws -> RunAssembly {
    try RunAssembly(
      specification, catalogue: catalogue,
      common: InProcessPlugin.common(seed: specification.seed, threads: threads))
  }

  /// From the start to the end.
  package func outcome(in folder: String? = nil) throws -> TrainingRun.Outcome {
    try TrainingRun(try assembly(), folder: folder).run()
  }

  /// Continues with the run of a folder, to its end or until the sweeper's turn `turn`, at which the
  /// user presses Ctrl-C.
  package func part(in folder: String, isResumed: Bool, until turn: Int? = nil) throws
    -> TrainingRun.Outcome
  {
    let cancellation = Cancellation()
    let common = InProcessPlugin.common(
      seed: specification.seed, threads: threads, cancellation: cancellation
    ) { message in
      if message == "optimizer: turn \(turn ?? -1)" { cancellation.request() }
    }
    let run = TrainingRun(
      try RunAssembly(specification, catalogue: catalogue, common: common), folder: folder)
    if isResumed { try run.resume() }
    return try run.run()
  }
}

/// The bits of an outcome that must not depend on where a run was interrupted.
package struct OutcomeBits: Equatable, CustomStringConvertible {
  package var reason: StopReason
  package var parameters: [UInt64]
  package var cost: Cost

  package init(_ outcome: TrainingRun.Outcome) {
    reason = outcome.reason
    parameters = outcome.parameters.map(\.bitPattern)
    cost = outcome.cost
  }

  package var description: String {
    "\(reason) \(cost) \(parameters.map { Double(bitPattern: $0) })"
  }
}
