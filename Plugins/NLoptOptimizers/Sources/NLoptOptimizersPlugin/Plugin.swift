public import CQHost
internal import NLoptOptimizers
internal import QHostSDK

private let plugin = PluginTable(
  name: "nlopt-optimizers", version: "0.1.0",
  summary: "Algorithms of the NLopt library, where that library is installed.",
  components: [
    .loopOptimizer(NLopt.self), .loopOptimizer(NLoptGradient.self),
  ])

/// The entry that the host looks for.
@c @implementation
public func qhost_plugin_entry_v1(
  _ host: UnsafePointer<qhost_host>?, _ error: UnsafeMutablePointer<qhost_error>?
) -> UnsafePointer<qhost_plugin>? {
  plugin.enter(host, error)
}
