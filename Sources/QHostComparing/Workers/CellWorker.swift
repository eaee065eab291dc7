internal import QHostBridging
internal import QHostInterfaces
public import QHostRuntime

/// Does the cells of a comparison one after the other, in a process of its own.
///
/// Plugins stay loaded and datasets in memory from one cell to the next.
public final class CellWorker {
  /// The hidden argument that makes `qhost` a worker.
  public static let command = "__worker"
  /// Where requests come from and replies go to: standard output belongs to plugins.
  public static let requestDescriptor: Int32 = 3
  /// Where replies go to.
  public static let replyDescriptor: Int32 = 4

  private let catalogue: PluginCatalogue
  private let common: RunServices.Common
  private var datasets = DatasetCache()
  /// The last training of a cell with a target, for those that differ from it in their target alone.
  private var trained: Trained?

  /// Makes a worker.
  public init(catalogue: PluginCatalogue, common: RunServices.Common) {
    self.catalogue = catalogue
    self.common = common
  }

  /// Answers requests until there are no more.
  public func serve(_ requests: LineReader) throws(RunError) {
    let replies = LineWriter(Self.replyDescriptor)
    try replies.write(try CellReply.ready.line())
    while let line = try requests.next() {
      let request: CellRequest = try CellMessage.decoded(line)
      let reply = reply(to: request) { progress in
        guard let line = try? CellReply.progress(progress).line() else { return }
        try? replies.write(line)
      }
      try replies.write(try reply.line())
    }
  }

  /// The answer to one request.
  private func reply(
    to request: CellRequest, progress: @escaping (CellProgress) -> Void
  ) -> CellReply {
    do throws(RunError) {
      switch request.kind {
      case .check: return .checked(try check(request))
      case .run: return .record(try line(of: request.cell, progress: progress))
      }
    } catch let error {
      return .refused(CellRefusal(kind: error.kind.rawValue, message: error.message))
    }
  }

  private func check(_ request: CellRequest) throws(RunError) -> CombinationCheck {
    let assembly = try assembly(request.cell.specification)
    try assembly.rehearseDeployment()
    var rows: [String: Int] = [:]
    for split in Split.allCases { rows[split.description] = assembly.data.table(split)?.rowCount }
    return CombinationCheck(
      datasetHash: assembly.data.sha256, rows: rows,
      parameterCount: assembly.problem.dimension, batchRows: assembly.objective.batchRows,
      ignoresInputs: assembly.model.modelDescription.isIdentity
        && assembly.data.mapping.input.count > 0,
      leastPasses: assembly.objective.leastPasses(
        for: ForeignOptimizer.requiredQueries(of: assembly.plans.optimizer.component)),
      figures: assembly.figures, starts: assembly.specification.starts)
  }

  /// Trains a cell, and deploys its model where it has a target.
  ///
  /// - Parameters:
  ///   - cell: the cell.
  ///   - progress: is called with how it is doing, a few times a second.
  /// - Returns: its line for the journal.
  /// - Throws: what a component throws.
  package func line(
    of cell: Cell, progress: @escaping (CellProgress) -> Void = { _ in }
  ) throws(RunError) -> [UInt8] {
    Clock.forgetPeak()
    let specification = cell.specification
    let reporter = CellReporter(progress)
    let (assembly, trained) = try train(specification, reporter)
    var run = try RunRecord(trained.outcome, of: assembly, artifacts: [])
    run.deployment = try assembly.deploy(trained.outcome.parameters, to: nil)
    let result = CellResult(
      cell: cell.number, labels: cell.labels, seed: specification.seed,
      startHash: Self.hash(assembly.problem.initial),
      trainingPasses: trained.outcome.cost.forwardEquivalents,
      improvements: trained.improvements, run: run)
    return Array(try JSONText.of(result).utf8)
  }

  /// A training that has ended, and what it was of.
  private struct Trained {
    var specification: RunSpecification
    var outcome: TrainingRun.Outcome
    var improvements: Improvements
  }

  /// Trains, unless the last training was the same.
  private func train(
    _ specification: RunSpecification, _ reporter: CellReporter
  ) throws(RunError) -> (RunAssembly, Trained) {
    var assembly = try assembly(specification)
    let key = specification.withoutTarget
    if let trained, trained.specification == key { return (assembly, trained) }
    var training = TrainingRun(assembly, folder: nil, observer: reporter)
    var outcome = try training.run()
    if assembly.data.isRandom, datasets.forget(specification) {
      assembly = try self.assembly(specification)
      training = TrainingRun(assembly, folder: nil, observer: reporter)
      outcome = try training.run()
    }
    let made = Trained(
      specification: key, outcome: outcome,
      improvements: Improvements(thinning: training.events.events))
    trained = specification.target == nil ? nil : made
    return (assembly, made)
  }

  /// The parts of a run.
  private func assembly(_ specification: RunSpecification) throws(RunError) -> RunAssembly {
    var common = common
    common.seed = specification.seed
    let plans = try RunPlans(specification, catalogue: catalogue)
    let data = try datasets.data(specification, plans.dataset, common)
    return try RunAssembly(specification, catalogue: catalogue, common: common, data: data)
  }

  private static func hash(_ parameters: [Double]) -> String {
    parameters.withUnsafeBytes { SHA256Digest.of($0) }
  }
}

/// Tells how a cell's run is doing, a few times a second.
private final class CellReporter: RunObserver {
  private static let interval = 0.25
  private let report: (CellProgress) -> Void
  private var last = 0.0

  init(_ report: @escaping (CellProgress) -> Void) { self.report = report }

  var wantsAccuracy: Bool { false }

  func update(_ progress: RunProgress) {
    guard progress.seconds - last >= Self.interval else { return }
    last = progress.seconds
    report(CellProgress(fraction: progress.fraction, bestLoss: progress.bestLoss))
  }
}
