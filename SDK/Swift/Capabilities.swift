internal import CQHost
internal import QHostBridging
internal import QHostInterfaces

/// The capabilities that a component in Swift declares by conforming to their protocols.
///
/// Only those that its kind may have are looked for: a protocol that a type does not conform to takes the runtime the
/// longest to find, and this is done whenever a library is loaded.
func capabilities(
  of type: Any.Type, _ kind: ComponentKind, in arena: Arena
) -> [qhost_capability] {
  var list: [qhost_capability] = []
  func declare(_ id: String, _ table: UnsafeRawPointer, flags: UInt32 = 0) {
    var capability = qhost_capability.sized()
    capability.flags = flags
    capability.id = arena.text(id)
    capability.table = table
    list.append(capability)
  }
  if let declaring = type as? any DeterminismDeclaring.Type {
    declare(QHOST_DRAFT_DETERMINISM, determinismTable(of: declaring, in: arena))
  }
  if type is any FigureProviding.Type { declare(QHOST_DRAFT_FIGURES, figuresTable(in: arena)) }
  switch kind {
  case .dataset:
    if type is any ConstrainedScenario.Type {
      declare(QHOST_DRAFT_CONSTRAINTS, constraintsTable(in: arena))
    }
    if type is any DriftingDataset.Type { declare(QHOST_DRAFT_DRIFTS, driftsTable(in: arena)) }
    if type is any MetricProviding.Type { declare(QHOST_DRAFT_METRICS, metricsTable(in: arena)) }
    if type is any MultiObjectiveScenario.Type {
      declare(QHOST_DRAFT_OBJECTIVES, objectivesTable(in: arena))
    }
    if type is any StochasticScenario.Type {
      declare(QHOST_DRAFT_SCENARIO_STREAMS, scenarioStreamsTable(in: arena))
    }
    if type is any DifferentiableScenario.Type {
      declare(QHOST_DRAFT_SLOPES, slopesTable(in: arena))
    }
    if type is any SeriesDataset.Type {
      declare(QHOST_DRAFT_SERIES, seriesTable(isDataset: true, in: arena))
    }
  case .model:
    if let naming = type as? any CompanionNaming.Type {
      declare(QHOST_DRAFT_COMPANIONS, companionsTable(of: naming, in: arena))
    }
    if type is any DocumentProviding.Type {
      declare(QHOST_DRAFT_DOCUMENTS, documentsTable(in: arena))
    }
    if type is any MetricProviding.Type { declare(QHOST_DRAFT_METRICS, metricsTable(in: arena)) }
    if type is any WrappingModel.Type {
      declare(QHOST_DRAFT_INNER, innerTable(in: arena), flags: QHOST_CAPABILITY_REQUIRED)
    }
    if type is any FlippingModel.Type { declare(QHOST_DRAFT_FLIPS, flipsTable(in: arena)) }
    if type is any PotentialModel.Type {
      declare(QHOST_DRAFT_POTENTIALS, potentialsTable(in: arena))
    }
    if type is any StochasticModel.Type { declare(QHOST_DRAFT_STREAMS, streamsTable(in: arena)) }
    if type is any SeriesModel.Type {
      declare(QHOST_DRAFT_SERIES, seriesTable(isDataset: false, in: arena))
    }
  case .optimizer, .solver, .target: break
  }
  return list
}
