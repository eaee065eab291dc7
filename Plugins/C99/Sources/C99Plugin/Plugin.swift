internal import C99
public import CQHost
internal import QHostSDK

private let plugin = PluginTable(
  name: "c99", version: "0.1.0",
  summary: "Networks as one C source and header, without allocation, for machines of any size.",
  components: [.target(C99Target.self)])

/// The library's entry.
@c @implementation
public func qhost_plugin_entry_v1(
  _ host: UnsafePointer<qhost_host>?, _ error: UnsafeMutablePointer<qhost_error>?
) -> UnsafePointer<qhost_plugin>? {
  plugin.enter(host, error)
}
