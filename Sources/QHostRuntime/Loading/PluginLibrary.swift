package import CQHost
internal import Glibc
public import QHostBridging
public import QHostInterfaces

/// A plugin in this process.
///
/// It is never unloaded: Swift code does not survive that.
public final class PluginLibrary: @unchecked Sendable {
  /// The path of its file.
  public let path: String
  /// What it says of itself.
  public let summary: PluginSummary
  /// Its components.
  public let components: [ForeignComponent]

  private typealias Entry =
    @convention(c) (
      UnsafePointer<qhost_host>?, UnsafeMutablePointer<qhost_error>?
    ) -> UnsafePointer<qhost_plugin>?

  /// Loads a library and calls its entry.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - services: what its entry may call.
  /// - Throws: one sentence that says why the file is no plugin that this host can use.
  public convenience init(loading path: String, services: any HostServices) throws(RunError) {
    guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE) else {
      throw RunError(.plugin, Self.loadFailure(path))
    }
    guard let symbol = dlsym(handle, "qhost_plugin_entry_v1") else {
      throw RunError(.plugin, Self.missingEntry(handle))
    }
    let entry = unsafeBitCast(symbol, to: Entry.self)
    let host = Unmanaged.passRetained(HostTable(services)).takeUnretainedValue()
    let error = ErrorBuffer()
    guard let pointer = entry(host.pointer, error.pointer) else {
      let message = error.takeMessage()
      throw RunError(
        .plugin,
        message.isEmpty ? "its entry failed without saying why" : "its entry failed: \(message)")
    }
    try self.init(path: path, table: pointer)
  }

  /// Reads and checks what a plugin's entry returned.
  ///
  /// - Parameters:
  ///   - path: its file, or a name for a plugin without one.
  ///   - pointer: its table, which lives until the process ends.
  /// - Throws: one sentence that says why this host cannot use it.
  package init(path: String, table pointer: UnsafePointer<qhost_plugin>) throws(RunError) {
    self.path = path
    guard let raw = qhost_plugin.reading(pointer) else {
      throw RunError(
        .plugin,
        "its qhost_plugin has struct_size \(pointer.pointee.struct_size), version 1.0 of the interface "
          + "has \(qhost_plugin.firstSize); set struct_size to sizeof(qhost_plugin)")
    }
    guard raw.abi_major == QHOST_ABI_MAJOR else {
      throw RunError(
        .plugin,
        "it is built for version \(raw.abi_major) of the interface, this host speaks version "
          + "\(QHOST_ABI_MAJOR); rebuild it with this host's qhost.h")
    }
    do throws(FormatError) {
      components = try Self.components(of: raw)
    } catch let error {
      throw RunError(.plugin, error.description)
    }
    summary = Self.summary(of: raw, components)
  }

  /// How the reason begins when the loader refused a file.
  static let loaderFailure = "it cannot be loaded"

  /// Why the loader refused, shortened to its reason.
  private static func loadFailure(_ path: String) -> String {
    let reason = dlerror().map { String(cString: $0) } ?? "unknown reason"
    let short = reason.hasPrefix(path + ": ") ? String(reason.dropFirst(path.count + 2)) : reason
    return "\(loaderFailure): \(short); rebuild it as a shared library for this system"
  }

  private static func missingEntry(_ handle: UnsafeMutableRawPointer) -> String {
    for major in 2...9 where dlsym(handle, "qhost_plugin_entry_v\(major)") != nil {
      return "it is built for version \(major) of the interface, this host speaks version "
        + "\(QHOST_ABI_MAJOR); install a newer qhost or rebuild the plugin"
    }
    return "it exports no qhost_plugin_entry_v1; a plugin must define it, see qhost/plugin.h"
  }

  private static func components(of raw: qhost_plugin) throws(FormatError) -> [ForeignComponent] {
    var components: [ForeignComponent] = []
    for index in 0..<Int(raw.component_count) {
      guard let pointer = raw.components?[index] else {
        throw FormatError("component \(index) is NULL; report it to its author")
      }
      components.append(try ForeignComponent(reading: pointer))
    }
    return components
  }

  private static func summary(
    of raw: qhost_plugin, _ components: [ForeignComponent]
  ) -> PluginSummary {
    func text(_ pointer: UnsafePointer<CChar>?, _ fallback: String) -> String {
      pointer.map { String(cString: $0) } ?? fallback
    }
    return PluginSummary(
      vendor: text(raw.vendor, "unknown"), name: text(raw.name, "unnamed"),
      version: text(raw.version, "0"), summary: text(raw.summary, ""),
      licence: text(raw.licence, "unknown"),
      components: components.map {
        PluginSummary.Component(
          kind: $0.kind.rawValue, name: $0.descriptor.name, summary: $0.descriptor.summary)
      })
  }
}
