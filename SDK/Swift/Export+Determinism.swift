internal import CQHost
internal import QHostBridging
internal import QHostInterfaces

/// What a component in Swift promises.
func determinismTable(
  of type: any DeterminismDeclaring.Type, in arena: Arena
) -> UnsafeRawPointer {
  let determinism = type.determinism
  var table = qhost_determinism.sized()
  table.level = determinism.level.rawValue
  table.reason = determinism.reason.map { arena.text($0) }
  return UnsafeRawPointer(arena.value(table))
}
