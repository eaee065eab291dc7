public import CQHost
internal import QHostSDK
internal import StandardDatasets

private let plugin = PluginTable(
  name: "standard-datasets", version: "0.1.0",
  summary:
    "Tables, images, your own CSV files and programs, and the test functions of optimisation.",
  components: [
    .dataset(Iris.self), .dataset(Digits.self), .dataset(MNIST.self), .dataset(CSV.self),
    .dataset(Functions.self), .dataset(Command.self),
  ])

/// What the host looks for in the library.
@c @implementation
public func qhost_plugin_entry_v1(
  _ host: UnsafePointer<qhost_host>?, _ error: UnsafeMutablePointer<qhost_error>?
) -> UnsafePointer<qhost_plugin>? {
  plugin.enter(host, error)
}
