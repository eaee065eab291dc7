package import QHostComparing
internal import QHostRuntime

/// What combinations are called, and in which order they stand, on every problem alike.
package struct Roster {
  /// The labels of an optimizer and of what it depends on, by axis.
  private typealias Key = [String: String]

  /// The names, in order.
  package let names: [String]
  private let places: [Key: Int]

  /// Takes the combinations of a plan.
  package init(_ combinations: [CellLabels]) {
    let distinctive = DistinctiveDependencies(combinations)
    var names: [String] = []
    var places: [Key: Int] = [:]
    for labels in combinations where places[Self.key(labels)] == nil {
      places[Self.key(labels)] = names.count
      names.append(distinctive.text(at: "optimizer", of: labels) ?? labels.optimizer)
    }
    self.names = names
    self.places = places
  }

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

  /// What a combination is called: its optimizer, with what it depends on where that tells it apart.
  package func name(of labels: CellLabels) -> String {
    places[Self.key(labels)].map { names[$0] } ?? labels.optimizer
  }

  /// Its place, from 0.
  func series(of labels: CellLabels) -> Int { places[Self.key(labels)] ?? 0 }

  private static func key(_ labels: CellLabels) -> Key { labels.part(at: "optimizer") }
}
