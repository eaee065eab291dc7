public import CQHost
internal import NeuralModels
internal import QHostSDK

private let plugin = PluginTable(
  name: "neural-models", version: "0.1.0",
  summary: "Models: the parameters themselves, softmax regression, perceptrons and convolutions.",
  components: [
    .model(Direct.self), .model(Logistic.self), .model(MLP.self), .model(CNN.self),
    .model(IntegerMLP.self),
  ])

/// The library's entry.
@c @implementation
public func qhost_plugin_entry_v1(
  _ host: UnsafePointer<qhost_host>?, _ error: UnsafeMutablePointer<qhost_error>?
) -> UnsafePointer<qhost_plugin>? {
  plugin.enter(host, error)
}
