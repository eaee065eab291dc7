internal import QHostRuntime

/// The problems of a comparison, as others may call them.
struct ImportedProblems {
  private var byName: [String: [ProblemLabels: CellResult]] = [:]
  private var byFunction: [BBOBFunction: [ProblemLabels: CellResult]] = [:]
  /// What can be named, for messages.
  let names: String

  /// Takes the problems that have a result: what a run is like is seen from one.
  init(_ union: JournalUnion) {
    var order: [String] = []
    for (_, entry) in union.entries.sorted(by: { $0.key < $1.key }) {
      guard case .finished(let result) = entry, !result.isImported else { continue }
      let labels = ProblemLabels(result.labels)
      let words = [
        labels.text, result.labels.problemText, labels.dataset, result.run.dataset.name,
      ]
      for name in Set(words) where byName[name]?[labels] == nil {
        byName[name, default: [:]][labels] = result
      }
      if !order.contains(labels.text) { order.append(labels.text) }
      if let function = try? BBOBFunction(result), byFunction[function]?[labels] == nil {
        byFunction[function, default: [:]][labels] = result
      }
    }
    names = order.map { "'\($0)'" }.joined(separator: ", ")
  }

  /// A result on the problem of a run; `nil`: a function of a suite that the comparison does not have.
  ///
  /// - Throws: kind `data` for a name that no problem has, or more than one.
  func example(of run: ImportedRun) throws(RunError) -> CellResult? {
    switch run.problem {
    case .function(let id, let dimension):
      let found = byFunction.first { $0.key.id == id && $0.key.dimension == dimension }?.value
      return found?.min { $0.key.text < $1.key.text }?.value
    case .named(let name):
      let found = byName[name] ?? [:]
      guard let example = found.values.first, found.count == 1 else {
        throw RunError(
          .data,
          "--import: \(run.place): "
            + (found.isEmpty
              ? "the comparison has no problem '\(name)'"
              : "'\(name)' is more than one problem of the comparison")
            + "; name one of \(names)")
      }
      return example
    }
  }
}
