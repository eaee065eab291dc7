import NLoptOptimizers
import QHostInterfaces
import QHostTesting
import Testing

/// A component with one of its algorithms, for suites that all of them pass.
struct EveryAlgorithm: Sendable, CustomTestStringConvertible {
  let kind: any (LoopOptimizerComponent & SendableMetatype).Type
  let algorithm: String?
  private let index: Int

  var testDescription: String {
    [kind.descriptor.name, algorithm].compactMap(\.self).joined(separator: " ")
  }

  /// Its settings, and others.
  func changes(_ others: [String: ParameterValue] = [:]) -> [String: ParameterValue] {
    guard let algorithm else { return others }
    return others.merging(["algorithm": .choice(algorithm, index: index)]) { $1 }
  }

  var needsGradient: Bool { kind.requiredQueries.contains(.gradient) }
  var needsBounds: Bool { ["direct-l", "crs2", "isres", "esch", "mlsl"].contains(algorithm) }

  static let all =
    algorithms(NLopt.self) + algorithms(NLoptGradient.self)

  static func named(_ name: String) -> [EveryAlgorithm] { all.filter { $0.algorithm == name } }

  private static func algorithms(
    _ kind: any (LoopOptimizerComponent & SendableMetatype).Type
  ) -> [EveryAlgorithm] {
    let choices = kind.descriptor.parameters.first { $0.name == "algorithm" }?.choices ?? []
    return choices.enumerated().map {
      EveryAlgorithm(kind: kind, algorithm: $0.element.name, index: $0.offset)
    }
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips, and says so, where NLopt is not installed.
  static var needsNLopt: Self {
    .enabled(if: (try? NLoptLibrary.ofSystem.get()) != nil, "NLopt is not installed (libnlopt0)")
  }
}
