import QHostInterfaces
import QHostRuntime

/// Figures of a split, for people.
enum MetricText {
  /// The figures, each with its unit and its standard error where it has them; the loss first.
  static func figures(
    _ metrics: [String: Double], _ errors: [String: Double], _ facts: [String: MetricFacts]?
  ) -> [String] {
    metrics.sorted { rank($0.key) < rank($1.key) }.map { name, value in
      let text = { name == "accuracy" ? Numbers.percent($0) : Numbers.short($0) }
      let error = errors[name].map { " ± \(text($0))" } ?? ""
      return "\(name) \(text(value))\(error)" + (facts?[name]?.unit.map { " \($0)" } ?? "")
        + direction(facts?[name])
    }
  }

  /// Which values of a component's metric are better, where some are; the host's own figures are known.
  private static func direction(_ facts: MetricFacts?) -> String {
    guard let facts, facts.direction != .neutral else { return "" }
    return " (\(facts.directionWords))"
  }

  private static func rank(_ name: String) -> String { name == "loss" ? "" : name }
}
