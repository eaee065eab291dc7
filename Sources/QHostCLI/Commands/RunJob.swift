import ArgumentParser
import CQHostGuard
import Glibc
import Logging
import QHostDrawing
import QHostInterfaces
import QHostRuntime

/// A run as a command does it: make the parts, train, write the model, print the result.
struct RunJob {
  let specification: RunSpecification
  /// `nil`: one of the user's state folder that goes with the run and its rows.
  let folder: RunFolder?
  let isResumed: Bool

  /// What a run has come to.
  struct Made {
    let outcome: TrainingRun.Outcome
    var record: RunRecord
    let figures: RunFigures?
    /// What could not be written.
    let failure: RunError?
    let folder: RunFolder
  }

  func run(_ session: Session, command: RunCommand) throws {
    try show(try train(session, command), command)
  }

  /// Prints the result, and ends with the code that goes with it.
  func show(_ made: Made, _ command: RunCommand) throws {
    print(command.json ? try made.record.json() : RunSummary(made.record).text)
    if let failure = made.failure {
      try Terminal.flushOutput()
      throw failure
    }
    if let figure = made.figures?.figures.first?.figure, !command.json, !command.host.quiet {
      sketch(figure)
    }
    try finish(made.outcome, command, made.folder)
  }

  /// Does it before another run, which starts from its model; the result goes to those who watch.
  ///
  /// - Returns: the model's file.
  func runFirst(_ session: Session, command: RunCommand) throws -> String {
    let made = try train(session, command)
    if !command.host.quiet { Terminal.line(RunSummary(made.record).text) }
    if let failure = made.failure { throw failure }
    try finish(made.outcome, command, made.folder)
    return made.folder.path + "/" + TrainingRun.modelName
  }

  func train(_ session: Session, _ command: RunCommand) throws -> Made {
    if isResumed { try folder?.lock() }
    let assembly = try session.preparing {
      try RunAssembly(specification, catalogue: session.catalogue, common: session.common)
    }
    try assembly.rehearseDeployment()
    let folder = folder ?? RunFolder(for: assembly)
    qhost_guard_install(folder.remedy)
    if !isResumed { try folder.make() }
    let progress = ProgressLine(label: "\(specification.optimizer) on \(specification.dataset)")
    let run = TrainingRun(
      assembly, folder: folder.path, observer: command.host.quiet ? nil : progress)
    if isResumed { try run.resume() }
    let outcome = try train(run, progress, folder)
    let (record, figures, failure) = try keep(outcome, of: run, assembly, folder)
    if record.hasNoFiniteLoss {
      session.common.logger.warning(
        """
        none of the \(record.cost.infeasiblePoints) points that were tried has a finite loss, so that nothing was \
        found: see that some point of the search space can be scored, or start there
        """)
    }
    return Made(
      outcome: outcome, record: record, figures: figures, failure: failure, folder: folder)
  }

  /// Writes what the run has found; its record is there even where nothing can be written.
  private func keep(
    _ outcome: TrainingRun.Outcome, of run: TrainingRun, _ assembly: RunAssembly,
    _ folder: RunFolder
  ) throws(RunError) -> (RunRecord, RunFigures?, RunError?) {
    var artifacts: [RunRecord.Artifact] = []
    var failure: RunError?
    do throws(RunError) {
      artifacts = try run.writeResult(outcome)
    } catch let error { failure = error }
    var record = try RunRecord(outcome, of: assembly, artifacts: artifacts)
    guard failure == nil, outcome.reason != .cancelled else { return (record, nil, failure) }
    do throws(RunError) {
      record.deployment = try assembly.deploy(outcome.parameters, to: folder.path)
    } catch let error { failure = error }
    let figures = draw(assembly, outcome, &record, folder)
    return (record, figures, failure)
  }

  private func train(
    _ run: TrainingRun, _ progress: ProgressLine, _ folder: RunFolder
  ) throws(RunError) -> TrainingRun.Outcome {
    defer { progress.finish() }
    do throws(RunError) {
      return try run.run()
    } catch let error {
      guard run.hasCheckpoint else { throw error }
      throw RunError(
        error.kind,
        "\(error.message) (a checkpoint from before is in '\(folder.path)'; --resume continues from it)"
      )
    }
  }

  /// Draws what the components hand over; what cannot be drawn is said and lost, the results are kept.
  private func draw(
    _ assembly: RunAssembly, _ outcome: TrainingRun.Outcome, _ record: inout RunRecord,
    _ folder: RunFolder
  ) -> RunFigures {
    var figures = RunFigures(assembly, outcome)
    record.artifacts += figures.write(to: folder.path)
    for refusal in figures.refusals { assembly.common.logger.warning("\(refusal)") }
    return figures
  }

  /// Shows a small figure to somebody who watches.
  private func sketch(_ figure: Figure) {
    guard Environment.isTerminal(STDERR_FILENO) else { return }
    try? Terminal.flushOutput()
    for line in FigureSketch(figure).lines(width: Terminal.width - 1) { Terminal.line(line) }
  }

  private func finish(
    _ outcome: TrainingRun.Outcome, _ command: RunCommand, _ folder: RunFolder
  ) throws {
    if outcome.reason == .cancelled {
      guard outcome.canResume else { throw ExitCode(RunError.Kind.interrupted.rawValue) }
      if !command.host.quiet { Terminal.line("resume with: qhost run --resume '\(folder.path)'") }
      throw ExitCode(RunError.Kind.resumable.rawValue)
    }
    if command.budget.require, specification.budget.hasTarget, outcome.reason != .targetReached {
      throw RunError(
        .targetMissed,
        "the target was not reached: \(RunSummary.words(for: outcome.reason)); raise the budget or lower the target"
      )
    }
  }
}
