import ClassicalOptimizers
import QHostInterfaces
import QHostTesting
import Testing

/// An optimizer with options, for suites that all of them pass.
struct EveryOptimizer: Sendable, CustomTestStringConvertible {
  let kind: any (OptimizerComponent & SendableMetatype).Type
  let changes: [String: ParameterValue]

  init(
    _ kind: any (OptimizerComponent & SendableMetatype).Type,
    _ changes: [String: ParameterValue] = [:]
  ) {
    self.kind = kind
    self.changes = changes
  }

  var testDescription: String {
    kind.descriptor.name
      + changes.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
  }

  var needsGradient: Bool { kind.requiredQueries.contains(.gradient) }

  static let searches = [
    EveryOptimizer(GeneticAlgorithm.self),
    EveryOptimizer(
      GeneticAlgorithm.self,
      ["crossover": .choice("blend", index: 1), "mutation": .choice("polynomial", index: 1)]),
    EveryOptimizer(GeneticAlgorithm.self, ["crossover": .choice("sbx", index: 2)]),
    EveryOptimizer(SimulatedAnnealing.self, ["batch_stretch": .integer(7)]),
    EveryOptimizer(SimulatedAnnealing.self, ["proposal": .choice("coordinate", index: 1)]),
    EveryOptimizer(
      SimulatedAnnealing.self,
      ["proposal": .choice("all", index: 2), "distribution": .choice("cauchy", index: 2)]),
    EveryOptimizer(
      SimulatedAnnealing.self,
      [
        "cycles": .integer(3), "cycle_start": .choice("random", index: 2),
        "batch_stretch": .integer(20),
        "cooling": .choice("logarithmic", index: 3),
      ]),
    EveryOptimizer(
      SimulatedAnnealing.self, ["cycles": .integer(3), "batch_stretch": .integer(20)]),
    EveryOptimizer(RandomSearch.self),
  ]

  static let descents = [
    EveryOptimizer(Adam.self),
    EveryOptimizer(
      Adam.self,
      [
        "amsgrad": .boolean(true), "weight_decay": .real(0.1), "averaging_start": .real(0.5),
        "clip_norm": .real(1),
      ]),
    EveryOptimizer(StochasticGradientDescent.self),
    EveryOptimizer(
      StochasticGradientDescent.self,
      [
        "nesterov": .boolean(true), "schedule": .choice("exponential", index: 3),
        "averaging_start": .real(0.5),
      ]),
  ]

  static let all = searches + descents
}

/// A bowl with ripples, different for each batch, that is infeasible in a corner.
func bowl(_ x: ArraySlice<Double>, _ batch: Int) -> (loss: Double, gradient: [Double]) {
  let centre = 0.3 * Double(batch % 5)
  let loss = x.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
  let corner = x.allSatisfy { $0 > 1.5 }
  return (corner ? .infinity : loss, x.map { 2 * ($0 - centre) })
}
