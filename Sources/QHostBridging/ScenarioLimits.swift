internal import CQHost

/// What the host takes from scenarios with constraints or objectives.
public enum ScenarioLimits {
  /// Objectives of one scenario; beyond, exact volumes take too long.
  public static let objectives = 8

  /// What a component with constraints reads of it.
  nonisolated(unsafe) static let constraints: UnsafePointer<qhost_host_constraints> = {
    let table = UnsafeMutablePointer<qhost_host_constraints>.allocate(capacity: 1)
    table.initialize(to: .sized())
    return UnsafePointer(table)
  }()

  /// What a component with a gradient reads of it.
  nonisolated(unsafe) static let slopes: UnsafePointer<qhost_host_slopes> = {
    let table = UnsafeMutablePointer<qhost_host_slopes>.allocate(capacity: 1)
    table.initialize(to: .sized())
    return UnsafePointer(table)
  }()

  /// What a component with objectives reads of it.
  nonisolated(unsafe) static let objectiveTable: UnsafePointer<qhost_host_objectives> = {
    let table = UnsafeMutablePointer<qhost_host_objectives>.allocate(capacity: 1)
    table.initialize(to: .sized())
    table.pointee.objective_limit = UInt32(objectives)
    return UnsafePointer(table)
  }()
}
