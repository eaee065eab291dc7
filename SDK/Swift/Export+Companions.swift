internal import CQHost
internal import QHostBridging
internal import QHostInterfaces

/// The names that a model in Swift gives.
func companionsTable(of type: any CompanionNaming.Type, in arena: Arena) -> UnsafeRawPointer {
  let companions = type.companions
  var table = qhost_companions.sized()
  table.dataset = companions.dataset.map { arena.text($0) }
  table.optimizer = companions.optimizer.map { arena.text($0) }
  table.evaluation_limit = UInt64(max(0, companions.evaluationLimit))
  table.shared_count = UInt32(companions.shared.count)
  table.shared = UnsafePointer(arena.array(companions.shared.map { Optional(arena.text($0)) }))
  return UnsafeRawPointer(arena.value(table))
}
