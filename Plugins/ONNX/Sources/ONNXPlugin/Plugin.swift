public import CQHost
internal import ONNX
internal import QHostSDK

private let plugin = PluginTable(
  name: "onnx", version: "0.1.0",
  summary: "Networks as ONNX files, for ONNX Runtime and whatever else reads them.",
  components: [.target(ONNXTarget.self)])

/// The library's entry.
@c @implementation
public func qhost_plugin_entry_v1(
  _ host: UnsafePointer<qhost_host>?, _ error: UnsafeMutablePointer<qhost_error>?
) -> UnsafePointer<qhost_plugin>? {
  plugin.enter(host, error)
}
