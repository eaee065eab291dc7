public import CQHost
internal import QHostSDK
internal import SubBandAllocation

private let plugin = PluginTable(
  name: "sub-band-allocation", version: "0.1.0",
  summary: "Sub-bands of a radio cell that are to be divided among its users.",
  components: [.dataset(SubBand.self)])

/// What the host looks for in the library.
@c @implementation
public func qhost_plugin_entry_v1(
  _ host: UnsafePointer<qhost_host>?, _ error: UnsafeMutablePointer<qhost_error>?
) -> UnsafePointer<qhost_plugin>? {
  plugin.enter(host, error)
}
