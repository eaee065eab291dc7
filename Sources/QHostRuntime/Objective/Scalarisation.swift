internal import Glibc
internal import QHostInterfaces

/// How one loss is made of several objectives.
///
/// By weights: Σ wᵢ zᵢ, with Σ wᵢ = 1 and zᵢ the objective between its ideal, 0, and its reference, 1. By
/// alpha-fairness, for objectives of which more is better: −Σ wᵢ U(xᵢ), with U(x) = x^(1−α)/(1−α), log x for α = 1
/// (J. Mo and J. Walrand, "Fair end-to-end window-based congestion control", 2000); α = 0 is the sum, α → ∞ the
/// least.
public struct Scalarisation: Codable, Sendable, Equatable {
  /// By the objectives' names, 0 or more; empty: all the same.
  public var weights: [String: Double] = [:]
  /// α ≥ 0; `nil`: a weighted sum.
  public var fairness: Double?

  /// A weighted sum in which all objectives weigh the same.
  public init() {}

  /// Reads what users write; `nil` for neither.
  ///
  /// - Parameters:
  ///   - weights: `NAME=WEIGHT,...`; `nil`: all weigh the same.
  ///   - fairness: α; `nil`: a weighted sum.
  /// - Throws: kind `usage`.
  public init?(weights: String?, fairness: Double?) throws(RunError) {
    guard weights != nil || fairness != nil else { return nil }
    if let fairness, !(fairness >= 0 && fairness.isFinite) {
      throw RunError(.usage, "--fairness cannot be \(fairness): it must be 0 or more")
    }
    self.fairness = fairness
    for word in (weights ?? "").split(separator: ",") {
      let parts = word.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let weight = Double(parts[1]), weight >= 0, weight.isFinite else {
        throw RunError(
          .usage, "--weights has '\(word)'; write NAME=WEIGHT for each objective, WEIGHT 0 or more")
      }
      guard self.weights.updateValue(weight, forKey: String(parts[0])) == nil else {
        throw RunError(.usage, "--weights names '\(parts[0])' twice; leave one out")
      }
    }
  }

  /// The weights as users write them; `nil`: all weigh the same.
  public var weightsText: String? {
    guard !weights.isEmpty else { return nil }
    return weights.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      .joined(separator: ",")
  }
}

extension Scalarisation? {
  /// The weights; set where there was nothing, the rest is as it is by itself.
  public var weights: [String: Double] {
    get { self?.weights ?? [:] }
    set {
      var value = self ?? Scalarisation()
      value.weights = newValue
      self = value
    }
  }

  /// α, alike.
  public var fairness: Double? {
    get { self?.fairness }
    set {
      var value = self ?? Scalarisation()
      value.fairness = newValue
      self = value
    }
  }
}

/// The loss that is made of the objectives of a scenario.
struct ScalarLoss {
  private let objectives: [ObjectiveDescription]
  /// wᵢ, their sum 1.
  private let weights: [Double]
  private let fairness: Double?

  /// Checks that a scalarisation fits the objectives of a scenario.
  ///
  /// - Parameters:
  ///   - objectives: the scenario's.
  ///   - scalarisation: `nil`: all weigh the same.
  ///   - culprit: who has them.
  /// - Throws: kind `usage`, for names and numbers that do not fit.
  init(
    _ objectives: [ObjectiveDescription], _ scalarisation: Scalarisation?, culprit: String
  ) throws(RunError) {
    let scalarisation = scalarisation ?? Scalarisation()
    let names = objectives.map(\.name)
    for (name, weight) in scalarisation.weights.sorted(by: { $0.key < $1.key }) {
      guard names.contains(name) else {
        throw RunError(
          .usage,
          "\(culprit) has no objective '\(name)'" + Suggestion.sentence(for: name, among: names))
      }
      guard weight >= 0, weight.isFinite else {
        throw RunError(
          .usage, "the weight of objective '\(name)' cannot be \(weight); give 0 or more")
      }
    }
    let given = names.map { name in
      scalarisation.weights.isEmpty ? 1 : scalarisation.weights[name] ?? 0
    }
    let sum = given.reduce(0, +)
    guard sum > 0 else {
      throw RunError(.usage, "all weights of objectives are 0; give one of them more")
    }
    if let fairness = scalarisation.fairness {
      guard fairness >= 0, fairness.isFinite else {
        throw RunError(.usage, "--fairness cannot be \(fairness); give 0 or more")
      }
      for (objective, weight) in zip(objectives, given) where weight > 0 && !objective.isMaximised {
        throw RunError(
          .usage,
          "alpha-fairness is of objectives of which more is better, and less of '\(objective.name)' is; "
            + "use --weights, or give it the weight 0")
      }
    }
    self.objectives = objectives
    weights = given.map { $0 / sum }
    fairness = scalarisation.fairness
  }

  /// The loss of objectives [M], each in its own unit; ∞ where one of them is not finite, or not above 0
  /// where fairness needs it.
  func loss(of values: some RandomAccessCollection<Double>) -> Double {
    var loss = 0.0
    for ((objective, value), weight) in zip(zip(objectives, values), weights) where weight > 0 {
      guard value.isFinite else { return .infinity }
      guard let fairness else {
        loss += weight * objective.normalised(value)
        continue
      }
      guard value > 0 || (value == 0 && fairness < 1) else { return .infinity }
      loss -= weight * utility(value, fairness)
    }
    return loss
  }

  private func utility(_ value: Double, _ alpha: Double) -> Double {
    alpha == 1 ? log(value) : pow(value, 1 - alpha) / (1 - alpha)
  }
}
