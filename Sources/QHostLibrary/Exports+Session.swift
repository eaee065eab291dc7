import CLibQHost
import Glibc
import QHostBridging
import QHostInterfaces
import QHostRuntime

/// See `libqhost.h`.
@c @implementation
public func libqhost_interface() -> Int32 { LIBQHOST_INTERFACE }

/// Lives as long as the program.
nonisolated(unsafe) private let version = strdup(HostTable.version)

/// See `libqhost.h`.
@c @implementation
public func libqhost_version() -> UnsafePointer<CChar>? { version.map { UnsafePointer($0) } }

/// See `libqhost.h`.
@c @implementation
public func libqhost_free(_ memory: UnsafeMutableRawPointer?) { free(memory) }

/// See `libqhost.h`.
@c @implementation
public func libqhost_configure(_ settings: UnsafePointer<CChar>?) -> Int32 {
  status {
    let choices: LibrarySession.Choices = try StrictJSON.value(
      of: try word(settings, "the settings"), keys: ["plugins", "threads", "isolate"],
      "the configuration")
    try LibrarySession.choose(choices)
  }
}

/// See `libqhost.h`.
@c @implementation
public func libqhost_set_log(
  _ log: (@convention(c) (UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?) -> Void)?,
  _ context: UnsafeMutableRawPointer?
) { LibraryLog.send(to: log, context) }

/// What there is, without parameters.
private struct CatalogueText: Encodable {
  struct Component: Encodable {
    var kind, name, summary, vendor, plugin, version, path: String
  }
  struct Broken: Encodable { var path, reason: String }
  var components: [Component]
  var broken: [Broken]
}

/// See `libqhost.h`.
@c @implementation
public func libqhost_catalogue(_ json: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> Int32
{
  status {
    let catalogue = try LibrarySession.shared().catalogue
    let text = CatalogueText(
      components: catalogue.listings.filter { $0.plugin.vendor != LibrarySession.ownVendor }.map {
        CatalogueText.Component(
          kind: $0.kind.rawValue, name: $0.name, summary: $0.summary, vendor: $0.plugin.vendor,
          plugin: $0.plugin.name, version: $0.plugin.version, path: $0.path)
      }, broken: catalogue.broken.map { CatalogueText.Broken(path: $0.path, reason: $0.reason) })
    handOut(try JSONText.of(text), to: json)
  }
}

/// See `libqhost.h`.
@c @implementation
public func libqhost_component(
  _ kind: UnsafePointer<CChar>?, _ name: UnsafePointer<CChar>?,
  _ json: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> Int32 {
  status {
    let kindName = try word(kind, "the kind")
    guard let kind = ComponentKind(rawValue: kindName) else {
      throw RunError(
        .usage,
        "there is no kind '\(kindName)'; give one of "
          + ComponentKind.allCases.map(\.rawValue).joined(separator: ", "))
    }
    let name = try word(name, "the name")
    let session = try LibrarySession.shared()
    let text = try session.alone { () throws(RunError) in
      let listing = try session.catalogue.listing(kind, named: name)
      return try JSONText.of(
        ComponentListing([(listing, try session.catalogue.component(listing))]))
    }
    handOut(text, to: json)
  }
}

/// See `libqhost.h`.
@c @implementation
public func libqhost_stop_new() -> OpaquePointer? {
  OpaquePointer(Unmanaged.passRetained(Cancellation()).toOpaque())
}

/// See `libqhost.h`.
@c @implementation
public func libqhost_stop_request(_ stop: OpaquePointer?) { cancellation(stop).request() }

/// See `libqhost.h`.
@c @implementation
public func libqhost_stop_free(_ stop: OpaquePointer?) {
  guard let stop else { return }
  Unmanaged<Cancellation>.fromOpaque(UnsafeRawPointer(stop)).release()
}
