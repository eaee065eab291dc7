public import CQHost
internal import EvolutionaryOptimizers
internal import QHostSDK

private let plugin = PluginTable(
  name: "evolutionary-optimizers", version: "0.1.0",
  summary: "CMA-ES, differential evolution, a particle swarm, an evolution strategy, simplices.",
  components: [
    .optimizer(CovarianceAdaptation.self), .optimizer(DifferentialEvolution.self),
    .optimizer(ParticleSwarm.self), .optimizer(NelderMead.self), .optimizer(COBYLA.self),
    .optimizer(Alternating.self), .optimizer(EvolutionStrategy.self),
  ])

/// The entry that the host looks for.
@c @implementation
public func qhost_plugin_entry_v1(
  _ host: UnsafePointer<qhost_host>?, _ error: UnsafeMutablePointer<qhost_error>?
) -> UnsafePointer<qhost_plugin>? {
  plugin.enter(host, error)
}
