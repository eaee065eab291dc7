internal import LinkAdaptation
public import CQHost
internal import QHostSDK

private let plugin = PluginTable(
  name: "link-adaptation", version: "0.1.0",
  summary: "A simulated radio link whose modulation and coding is chosen slot by slot.",
  components: [.dataset(LinkAdaptation.self), .model(TeacherModel.self)])

/// What the host looks for in the library.
@c @implementation
public func qhost_plugin_entry_v1(
  _ host: UnsafePointer<qhost_host>?, _ error: UnsafeMutablePointer<qhost_error>?
) -> UnsafePointer<qhost_plugin>? {
  plugin.enter(host, error)
}
