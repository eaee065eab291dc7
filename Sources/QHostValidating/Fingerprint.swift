internal import QHostBridging
internal import QHostInterfaces
internal import QHostRuntime

/// What a component does with one seed, in a text that two processes can compare.
enum Fingerprint {
  /// Stands in the place of a check's name where a process is asked for it.
  static let word = "fingerprint"

  /// The SHA-256 of the numbers that a component gives.
  ///
  /// - Throws: ``CheckSkip`` where it gives none.
  static func of(_ subject: CheckSubject) throws -> String {
    var digest = SHA256Digest()
    func add<T: BitwiseCopyable>(_ values: [T]) {
      values.withUnsafeBytes { digest.update($0) }
    }
    let exercise = try Exercise(subject)
    switch exercise.component.kind {
    case .optimizer:
      for numbers in try OptimizerChecks.trace(exercise, seed: 1) { add(numbers) }
    case .solver: add(try SolverChecks.evolved(subject, .groundState).densities)
    case .model:
      let (model, mapping) = try exercise.model()
      let points = try (0..<2).map { try model.initialParameters(start: $0) }
      for point in points { add(point) }
      add(try ModelTrial(model, mapping, subject).forward(points))
    case .dataset:
      let dataset = try exercise.dataset()
      let rows = Array(DatasetChecks.rows(dataset, .train).prefix(50))
      let read = try DatasetChecks.read(dataset, .train, rows)
      add(read.inputs)
      add(read.targets)
    case .target:
      for artifact in try TargetChecks.compiled(subject).result.artifacts { add(artifact.bytes) }
    }
    return digest.finish()
  }

  /// The same of another process, which starts again.
  static func elsewhere(_ subject: CheckSubject) throws -> String {
    let child = try ChildProcess(
      running: FileAccess.resolved("/proc/self/exe"),
      [CheckRunner.command, subject.path, word, subject.componentName, "\(subject.seed)"]
        + subject.settings, timeoutSeconds: 10)
    guard let verdict = CheckRunner.verdict(of: child.output), verdict.state == .passed else {
      throw CheckFailure("in another process it gave nothing")
    }
    return verdict.message
  }
}
