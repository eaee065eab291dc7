internal import CQHost
internal import QHostInterfaces

/// What the host tells a component of the models that it depends on, while the component is made.
final class InnerModels {
  private let request: ComponentRequest
  private let dependencies: [DependencyDescriptor]
  private let culprit: String
  private let arena = Arena()

  /// Keeps what a component's request has.
  init(_ request: ComponentRequest, of component: ForeignComponent) {
    self.request = request
    dependencies = component.descriptor.dependencies
    culprit = component.culprit
  }

  /// What components of this process read of it.
  nonisolated(unsafe) static let table: UnsafePointer<qhost_host_inner> = {
    let table = UnsafeMutablePointer<qhost_host_inner>.allocate(capacity: 1)
    table.initialize(to: .sized())
    table.pointee.initial = { host, dependency, parameters, count, error in
      answering(host, error) { (inner) throws(ComponentError) in
        let name = try inner.name(of: dependency)
        let trained = inner.request.trainedParameters[name]
        parameters?.pointee = trained.map { UnsafePointer(inner.arena.array($0)) }
        count?.pointee = UInt64(trained?.count ?? 0)
      }
    }
    table.pointee.calibration = { host, calibration, inputCount, error in
      answering(host, error) { (inner) throws(ComponentError) in
        let rows = try inner.request.calibration()
        calibration?.pointee = rows.stored(in: inner.arena)
        inputCount?.pointee = UInt64(rows.inputs.count / max(rows.rowCount, 1))
      }
    }
    table.pointee.capability = { host, dependency, id in
      guard let id, let inner = HostTable.at(host).innerModels,
        let name = try? inner.name(of: dependency),
        let model = inner.request.models[name] as? ForeignModel,
        let capability = Capability(id: String(cString: id))
      else { return nil }
      return model.component.capabilities[capability]
    }
    table.pointee.work = { host, dependency, work, error in
      answering(host, error) { (inner) throws(ComponentError) in
        let name = try inner.name(of: dependency)
        guard let work, Int(work.pointee.struct_size) >= qhost_inner_work.firstSize else {
          throw ComponentError(
            "\(inner.culprit) asked for the work of '\(name)' without a place for it; set struct_size"
          )
        }
        let found = inner.request.model(name).modelDescription.passWork
        work.pointee.row_work = found.row
        work.pointee.pass_work = found.pass
        work.pointee.gradient_row_work = found.gradientRow
        work.pointee.gradient_pass_work = found.gradientPass
      }
    }
    return UnsafePointer(table)
  }()

  private func name(of dependency: UInt32) throws(ComponentError) -> String {
    let index = Int(dependency)
    guard index < dependencies.count, dependencies[index].kind == .model else {
      throw ComponentError(
        "\(culprit) asked for its dependency \(index), which is not a model; it has "
          + "\(dependencies.count), counted from 0")
    }
    return dependencies[index].name
  }
}

/// Runs the body of a function of the host's side.
private func answering(
  _ host: UnsafePointer<qhost_host>?, _ error: UnsafeMutablePointer<qhost_error>?,
  _ body: (InnerModels) throws(ComponentError) -> Void
) -> qhost_status {
  do throws(ComponentError) {
    guard let inner = HostTable.at(host).innerModels else {
      throw ComponentError("the host's side of '\(QHOST_DRAFT_INNER)' was called outside create")
    }
    try body(inner)
    return QHOST_OK
  } catch let failure {
    return error.report(failure)
  }
}
