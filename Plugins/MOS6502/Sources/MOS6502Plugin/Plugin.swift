public import CQHost
internal import MOS6502
internal import QHostSDK

private let plugin = PluginTable(
  name: "mos6502", version: "0.1.0",
  summary: "Networks as machine code of the MOS 6502, and the emulator that measures it.",
  components: [.target(MOS6502Target.self)])

/// The library's entry.
@c @implementation
public func qhost_plugin_entry_v1(
  _ host: UnsafePointer<qhost_host>?, _ error: UnsafeMutablePointer<qhost_error>?
) -> UnsafePointer<qhost_plugin>? {
  plugin.enter(host, error)
}
