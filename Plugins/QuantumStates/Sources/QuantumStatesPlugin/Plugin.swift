public import CQHost
internal import QHostSDK
internal import QuantumStates

private let plugin = PluginTable(
  name: "quantum-states", version: "0.1.0",
  summary: "Neural quantum states of spin chains, and what finds their ground states.",
  components: [
    .dataset(SpinChain.self), .model(RBM.self), .optimizer(StochasticReconfiguration.self),
  ])

/// What the host looks for in the library.
@c @implementation
public func qhost_plugin_entry_v1(
  _ host: UnsafePointer<qhost_host>?, _ error: UnsafeMutablePointer<qhost_error>?
) -> UnsafePointer<qhost_plugin>? {
  plugin.enter(host, error)
}
