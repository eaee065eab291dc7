internal import CQHost
internal import QHostBridging
internal import QHostInterfaces

/// The capabilities that a component in Swift declares by conforming to their protocols.
func capabilities(of type: Any.Type, in arena: Arena) -> [qhost_capability] {
  var list: [qhost_capability] = []
  if type is any FigureProviding.Type {
    var capability = qhost_capability.sized()
    capability.id = arena.text(QHOST_DRAFT_FIGURES)
    capability.table = figuresTable(in: arena)
    list.append(capability)
  }
  if type is any WrappingModel.Type {
    var capability = qhost_capability.sized()
    capability.flags = QHOST_CAPABILITY_REQUIRED
    capability.id = arena.text(QHOST_DRAFT_INNER)
    capability.table = UnsafeRawPointer(arena.value(qhost_inner.sized()))
    list.append(capability)
  }
  if type is any StochasticModel.Type {
    var capability = qhost_capability.sized()
    capability.id = arena.text(QHOST_DRAFT_STREAMS)
    capability.table = streamsTable(in: arena)
    list.append(capability)
  }
  if type is any SeriesModel.Type || type is any SeriesDataset.Type {
    var capability = qhost_capability.sized()
    capability.id = arena.text(QHOST_DRAFT_SERIES)
    capability.table = seriesTable(isDataset: type is any SeriesDataset.Type, in: arena)
    list.append(capability)
  }
  return list
}
