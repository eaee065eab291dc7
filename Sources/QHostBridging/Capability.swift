internal import CQHost
internal import QHostInterfaces

/// What a component can do beside what its kind's table says, as far as this host knows.
///
/// Each has a header of its own with a table of functions, which a component publishes under an id:
/// a name and the number of the draft, for example `qhost.draft.figures/1`.
public enum Capability: String, Sendable, CaseIterable {
  /// What goes with a model where the user names nothing.
  case companions
  /// Kinds of a scenario's outputs, and how far from feasible they are.
  case constraints
  /// How far a seed repeats what a component does.
  case determinism
  /// A trained model in the forms of other programs.
  case documents
  /// Where a dataset changes.
  case drifts
  /// Data for pictures.
  case figures
  /// Units with two outputs, whose cuts can be smoothed by noise.
  case flips
  /// Models around other models.
  case inner
  /// Named numbers beside loss and accuracy.
  case metrics
  /// Several objectives of a scenario.
  case objectives
  /// Losses along the weights of a unit, summed by the model.
  case potentials
  /// Scores of a scenario that are random draws.
  case scenarioStreams
  /// Rows that are series of unequal length.
  case series
  /// The gradient of a scenario's loss.
  case slopes
  /// Outputs of a model that are random draws.
  case streams

  /// The ids that this host has: what a component is accepted for can change with them.
  public static var ids: [String] { allCases.map(\.id.text) }

  /// The capability of an id, if this host has that draft of it.
  init?(id: String) {
    guard let capability = Self.allCases.first(where: { $0.id.text == id }) else { return nil }
    self = capability
  }

  /// The id that this host has.
  var id: CapabilityID {
    switch self {
    case .companions: CapabilityID(QHOST_DRAFT_COMPANIONS)
    case .constraints: CapabilityID(QHOST_DRAFT_CONSTRAINTS)
    case .determinism: CapabilityID(QHOST_DRAFT_DETERMINISM)
    case .documents: CapabilityID(QHOST_DRAFT_DOCUMENTS)
    case .drifts: CapabilityID(QHOST_DRAFT_DRIFTS)
    case .figures: CapabilityID(QHOST_DRAFT_FIGURES)
    case .metrics: CapabilityID(QHOST_DRAFT_METRICS)
    case .objectives: CapabilityID(QHOST_DRAFT_OBJECTIVES)
    case .potentials: CapabilityID(QHOST_DRAFT_POTENTIALS)
    case .scenarioStreams: CapabilityID(QHOST_DRAFT_SCENARIO_STREAMS)
    case .flips: CapabilityID(QHOST_DRAFT_FLIPS)
    case .inner: CapabilityID(QHOST_DRAFT_INNER)
    case .series: CapabilityID(QHOST_DRAFT_SERIES)
    case .slopes: CapabilityID(QHOST_DRAFT_SLOPES)
    case .streams: CapabilityID(QHOST_DRAFT_STREAMS)
    }
  }

  /// Where its table is declared, below the folder of the interface's headers.
  var header: String {
    switch self {
    case .companions: "qhost/draft/companions.h"
    case .constraints: "qhost/draft/constraints.h"
    case .determinism: "qhost/draft/determinism.h"
    case .documents: "qhost/draft/documents.h"
    case .drifts: "qhost/draft/drifts.h"
    case .figures: "qhost/draft/figures.h"
    case .flips: "qhost/draft/flips.h"
    case .metrics: "qhost/draft/metrics.h"
    case .objectives: "qhost/draft/objectives.h"
    case .potentials: "qhost/draft/potentials.h"
    case .scenarioStreams, .streams: "qhost/draft/streams.h"
    case .inner: "qhost/draft/inner.h"
    case .series: "qhost/draft/series.h"
    case .slopes: "qhost/draft/slopes.h"
    }
  }

  /// The host's side of it, which lives until the process ends.
  var hostTable: UnsafeRawPointer {
    switch self {
    case .companions: UnsafeRawPointer(CompanionFacts.table)
    case .constraints: UnsafeRawPointer(ScenarioLimits.constraints)
    case .determinism: UnsafeRawPointer(DeterminismFacts.table)
    case .documents: UnsafeRawPointer(DocumentLimits.table)
    case .drifts: UnsafeRawPointer(DriftFacts.table)
    case .figures: UnsafeRawPointer(FigureLimits.table)
    case .flips: UnsafeRawPointer(FlipFacts.table)
    case .metrics: UnsafeRawPointer(MetricLimits.table)
    case .objectives: UnsafeRawPointer(ScenarioLimits.objectiveTable)
    case .potentials: UnsafeRawPointer(PotentialFacts.table)
    case .scenarioStreams, .streams: UnsafeRawPointer(StreamFacts.table)
    case .inner: UnsafeRawPointer(InnerModels.table)
    case .series: UnsafeRawPointer(SeriesFacts.table)
    case .slopes: UnsafeRawPointer(ScenarioLimits.slopes)
    }
  }

