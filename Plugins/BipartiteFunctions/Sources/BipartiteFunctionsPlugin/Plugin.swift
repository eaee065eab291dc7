internal import BipartiteFunctions
public import CQHost
internal import QHostSDK

private let plugin = PluginTable(
  name: "bipartite-functions", version: "0.1.0",
  summary: "Functions of two vectors and how separable they are.",
  components: [.dataset(Bipartite.self)])

/// What the host looks for in the library.
@c @implementation
public func qhost_plugin_entry_v1(
  _ host: UnsafePointer<qhost_host>?, _ error: UnsafeMutablePointer<qhost_error>?
) -> UnsafePointer<qhost_plugin>? {
  plugin.enter(host, error)
}
