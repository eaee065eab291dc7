public import CQHost
internal import DriftingStreams
internal import QHostSDK

private let plugin = PluginTable(
  name: "drifting-streams", version: "0.1.0",
  summary: "Rows in time whose concept changes: SEA, rotating hyperplane, LED, Agrawal.",
  components: [.dataset(Drifting.self)])

/// What the host looks for in the library.
@c @implementation
public func qhost_plugin_entry_v1(
  _ host: UnsafePointer<qhost_host>?, _ error: UnsafeMutablePointer<qhost_error>?
) -> UnsafePointer<qhost_plugin>? {
  plugin.enter(host, error)
}
