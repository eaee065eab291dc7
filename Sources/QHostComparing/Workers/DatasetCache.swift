internal import QHostRuntime

/// Datasets that a worker has in memory, the last few of them.
///
/// A dataset is used for another seed as long as it draws no random numbers: those depend on the seed.
struct DatasetCache {
  /// How many.
  static let capacity = 4

  private struct Key: Equatable {
    var dataset: String
    var settings: Settings
    var scaling: String?
    var targetScaling: String?
  }

  private struct Entry {
    var key: Key
    var seed: UInt64
    var data: DataAssembly
  }

  /// The least recently used first.
  private var entries: [Entry] = []
  private var lastWasReused = false

  /// The data of a run.
  mutating func data(
    _ specification: RunSpecification, _ plan: ComponentPlan, _ common: RunServices.Common
  ) throws(RunError) -> DataAssembly {
    let key = Self.key(specification)
    lastWasReused = false
    if let place = entries.firstIndex(where: { $0.key == key }) {
      let entry = entries.remove(at: place)
      if !entry.data.isRandom || entry.seed == specification.seed {
        entries.append(entry)
        lastWasReused = entry.seed != specification.seed
        return entry.data
      }
    }
    if entries.count >= Self.capacity { entries.removeFirst() }
    let data = try DataAssembly(
      plan, scaling: specification.scaling, targetScaling: specification.targetScaling,
      common: common)
    entries.append(Entry(key: key, seed: specification.seed, data: data))
    return data
  }

  /// Drops the data of a run.
  ///
  /// - Returns: whether they had been read for another seed.
  mutating func forget(_ specification: RunSpecification) -> Bool {
    guard lastWasReused else { return false }
    let key = Self.key(specification)
    entries.removeAll { $0.key == key }
    return true
  }

  private static func key(_ specification: RunSpecification) -> Key {
    Key(
      dataset: specification.dataset, settings: specification.settings.under("dataset"),
      scaling: specification.scaling, targetScaling: specification.targetScaling)
  }
}
