public import CQHost
public import QHostInterfaces

/// A solver behind a C table.
public final class ForeignSolver: Solver, ForeignInstance, FigureSource {
  private enum Owner {
    case host(InstanceHandle)
    case borrowed(UnsafeMutableRawPointer)
  }

  private let owner: Owner
  private let table: qhost_solver
  private let label: UnsafePointer<CChar>
  private let error: ErrorBuffer
  private let foreignComponent: ForeignComponent?

  /// Makes an instance of a plugin's solver.
  public init(_ component: ForeignComponent, request: ComponentRequest) throws(ComponentError) {
    let table = component.table.assumingMemoryBound(to: qhost_solver.self).pointee
    guard let create = table.create, table.evolve != nil else {
      throw ComponentError("\(component.culprit) lacks create or evolve; report it to its author")
    }
    let handle = try InstanceHandle(
      component: component, request: request, destroy: table.destroy
    ) { create($0, $1, $2) }
    owner = .host(handle)
    error = ErrorBuffer(handle.link)
    self.table = table
    label = component.label
    foreignComponent = component
  }

  /// Wraps a solver that the host resolved for a component, and still owns.
  public init(borrowing resolved: qhost_resolved) throws(ComponentError) {
    guard let table = resolved.table, let instance = resolved.instance,
      let name = resolved.component
    else { throw ComponentError("the host resolved a solver without table or instance") }
    owner = .borrowed(instance)
    error = ErrorBuffer()
    self.table = table.assumingMemoryBound(to: qhost_solver.self).pointee
    label = name
    foreignComponent = nil
  }

  var component: ForeignComponent {
    guard let foreignComponent else { preconditionFailure("a borrowed solver was passed on") }
    return foreignComponent
  }

  var instance: UnsafeMutableRawPointer {
    switch owner {
    case .host(let handle): handle.pointer
    case .borrowed(let pointer): pointer
    }
  }

  /// Evolves the batch and fills its results.
  public func evolve(_ packets: inout Packets) throws(ComponentError) {
    let status = packets.withRaw { raw in
      guarded(label, "evolve") { table.evolve(instance, raw, error.pointer) }
    }
    try error.check(status, culprit: "solver '\(String(cString: label))'", function: "evolve")
  }
}
