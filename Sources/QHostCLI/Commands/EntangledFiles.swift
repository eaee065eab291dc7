import QHostRuntime

/// The models that are compared: those of one model on one dataset, in the order of their passes.
struct EntangledFiles {
  let models: [(path: String, file: ModelFile)]

  /// Reads them.
  ///
  /// - Parameter paths: files, and folders of runs.
  /// - Throws: kind `data` for a file that is not a model, `usage` for models that have nothing in common.
  init(_ paths: [String]) throws(RunError) {
    var models: [(path: String, file: ModelFile)] = []
    for path in paths {
      let end = RunFolder.model(in: path)
      var files = end == path ? [] : TrainingRun.snapshotNames(in: path).map { "\(path)/\($0)" }
      files.append(end)
      for name in files {
        let file = try ModelFile(reading: name)
        let place = file.description.snapshot
        // What the run ended with may have been kept just before.
        if name == end, let place, let last = models.last, last.path.hasPrefix("\(path)/"),
          last.file.description.snapshot == place
        {
          models.removeLast()
        }
        models.append((name, file))
      }
    }
    guard let first = models.first else { throw RunError(.usage, "name a model") }
    for model in models {
      let (one, other) = (
        first.file.description.specification, model.file.description.specification
      )
      guard one.model == other.model, one.dataset == other.dataset else {
        throw RunError(
          .usage,
          "'\(model.path)' is of model '\(other.model)' on '\(other.dataset)', '\(first.path)' of '\(one.model)' on "
            + "'\(one.dataset)'; measure them one by one")
      }
    }
    self.models = models
  }
}
