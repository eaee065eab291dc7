import Logging
import QHostBridging
import QHostInterfaces
package import QHostRuntime
import QHostSDK
import QHostTesting
import Testing

/// The components of these tests behind the C interface, as if they were in a library.
package enum InProcessPlugin {
  private static let table = PluginTable(
    vendor: "tests", name: "in-process", version: "0.0.1", summary: "For tests.",
    components: [
      .optimizer(Sweeper.self), .optimizer(Walker.self), .optimizer(Follower.self),
      .optimizer(Drawer.self), .optimizer(Tandem.self),
      .loopOptimizer(Looper.self),
      .model(LinearModel.self), .model(IdentityModel.self), .model(DrawingModel.self),
      .model(Wrapper.self), .model(GeneratorModel.self), .model(FromModel.self),
      .model(LeakyModel.self),
      .dataset(WaveDataset.self), .model(Mirror.self), .solver(IdleSolver.self),
      .dataset(PlaneDataset.self),
      .dataset(NoisyDataset.self), .dataset(BowlScenario.self), .dataset(FencedScenario.self),
      .dataset(GoalScenario.self), .dataset(GustyScenario.self), .model(MeasuredModel.self),
      .dataset(MeasuredDataset.self),
    ])

  /// A catalogue of them.
  package static func catalogue() throws -> PluginCatalogue {
    let host = HostTable(TestHost())
    let pointer = try #require(table.enter(host.pointer, nil))
    return PluginCatalogue(
      [try PluginLibrary(path: "in-process", table: pointer)], services: TestHost())
  }

  /// What the components of a run have in common.
  package static func common(
    seed: UInt64 = 1, threads: Int = 1, cancellation: Cancellation = Cancellation(),
    hear: @escaping @Sendable (String) -> Void = { _ in }
  ) -> RunServices.Common {
    var logger = Logger(label: "tests") { _ in Listener(hear: hear) }
    logger.logLevel = .debug
    return RunServices.Common(
      seed: seed, pool: WorkerPool(threadCount: threads), cancellation: cancellation,
      dataFolders: DataFolders(environment: [:]), logger: logger)
  }
}
