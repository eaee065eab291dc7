import ArgumentParser
import QHostInterfaces
import QHostRuntime

/// A run as a command does it: make the parts, train, write the model, print the result.
struct RunJob {
  let specification: RunSpecification
  let folder: RunFolder
  let isResumed: Bool

  func run(_ session: Session, command: RunCommand) throws {
    let assembly = try RunAssembly(
      specification, catalogue: session.catalogue, common: session.common)
    try assembly.rehearseDeployment()
    if !isResumed { try folder.make() }
    let progress = ProgressLine(label: "\(specification.optimizer) on \(specification.dataset)")
    let run = TrainingRun(
      assembly, folder: folder.path, observer: command.host.quiet ? nil : progress)
    if isResumed { try run.resume() }
    let outcome = try train(run, progress)
    let artifacts = try run.writeResult(outcome)
    var record = try RunRecord(outcome, of: assembly, artifacts: artifacts)
    if outcome.reason != .cancelled {
      record.deployment = try assembly.deploy(outcome.parameters, to: folder.path)
    }
    print(command.json ? try record.json() : RunSummary(record).text)
    try finish(outcome, command)
  }

  private func train(
    _ run: TrainingRun, _ progress: ProgressLine
  ) throws(RunError) -> TrainingRun.Outcome {
    defer { progress.finish() }
    do throws(RunError) {
      return try run.run()
    } catch let error {
      guard run.hasCheckpoint else { throw error }
      throw RunError(
        error.kind,
        "\(error.message) (a checkpoint from before is in '\(folder.path)'; --resume goes on from it)"
      )
    }
  }

  private func finish(_ outcome: TrainingRun.Outcome, _ command: RunCommand) throws {
    if outcome.reason == .cancelled {
      guard outcome.canResume else { throw ExitCode(RunError.Kind.interrupted.rawValue) }
      if !command.host.quiet { Terminal.line("go on with: qhost run --resume '\(folder.path)'") }
      throw ExitCode(RunError.Kind.resumable.rawValue)
    }
    let budget = specification.budget
    let hasTarget = budget.untilLoss != nil || budget.untilAccuracy != nil
    if command.budget.require, hasTarget, outcome.reason != .targetReached {
      throw RunError(
        .targetMissed,
        "the target was not reached (\(outcome.reason.rawValue)); raise the budget or lower the target"
      )
    }
  }
}
