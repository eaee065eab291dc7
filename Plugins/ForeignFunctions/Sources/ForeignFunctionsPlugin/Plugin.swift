public import CQHost
internal import ForeignFunctions
internal import QHostSDK

private let plugin = PluginTable(
  name: "foreign-functions", version: "0.1.0",
  summary: "Functions of C that were not written for qhost.",
  components: [
    .dataset(Foreign.self), .loopOptimizer(ForeignOptimizer.self),
    .loopOptimizer(ForeignGradientOptimizer.self),
  ])

/// The entry that the host looks for.
@c @implementation
public func qhost_plugin_entry_v1(
  _ host: UnsafePointer<qhost_host>?, _ error: UnsafeMutablePointer<qhost_error>?
) -> UnsafePointer<qhost_plugin>? {
  plugin.enter(host, error)
}
