internal import QHostRuntime

/// How workers share cells, played through without doing them.
package struct CellSchedule {
  private struct Worker {
    /// When it has done what it was given.
    var seconds = 0.0
    /// The datasets that it has in memory, the last used one last.
    var datasets: [String] = []
  }

  private var workers: [Worker]

  /// Begins with workers that have done nothing.
  package init(jobs: Int) { workers = [Worker](repeating: Worker(), count: max(jobs, 1)) }

  /// When the last worker has done its last cell.
  package var seconds: Double { workers.map(\.seconds).max() ?? 0 }

  /// Gives a training to the worker that is free first.
  ///
  /// - Parameters:
  ///   - costs: those of its cells, which differ in their target alone: at least one.
  ///   - dataset: the label of their dataset.
  package mutating func add(_ costs: [CellCost], dataset: String) {
    guard let place = workers.indices.min(by: { workers[$0].seconds < workers[$1].seconds }),
      let training = costs.first
    else { return }
    workers[place].seconds += training.run + costs.reduce(0) { $0 + $1.beside }
    if let known = workers[place].datasets.firstIndex(of: dataset) {
      workers[place].datasets.remove(at: known)
    } else {
      workers[place].seconds += training.first
      if workers[place].datasets.count >= DatasetCache.capacity {
        workers[place].datasets.removeFirst()
      }
    }
    workers[place].datasets.append(dataset)
  }
}
