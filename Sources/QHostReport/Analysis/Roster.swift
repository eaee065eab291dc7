internal import QHostComparing
internal import QHostRuntime

/// What combinations are called, and in which order they stand, on every problem alike.
struct Roster {
  private struct Key: Hashable {
    var optimizer: String
    var solver: String?
  }

  private let keys: [Key]
  private let places: [Key: Int]
  /// Optimizers that stand in the plan with several solvers.
  private let ambiguous: Set<String>

  /// Takes the combinations of a plan.
  init(_ combinations: [CellLabels]) {
    var keys: [Key] = []
    var places: [Key: Int] = [:]
    for labels in combinations {
      let key = Self.key(labels)
      guard places[key] == nil else { continue }
      places[key] = keys.count
      keys.append(key)
    }
    self.keys = keys
    self.places = places
    let counts = Dictionary(keys.map { ($0.optimizer, 1) }, uniquingKeysWith: +)
    ambiguous = Set(counts.filter { $0.value > 1 }.keys)
  }

  /// The names, in order.
  var names: [String] { keys.map(name) }

  /// Refuses a name that no combination has.
  ///
  /// - Throws: kind `usage`, with the names that there are.
  func check(_ name: String) throws(RunError) {
    guard !names.contains(name) else { return }
    throw RunError(
      .usage,
      "no combination of the comparison is called '\(name)'; the reference can be one of "
        + names.map { "'\($0)'" }.joined(separator: ", "))
  }

  /// What a combination is called: its optimizer, and its solver where that is needed to tell it apart.
  func name(of labels: CellLabels) -> String { name(Self.key(labels)) }

  /// Its place, from 0.
  func series(of labels: CellLabels) -> Int { places[Self.key(labels)] ?? 0 }

  private func name(_ key: Key) -> String {
    guard let solver = key.solver, ambiguous.contains(key.optimizer) else { return key.optimizer }
    return "\(key.optimizer) with \(solver)"
  }

  private static func key(_ labels: CellLabels) -> Key {
    Key(optimizer: labels.optimizer, solver: labels.solver)
  }
}
