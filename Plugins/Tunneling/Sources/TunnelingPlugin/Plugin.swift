public import CQHost
internal import QHostSDK
internal import Tunneling

private let plugin = PluginTable(
  name: "tunneling", version: "0.1.0",
  summary: "Quantum wave packets, one a parameter, that tunnel through the loss along it.",
  components: [.optimizer(Tunneling.self)])

/// The library's entry.
@c @implementation
public func qhost_plugin_entry_v1(
  _ host: UnsafePointer<qhost_host>?, _ error: UnsafeMutablePointer<qhost_error>?
) -> UnsafePointer<qhost_plugin>? {
  plugin.enter(host, error)
}
