internal import CQHost
internal import QHostInterfaces

/// One foreign instance and all that must live as long: its host table and its dependencies.
final class InstanceHandle {
  let component: ForeignComponent
  let pointer: UnsafeMutableRawPointer
  private let destroy: @convention(c) (UnsafeMutableRawPointer?) -> Void
  private let keepAlive: [AnyObject]
  /// Whether the instance has failed for good: then only destroy is called.
  var isDead = false

  /// Makes an instance by a component's create function.
  init(
    component: ForeignComponent, request: ComponentRequest,
    destroy: (@convention(c) (UnsafeMutableRawPointer?) -> Void)?,
    create: (
      UnsafePointer<qhost_request>, UnsafeMutablePointer<UnsafeMutableRawPointer?>,
      UnsafeMutablePointer<qhost_error>
    ) -> qhost_status
  ) throws(ComponentError) {
    guard let destroy else {
      throw ComponentError("\(component.culprit) has no destroy function; report it to its author")
    }
    let host = HostTable(request.host)
    let arena = Arena()
    let error = ErrorBuffer()
    if component.has(.inner) { host.innerModels = InnerModels(request, of: component) }
    defer { host.innerModels = nil }
    let raw = try request.stored(for: component, host: host.pointer, in: arena)
    var instance: UnsafeMutableRawPointer?
    let status = guarded(component.label, "create") { create(raw, &instance, error.pointer) }
    let remark = try error.check(status, culprit: component.culprit, function: "create")
    if let remark { request.host.log(.warning, remark) }
    guard let instance else {
      throw ComponentError(
        "\(component.culprit) said that create succeeded but gave no instance; "
          + "report it to its author")
    }
    self.component = component
    self.destroy = destroy
    pointer = instance
    // What was resolved for it, names included, is promised for as long as it lives.
    keepAlive =
      [host, arena] + request.solvers.values.map { $0 as AnyObject }
      + request.models.values.map { $0 as AnyObject }
  }

  deinit { guarded(component.label, "destroy") { destroy(pointer) } }
}
