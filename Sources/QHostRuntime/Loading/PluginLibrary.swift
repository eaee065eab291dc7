package import CQHost
internal import CQHostGuard
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
  /// - Throws: one sentence that says why the file is not a plugin that this host can use.
  public convenience init(loading path: String, services: any HostServices) throws(RunError) {
    let label = strdup("plugin '\(path)'")
    // What it runs when it is loaded must not change what others rely on either.
    qhost_guard_enter(label, "its loading")
    let opened = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE)
    qhost_guard_leave()
    guard let handle = opened else { throw RunError(.plugin, Self.loadFailure(path)) }
    guard let symbol = dlsym(handle, "qhost_plugin_entry_v1") else {
      throw RunError(.plugin, Self.missingEntry(handle))
    }
    let entry = unsafeBitCast(symbol, to: Entry.self)
    let host = Unmanaged.passRetained(HostTable(services)).takeUnretainedValue()
    let error = ErrorBuffer()
    qhost_guard_note_library(strdup(path), symbol)
    qhost_guard_enter(label, "its entry")
    let table = entry(host.pointer, error.pointer)
    qhost_guard_leave_settled()
    guard let pointer = table else {
      let message = error.takeMessage().shownOnOneLine
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
    guard raw.abi_minor <= QHOST_ABI_MINOR else {
      throw RunError(
        .plugin,
        "it needs version \(QHOST_ABI_MAJOR).\(raw.abi_minor) of the interface, this host has "
          + "\(QHOST_ABI_MAJOR).\(QHOST_ABI_MINOR); install a newer qhost")
    }
    do throws(FormatError) {
      components = try ForeignComponent.reading(raw.components, count: Int(raw.component_count))
      for component in components { try component.descriptor.checkDefaults(component.culprit) }
    } catch let error {
      throw RunError(.plugin, error.description)
    }
    summary = Self.summary(of: raw, components)
    guard summary.vendor.wholeMatch(of: /[a-z][a-z0-9-]*/) != nil else {
      throw RunError(
        .plugin,
        "its vendor is '\(summary.vendor)'; name it by lower-case letters, digits and '-', with a letter first"
      )
    }
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

  private static func summary(
    of raw: qhost_plugin, _ components: [ForeignComponent]
  ) -> PluginSummary {
    func text(_ pointer: UnsafePointer<CChar>?, _ fallback: String) -> String {
      pointer.map { String(cString: $0).shownOnOneLine } ?? fallback
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
