public import CQHost
internal import QHostSDK
internal import SchrodingerSolvers

private let plugin = PluginTable(
  name: "schrodinger-solvers", version: "0.1.0",
  summary: "Solvers of the one-dimensional Schrödinger equation for batches of wave packets.",
  components: [
    .solver(FiniteDifference.self), .solver(SplitOperator.self), .solver(SignedParticle.self),
    .solver(Mesoscopic.self),
  ])

/// The library's entry.
@c @implementation
public func qhost_plugin_entry_v1(
  _ host: UnsafePointer<qhost_host>?, _ error: UnsafeMutablePointer<qhost_error>?
) -> UnsafePointer<qhost_plugin>? {
  plugin.enter(host, error)
}
