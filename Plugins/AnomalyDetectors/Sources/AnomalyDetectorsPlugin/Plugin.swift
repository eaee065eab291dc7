internal import AnomalyDetectors
public import CQHost
internal import QHostSDK

private let plugin = PluginTable(
  name: "anomaly-detectors", version: "0.1.0",
  summary: "Detectors that score the points of streams as they come, and no optimizer.",
  components: [
    .model(RandomDetector.self), .model(WindowedGaussian.self), .model(SubsequencePCA.self),
    .model(PolynomialDetector.self), .model(NoveltyDetector.self),
    .model(SpikingNoveltyDetector.self),
    .optimizer(NoOptimizer.self),
  ])

/// What the host looks for in the library.
@c @implementation
public func qhost_plugin_entry_v1(
  _ host: UnsafePointer<qhost_host>?, _ error: UnsafeMutablePointer<qhost_error>?
) -> UnsafePointer<qhost_plugin>? {
  plugin.enter(host, error)
}
