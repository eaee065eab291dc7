public import CQHost
import QHostSDK

private let plugin = PluginTable(
  vendor: "example", name: "sign-adam", version: "0.1.0",
  summary: "An optimizer in Swift, outside qhost's sources.",
  components: [.optimizer(SignAdam.self)])

/// The entry that the host looks for: the one symbol of a plugin.
@c @implementation
public func qhost_plugin_entry_v1(
  _ host: UnsafePointer<qhost_host>?, _ error: UnsafeMutablePointer<qhost_error>?
) -> UnsafePointer<qhost_plugin>? {
  plugin.enter(host, error)
}
