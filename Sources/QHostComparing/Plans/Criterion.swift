internal import QHostRuntime

/// What an experiment must find: a figure over runs, compared with a threshold.
///
///     of: {optimizer: tunneling}          the runs, by components on some of their axes; an axis is optimizer,
///                                         solver, model, dataset, target or a place such as model.inner; of
///                                         online runs also learning: continual, once or retrained
///     against: {optimizer: adam}          others that go with them, optional
///     metric: test accuracy               or evaluations, passes, seconds, cpu seconds, reached,
///                                         target accuracy, agreement, bytes, cycles; of online runs error, error
///                                         after drift, rows until back, microseconds, passes, evaluations
///     aggregate: median                   or mean, min, max, range, deviation
///     paired: true                        see below
///     at_least: 0.9                       or at_most, above, below
///
/// With `against`, the figure is a difference: paired, the aggregate of the differences between runs that
/// have all other axes and the seed in common; else the difference of the two aggregates.
public struct Criterion: Sendable {
  /// A component on some of the axes, with those of its parameters that matter.
  typealias Selection = [String: ComponentChoice]

  /// How a figure is compared.
  enum Comparison: String, CaseIterable {
    case atLeast = "at_least"
    case atMost = "at_most"
    case above
    case below

    var words: String { rawValue.replacing("_", with: " ") }

    func holds(_ value: Double, _ threshold: Double) -> Bool {
      // A mean of differences that is the threshold on paper may be below it by the rounding of its sum.
      let rounding = 1e-12 * max(1, abs(threshold))
      return switch self {
      case .atLeast: value >= threshold - rounding
      case .atMost: value <= threshold + rounding
      case .above: value > threshold
      case .below: value < threshold
      }
    }
  }

  private static let axes = ["optimizer", "solver", "model", "dataset", "target", "learning"]
  private static let keys = ["of", "against", "metric", "aggregate", "paired"]

  let selection: Selection
  let others: Selection?
  let metric: String
  let aggregate: Aggregate
  let isPaired: Bool
  let comparison: Comparison
  let threshold: Double
  /// Where it is written.
  let place: String

  /// Reads one.
  init(reading node: PlanNode) throws(RunError) {
    place = node.place
    let comparisons = Comparison.allCases.map(\.rawValue)
    let values = try node.values(of: Self.keys + comparisons)
    func value(_ key: String) -> PlanNode? { values.first { $0.key == key }?.value }
    guard let of = value("of"), let metric = value("metric"), let aggregate = value("aggregate")
    else {
      throw node.error("a criterion needs 'of', 'metric' and 'aggregate'; write them")
    }
    selection = try Self.selection(of)
    others = try value("against").map { (node) throws(RunError) in try Self.selection(node) }
    self.metric = try metric.text()
    let name = try aggregate.text()
    guard let found = Aggregate(rawValue: name) else {
      throw aggregate.error(
        "there is no aggregate '\(name)'"
          + Suggestion.sentence(for: name, among: Aggregate.allCases.map(\.rawValue)))
    }
    self.aggregate = found
    isPaired = try value("paired").map { (node) throws(RunError) in try node.truth() } ?? true
    let limits = values.filter { comparisons.contains($0.key) }
    guard let limit = limits.first, limits.count == 1,
      let comparison = Comparison(rawValue: limit.key)
    else {
      throw node.error(
        "a criterion needs one of \(comparisons.joined(separator: ", ")), with a number")
    }
    self.comparison = comparison
    threshold = try limit.value.number()
  }

  private static func selection(_ node: PlanNode) throws(RunError) -> Selection {
    var selection: Selection = [:]
    for (key, value) in try node.values(of: axes, or: ComparisonPlan.isPlaceOfDependency) {
      let axis = key == "solver" ? "optimizer.solver" : key
      let text = try value.text()
      let choices = try value.locating { () throws(RunError) in try GridExpression.choices(text) }
      guard choices.count == 1 else { throw value.error("'\(text)' is not one \(key)") }
      selection[axis] = choices[0]
    }
    return selection
  }

  /// What is measured, in words.
  public var subject: String {
    let words = { (selection: Selection) in
      let places = selection.keys.filter { $0.contains(".") }.sorted()
      return (["optimizer"] + places + ["model", "dataset", "target", "learning"])
        .compactMap { selection[$0]?.label }.joined(separator: ", ")
    }
    let figure = "\(aggregate.rawValue) of \(metric)"
    guard let others else { return "\(words(selection)): \(figure)" }
    return "\(words(selection)) less \(words(others)): \(figure)"
      + (isPaired ? " of pairs" : "")
  }

  /// What it must be, in words, for example `at least 0.9`.
  public var condition: String { "\(comparison.words) \(threshold)" }
}
