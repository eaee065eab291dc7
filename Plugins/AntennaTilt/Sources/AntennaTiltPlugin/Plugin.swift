internal import AntennaTilt
public import CQHost
internal import QHostSDK

private let plugin = PluginTable(
  name: "antenna-tilt", version: "0.1.0",
  summary: "Simulated radio cells whose users depend on antenna tilts.",
  components: [.dataset(AntennaTilt.self)])

/// What the host looks for in the library.
@c @implementation
public func qhost_plugin_entry_v1(
  _ host: UnsafePointer<qhost_host>?, _ error: UnsafeMutablePointer<qhost_error>?
) -> UnsafePointer<qhost_plugin>? {
  plugin.enter(host, error)
}
