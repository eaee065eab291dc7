public import CQHost
internal import QHostSDK
internal import QuantumNeurons

private let plugin = PluginTable(
  name: "quantum-neurons", version: "0.1.0",
  summary: "Networks of quantum particles in double wells.",
  components: [.model(QuantumNeurons.self), .dataset(TruthTable.self)])

/// The library's entry.
@c @implementation
public func qhost_plugin_entry_v1(
  _ host: UnsafePointer<qhost_host>?, _ error: UnsafeMutablePointer<qhost_error>?
) -> UnsafePointer<qhost_plugin>? {
  plugin.enter(host, error)
}
