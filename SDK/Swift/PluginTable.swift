public import CQHost
internal import QHostBridging
internal import QHostInterfaces

/// A plugin as the C table that its entry returns.
///
/// Kept in a global constant of the plugin, it lives until the process ends, as the interface asks.
public final class PluginTable: @unchecked Sendable {
  private let arena: Arena
  private let table: UnsafeMutablePointer<qhost_plugin>
  private let exports: [ComponentExport]

  /// Makes the table of a plugin.
  ///
  /// - Parameters:
  ///   - vendor: who makes it, `[a-z][a-z0-9-]*`; tells components of one name apart.
  ///   - name: what the plugin is called.
  ///   - version: its version.
  ///   - summary: what it is, in one sentence.
  ///   - licence: its SPDX licence.
  ///   - components: what it holds.
  public init(
    vendor: String = "qhost", name: String, version: String, summary: String,
    licence: String = "Apache-2.0", components: [ComponentExport]
  ) {
    let arena = Arena()
    self.arena = arena
    exports = components
    var raw = qhost_plugin.sized()
    raw.abi_major = QHOST_ABI_MAJOR
    raw.component_count = UInt32(components.count)
    raw.vendor = arena.text(vendor)
    raw.name = arena.text(name)
    raw.version = arena.text(version)
    raw.summary = arena.text(summary)
    raw.licence = arena.text(licence)
    raw.components = arena.pointers(components.map { $0.stored(in: arena) })
    table = arena.value(raw)
  }

  /// What the plugin's entry does: checks the host's version and hands over the table.
  ///
  /// - Parameters:
  ///   - host: what the entry was given.
  ///   - error: out: why the table is not given; may be `nil`.
  /// - Returns: the table, valid until the program ends; `nil` for a host that it does not work with.
  public func enter(
    _ host: UnsafePointer<qhost_host>?, _ error: UnsafeMutablePointer<qhost_error>?
  ) -> UnsafePointer<qhost_plugin>? {
    qhost_enter(host, table, error)
  }
}
