internal import CQHost
internal import QHostInterfaces

/// One foreign instance and all that must live as long: its host table and its dependencies.
final class InstanceHandle {
  let component: ForeignComponent
  let pointer: UnsafeMutableRawPointer
  private let destroy: @convention(c) (UnsafeMutableRawPointer?) -> Void
  private let keepAlive: [AnyObject]
  /// What its calls have in common.
  let link: InstanceLink

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
    guard !component.life.isDead else {
      throw ComponentError(
        "\(component.culprit) is in a plugin that has failed for good; run again without it")
    }
    let link = InstanceLink(component.life, request.host)
    let host = HostTable(request.host)
    let arena = Arena()
    let error = ErrorBuffer(link)
    if component.has(.inner) { host.innerModels = InnerModels(request, of: component) }
    defer { host.innerModels = nil }
    let raw = try request.stored(for: component, host: host.pointer, in: arena)
    var instance: UnsafeMutableRawPointer?
    let status = guardedRarely(component.label, "create") { create(raw, &instance, error.pointer) }
    try error.check(status, culprit: component.culprit, function: "create")
    guard let instance else {
      throw ComponentError(
        "\(component.culprit) said that create succeeded but gave no instance; "
          + "report it to its author")
    }
    self.component = component
    self.destroy = destroy
    self.link = link
    pointer = instance
    // What was resolved for it, names included, is promised for as long as it lives.
    keepAlive =
      [host, arena] + request.solvers.values.map { $0 as AnyObject }
      + request.models.values.map { $0 as AnyObject }
  }

  deinit {
    // Nothing of a plugin that is dead is called again.
    guard link.isAlive else { return }
    guardedRarely(component.label, "destroy") { destroy(pointer) }
  }
}
