public import CQHost
internal import QHostSDK
internal import Reservoirs

private let plugin = PluginTable(
  name: "reservoirs", version: "0.1.0",
  summary: "Fixed random units, spiking or not, of which the read-out alone is trained.",
  components: [.model(Reservoir.self)])

/// The entry that the host looks for.
///
/// - Parameters:
///   - host: what the host does for plugins, valid until it exits.
///   - error: out: why there is no plugin.
/// - Returns: the table of components; `nil` where the host is too old for it.
@c @implementation
public func qhost_plugin_entry_v1(
  _ host: UnsafePointer<qhost_host>?, _ error: UnsafeMutablePointer<qhost_error>?
) -> UnsafePointer<qhost_plugin>? {
  plugin.enter(host, error)
}
