internal import CQHost
internal import QHostInterfaces

/// What the host takes of datasets that change.
enum DriftFacts {
  /// Drifts of one split.
  static let limit = 10_000

  /// What a component reads of it.
  nonisolated(unsafe) static let table: UnsafePointer<qhost_host_drifts> = {
    let table = UnsafeMutablePointer<qhost_host_drifts>.allocate(capacity: 1)
    table.initialize(to: .sized())
    table.pointee.drift_limit = UInt64(limit)
    return UnsafePointer(table)
  }()

  /// The drifts of an instance's splits, checked.
  ///
  /// - Throws: when there are too many, or they are not by rising row within the split.
  static func drifts(
    of instance: UnsafeMutableRawPointer, _ component: ForeignComponent,
    _ description: DatasetDescription
  ) throws(ComponentError) -> [Split: [Drift]] {
    guard
      let function = component.capabilities[.drifts]?
        .assumingMemoryBound(to: qhost_drifts.self).pointee.drifts
    else { return [:] }
    var all: [Split: [Drift]] = [:]
    for split in Split.allCases where description.rowCount(split) > 0 {
      var room = [qhost_drift](repeating: qhost_drift(row: 0, width: 0), count: limit)
      let count = guarded(component.label, "drifts") {
        function(instance, split.rawValue, UInt64(room.count), &room)
      }
      guard count <= UInt64(limit) else {
        throw ComponentError(
          "\(component.culprit) says that its \(split) split changes \(count) times, more than \(limit); "
            + "report it to its author")
      }
      let drifts = room[..<Int(count)].map {
        Drift(row: Int(clamping: $0.row), width: Int(clamping: $0.width))
      }
      guard Drift.areInOrder(drifts, rowCount: description.rowCount(split)) else {
        throw ComponentError(
          "\(component.culprit) gives drifts of its \(split) split that are not in order within its "
            + "\(description.rowCount(split)) rows; report it to its author")
      }
      if !drifts.isEmpty { all[split] = drifts }
    }
    return all
  }
}
