import ClassicalOptimizers
import QHostInterfaces
import QHostTesting

/// The optimizers of this plugin, with options.
extension EveryOptimizer {
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
    EveryOptimizer(SimulatedAnnealing.self, ["single_steps": .integer(11)]),
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
