public import CQHost
internal import Compressors
internal import QHostSDK

private let plugin = PluginTable(
  name: "compressors", version: "0.1.0",
  summary: "Models that generate the weights of another model from fewer numbers.",
  components: [
    .model(QNN.self), .model(Subspace.self), .model(CoordinateNet.self),
    .model(Quantised.self),
  ])

/// The library's entry.
@c @implementation
public func qhost_plugin_entry_v1(
  _ host: UnsafePointer<qhost_host>?, _ error: UnsafeMutablePointer<qhost_error>?
) -> UnsafePointer<qhost_plugin>? {
  plugin.enter(host, error)
}
