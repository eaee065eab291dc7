internal import QHostBridging
internal import QHostInterfaces

extension ComponentPlan {
  /// The key, under a model that another one is made around, of the file that it starts from.
  public static let startName = "from"

  /// The file that a model which another one is made around starts from.
  ///
  /// - Throws: kind `usage` for a model that has a parameter or a dependency of that name, and for an empty path.
  static func start(
    of component: ForeignComponent, at place: String, _ settings: Settings
  ) throws(RunError) -> String? {
    let descriptor = component.descriptor
    let names = descriptor.parameters.map(\.name) + descriptor.dependencies.map(\.name)
    guard !names.contains(startName) else {
      throw RunError(
        .usage,
        "\(component.culprit) cannot stand at \(place): it calls something of its own '\(startName)', which "
          + "there is the file that a model starts from; set \(place) to another model")
    }
    let key = "\(place).\(startName)"
    guard let path = settings[key] else { return nil }
    guard !path.isEmpty else {
      throw RunError(
        .usage, "\(key) is empty; name the model.safetensors of a run, or leave it out")
    }
    return path
  }

  /// The files that the models in it start from, by the key that names them.
  public var starts: [String: String] {
    var found: [String: String] = [:]
    for plan in [self] + allDependencies {
      if let start = plan.start { found["\(plan.place).\(Self.startName)"] = start }
    }
    return found
  }
}
