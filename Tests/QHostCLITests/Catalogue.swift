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

  /// The optimizers that need a library which this machine lacks, as `qhost doctor` says.
  static let absentOptimizers: [String] = {
    let text = (try? Program().run("doctor"))?.output ?? ""
    return text.matches(of: /optimizer '([a-z0-9-]+)' cannot be used/).map { String($0.1) }
  }()

  /// The optimizers that can be used here.
  static let optimizers = (components["optimizer"] ?? [])
    .filter { !absentOptimizers.contains($0) && !describedOptimizers.contains($0) }
  /// Those that are nothing without the file of a library; their plugin tests them.
  static let describedOptimizers = ["foreign", "foreign-gradient", "stochastic-reconfiguration"]
  /// Those of them that train any model: `none` leaves parameters as they are.
  static let trainingOptimizers = optimizers.filter {
    $0 != "none" && !quadraticOptimizers.contains($0)
  }
  /// Those of them that find the least of a quadratic loss alone, and stop where another one is.
  static let quadraticOptimizers = ["least-squares"]
  /// Those of them that need a gradient.
  static let gradientOptimizers = ["adam", "sgd", "nlopt-gradient", "least-squares"]
  /// Those that look along each parameter before they go anywhere.
  static let stepwiseOptimizers = ["alternating", "cobyla", "nelder-mead", "nlopt"]
}
