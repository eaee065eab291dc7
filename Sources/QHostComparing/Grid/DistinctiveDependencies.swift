internal import QHostRuntime

/// The dependencies that tell combinations apart: those that differ though all above them is the same.
///
/// A solver that is the only one of its optimizer need not be told.
public struct DistinctiveDependencies: Sendable {
  /// A dependency, below components of these labels.
  private struct Group: Hashable {
    let place: String
    let above: [String?]

    init(_ place: String, of labels: CellLabels) {
      self.place = place
      let words = place.split(separator: ".")
      above = (1..<max(words.count, 1)).map { labels[words.prefix($0).joined(separator: ".")] }
    }
  }

  private let groups: Set<Group>

  /// Looks at combinations.
  public init(_ combinations: [CellLabels]) {
    let places = Set(combinations.flatMap(\.dependencies.keys))
    var values: [Group: Set<String?>] = [:]
    for labels in combinations {
      for place in places { values[Group(place, of: labels), default: []].insert(labels[place]) }
    }
    groups = Set(values.filter { $0.value.count > 1 }.keys)
  }

  /// Their places, in order.
  public var places: [String] { Set(groups.map(\.place)).sorted() }

  /// A component with those that it depends on, as far as they tell it apart.
  ///
  /// - Parameters:
  ///   - root: `optimizer`, `model`, `dataset` or `target`.
  ///   - labels: the combination.
  /// - Returns: the words; `nil` where there is no component.
  public func text(at root: String, of labels: CellLabels) -> String? {
    let told = labels.dependencies.keys.filter { groups.contains(Group($0, of: labels)) }
    return labels.text(at: root) { place in
      told.contains { $0 == place || $0.hasPrefix(place + ".") }
    }
  }
}
