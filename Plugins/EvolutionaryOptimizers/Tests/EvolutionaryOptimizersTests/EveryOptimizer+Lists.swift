import EvolutionaryOptimizers
import QHostInterfaces
import QHostTesting

/// The optimizers of this plugin, with options.
extension EveryOptimizer {
  /// Those that compare losses of one query only, and so take minibatches.
  static let generational = [
    EveryOptimizer(CovarianceAdaptation.self),
    EveryOptimizer(
      CovarianceAdaptation.self,
      ["covariance": .choice("separable", index: 2), "restarts": .choice("ipop", index: 1)]),
    EveryOptimizer(
      CovarianceAdaptation.self, ["active": .boolean(false), "tolerance": .real(0.5)]),
    EveryOptimizer(
      CovarianceAdaptation.self,
      ["restarts": .choice("none", index: 0), "population": .integer(20)]),
    EveryOptimizer(EvolutionStrategy.self),
    EveryOptimizer(
      EvolutionStrategy.self,
      [
        "update": .choice("momentum", index: 1), "weight_decay": .real(0.1), "pairs": .integer(3),
        "schedule": .choice("linear", index: 2),
      ]),
  ]

  /// Those that compare losses of different queries.
  static let comparing = [
    EveryOptimizer(DifferentialEvolution.self),
    EveryOptimizer(
      DifferentialEvolution.self, ["population": .integer(8), "tolerance": .real(0.5)]),
    EveryOptimizer(
      DifferentialEvolution.self,
      ["reduction": .boolean(false), "archive": .real(0), "restarts": .boolean(false)]),
    EveryOptimizer(ParticleSwarm.self),
    EveryOptimizer(ParticleSwarm.self, ["topology": .choice("ring", index: 1)]),
    EveryOptimizer(
      ParticleSwarm.self, ["topology": .choice("global", index: 2), "population": .integer(5)]),
    EveryOptimizer(COBYLA.self),
    EveryOptimizer(COBYLA.self, ["rho_begin": .real(0.25), "rho_end": .real(0.1)]),
    EveryOptimizer(Alternating.self),
    EveryOptimizer(
      Alternating.self, ["first_evaluations": .integer(20), "second_evaluations": .integer(10)]),
    EveryOptimizer(NelderMead.self),
    EveryOptimizer(
      NelderMead.self, ["restarts": .choice("random", index: 1), "tolerance": .real(0.1)]),
    EveryOptimizer(
      NelderMead.self, ["adaptive": .boolean(false), "restarts": .choice("none", index: 0)]),
  ]

  static let all = generational + comparing
}
