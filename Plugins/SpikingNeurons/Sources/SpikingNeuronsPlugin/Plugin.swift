public import CQHost
internal import QHostSDK
internal import SpikingNeurons

private let plugin = PluginTable(
  name: "spiking-neurons", version: "0.1.0",
  summary: "Networks of spiking neurons, stepped in time.",
  components: [.model(Spiking.self), .target(NIRTarget.self)])

/// The library's entry.
@c @implementation
public func qhost_plugin_entry_v1(
  _ host: UnsafePointer<qhost_host>?, _ error: UnsafeMutablePointer<qhost_error>?
) -> UnsafePointer<qhost_plugin>? {
  plugin.enter(host, error)
}