  /// A component's table of it, completed to this side's size.
  ///
  /// - Parameters:
  ///   - table: the plugin's.
  ///   - kind: of the component that has it.
  ///   - culprit: who that is.
  /// - Returns: a copy that is never freed.
  /// - Throws: when it is too small, or lacks a function.
  func completed(
    _ table: UnsafeRawPointer, of kind: ComponentKind?, culprit: String
  ) throws(FormatError) -> UnsafeRawPointer {
    let copy: UnsafeRawPointer? =
      switch self {
      case .companions: qhost_companions.completed(table)
      case .constraints: qhost_constraints.completed(table)
      case .determinism: qhost_determinism.completed(table)
      case .documents: qhost_documents.completed(table)
      case .drifts: qhost_drifts.completed(table)
      case .figures: qhost_figures.completed(table)
      case .flips: qhost_flips.completed(table)
      case .metrics: qhost_metrics.completed(table)
      case .objectives: qhost_objectives.completed(table)
      case .potentials: qhost_potentials.completed(table)
      case .scenarioStreams: qhost_scenario_streams.completed(table)
      case .inner: qhost_inner.completed(table)
      case .series: qhost_series.completed(table)
      case .slopes: qhost_slopes.completed(table)
      case .streams: qhost_streams.completed(table)
      }
    guard let copy else {
      throw FormatError(
        "the table of capability '\(id.text)' of \(culprit) is smaller than that of '\(header)'; "
          + "set its struct_size to sizeof the table")
    }
    guard isComplete(copy, of: kind) else {
      throw FormatError(
        "the table of capability '\(id.text)' of \(culprit) lacks a function or another member; "
          + "set all that '\(header)' declares")
    }
    return copy
  }

  private func isComplete(_ table: UnsafeRawPointer, of kind: ComponentKind?) -> Bool {
    switch self {
    case .constraints:
      Self.isComplete(table.assumingMemoryBound(to: qhost_constraints.self).pointee)
    case .determinism: table.assumingMemoryBound(to: qhost_determinism.self).pointee.isComplete
    case .documents: table.assumingMemoryBound(to: qhost_documents.self).pointee.documents != nil
    case .drifts: table.assumingMemoryBound(to: qhost_drifts.self).pointee.drifts != nil
    case .figures: table.assumingMemoryBound(to: qhost_figures.self).pointee.figures != nil
    case .flips: Self.isComplete(table.assumingMemoryBound(to: qhost_flips.self).pointee)
    case .metrics:
      Self.isComplete(table.assumingMemoryBound(to: qhost_metrics.self).pointee)
    case .objectives:
      Self.isComplete(table.assumingMemoryBound(to: qhost_objectives.self).pointee)
    case .potentials:
      Self.isComplete(table.assumingMemoryBound(to: qhost_potentials.self).pointee)
    case .scenarioStreams:
      Self.isComplete(table.assumingMemoryBound(to: qhost_scenario_streams.self).pointee)
    case .companions, .inner: true
    case .series:
      Self.isComplete(table.assumingMemoryBound(to: qhost_series.self).pointee, of: kind)
    case .slopes:
      Self.isComplete(table.assumingMemoryBound(to: qhost_slopes.self).pointee)
    case .streams:
      Self.isComplete(table.assumingMemoryBound(to: qhost_streams.self).pointee)
    }
  }
}

extension Capability {
  /// Cuts need not be there: whole scores stand for them.
  private static func isComplete(_ constraints: qhost_constraints) -> Bool {
    constraints.output_kinds != nil && constraints.has_violations != nil
      && constraints.score != nil
  }

  private static func isComplete(_ objectives: qhost_objectives) -> Bool {
    objectives.list != nil && objectives.score != nil
  }

  private static func isComplete(_ streams: qhost_scenario_streams) -> Bool {
    streams.is_stochastic != nil && streams.score != nil
  }

  private static func isComplete(_ slopes: qhost_slopes) -> Bool {
    slopes.has_gradient != nil && slopes.gradient != nil
  }

  private static func isComplete(_ metrics: qhost_metrics) -> Bool {
    metrics.list != nil && metrics.measure != nil
  }

  private static func isComplete(_ series: qhost_series, of kind: ComponentKind?) -> Bool {
    guard series.is_series != nil else { return false }
    switch kind {
    case .dataset: return series.lengths != nil && series.is_stream != nil
    case .model: return series.bind_series != nil
    default: return true
    }
  }

  private static func isComplete(_ flips: qhost_flips) -> Bool {
    flips.unit_count != nil && flips.unit_of != nil && flips.noise != nil && flips.unit != nil
      && flips.factors != nil
  }

  private static func isComplete(_ potentials: qhost_potentials) -> Bool {
    potentials.unit_count != nil && potentials.has_two_outputs != nil && potentials.unit_of != nil
      && potentials.hold != nil && potentials.unit_open != nil && potentials.unit_cut != nil
      && potentials.unit_move != nil && potentials.unit_close != nil
  }

  private static func isComplete(_ streams: qhost_streams) -> Bool {
    streams.is_stochastic != nil && streams.bind_rows != nil && streams.forward_draws != nil
  }
}

/// The id of a capability: its name, and the number of its draft.
struct CapabilityID: Equatable {
  /// As it is written.
  let text: String
  /// What stands before the last slash.
  let name: Substring
  /// What stands behind it; empty without one.
  let draft: Substring

  /// Takes a text apart.
  init(_ text: String) {
    self.text = text
    let slash = text.lastIndex(of: "/") ?? text.endIndex
    name = text[..<slash]
    draft = text[slash...].dropFirst()
  }
}
