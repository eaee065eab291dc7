internal import CQHost
internal import QHostSDK
internal import Tunneling

private let plugin = PluginTable(
  name: "tunneling", version: "0.1.0",
  summary:
    "Trains parameters as quantum wave packets that tunnel through the loss along each of them.",
  components: [.optimizer(Tunneling.self)])

/// What the host looks for in this library.
@c @implementation
public func qhost_plugin_entry_v1(
  _ host: UnsafePointer<qhost_host>?, _ error: UnsafeMutablePointer<qhost_error>?
) -> UnsafePointer<qhost_plugin>? {
  plugin.enter(host, error)
}
