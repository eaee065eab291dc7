import Foundation

/// What the built plugins hold, as `qhost plugins` says.
enum Catalogue {
  /// All components, by kind.
  static let components: [String: [String]] = {
    guard let program = try? Program(), let object = try? program.run("plugins", "--json").json(),
      let plugins = object["plugins"] as? [[String: Any]]
    else { return [:] }
    var names: [String: [String]] = [:]
    for plugin in plugins {
      let held = (plugin["plugin"] as? [String: Any])?["components"] as? [[String: String]] ?? []
      for component in held {
        names[component["kind"] ?? "", default: []].append(component["name"] ?? "")
      }
    }
    return names.mapValues { $0.sorted() }
  }()

  /// The optimizers.
  static let optimizers = components["optimizer"] ?? []
  /// Those of them that need a gradient.
  static let gradientOptimizers = ["adam", "sgd"]
}
