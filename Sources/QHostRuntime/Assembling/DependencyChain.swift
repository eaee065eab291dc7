internal import QHostInterfaces

/// The components from a place of the run down to one that is being planned, each of which depends on the next.
struct DependencyChain {
  /// The most components in a chain.
  private static let limit = 8

  private var links: [(kind: ComponentKind, name: String, place: String)] = []

  /// The chain with one component more.
  func adding(_ kind: ComponentKind, _ name: String, at place: String) -> DependencyChain {
    var longer = self
    longer.links.append((kind, name, place))
    return longer
  }

  /// Refuses a dependency that leads to no end: by default it is a component that is in the chain already, or the
  /// chain is long enough.
  ///
  /// - Parameters:
  ///   - dependency: what the last component of the chain depends on.
  ///   - place: where it stands.
  ///   - settings: what the user set; who sets something further below wants the default here.
  /// - Throws: kind `usage`, with the chain.
  func check(
    _ dependency: DependencyDescriptor, at place: String, settings: Settings
  ) throws(RunError) {
    guard let last = links.last else { return }
    let needs = "\(last.kind) '\(last.name)' needs a \(dependency.kind) at '\(place)'"
    let name = settings[place] ?? dependency.defaultComponent
    let isRepeated = links.contains { $0.kind == dependency.kind && $0.name == name }
    if isRepeated, settings.under(place).values.isEmpty {
      throw RunError(
        .usage,
        "\(needs), which is '\(name)' again (\(words(with: name))) and so on without end; set \(place) "
          + "to another \(dependency.kind)")
    }
    guard links.count < Self.limit else {
      throw RunError(
        .usage,
        "\(needs), below \(links.count) others (\(words(with: name))); set a place above it to a "
          + "\(dependency.kind) that needs none, there may be \(Self.limit) components in a chain")
    }
  }

  private func words(with name: String) -> String {
    (links.map(\.name) + [name]).joined(separator: " > ")
  }
}
