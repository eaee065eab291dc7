public import CQHost
internal import ClassicalOptimizers
internal import QHostSDK

private let plugin = PluginTable(
  name: "classical-optimizers", version: "0.1.0",
  summary:
    "Adam, stochastic gradient descent, least squares, a genetic algorithm, annealing and random search.",
  components: [
    .optimizer(Adam.self), .optimizer(StochasticGradientDescent.self),
    .optimizer(GeneticAlgorithm.self), .optimizer(SimulatedAnnealing.self),
    .optimizer(RandomSearch.self), .optimizer(LatticeDescent.self), .optimizer(LeastSquares.self),
  ])

/// The entry that the host looks for.
@c @implementation
public func qhost_plugin_entry_v1(
  _ host: UnsafePointer<qhost_host>?, _ error: UnsafeMutablePointer<qhost_error>?
) -> UnsafePointer<qhost_plugin>? {
  plugin.enter(host, error)
}
