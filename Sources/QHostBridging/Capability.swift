internal import CQHost
internal import QHostInterfaces

/// What a component can do beside what its kind's table says, as far as this host knows.
///
/// Each has a header of its own with a table of functions, which a component publishes under an id:
/// a name and the number of the draft, for example `qhost.draft.figures/1`.
public enum Capability: String, Sendable, CaseIterable {
  /// Data for pictures.
  case figures
  /// Models around other models.
  case inner
  /// Rows that are series of unequal length.
  case series
  /// Outputs that are random draws.
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
    case .figures: CapabilityID(QHOST_DRAFT_FIGURES)
    case .inner: CapabilityID(QHOST_DRAFT_INNER)
    case .series: CapabilityID(QHOST_DRAFT_SERIES)
    case .streams: CapabilityID(QHOST_DRAFT_STREAMS)
    }
  }

  /// Where its table is declared, below the folder of the interface's headers.
  var header: String {
    switch self {
    case .figures: "qhost/draft/figures.h"
    case .inner: "qhost/draft/inner.h"
    case .series: "qhost/draft/series.h"
    case .streams: "qhost/draft/streams.h"
    }
  }

  /// The host's side of it, which lives until the process ends.
  var hostTable: UnsafeRawPointer {
    switch self {
    case .figures: UnsafeRawPointer(FigureLimits.table)
    case .inner: UnsafeRawPointer(InnerModels.table)
    case .series: UnsafeRawPointer(SeriesFacts.table)
    case .streams: UnsafeRawPointer(StreamFacts.table)
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
      case .figures: qhost_figures.completed(table)
      case .inner: qhost_inner.completed(table)
      case .series: qhost_series.completed(table)
      case .streams: qhost_streams.completed(table)
      }
    guard let copy else {
      throw FormatError(
        "the table of capability '\(id.text)' of \(culprit) is smaller than that of '\(header)'; "
          + "set its struct_size to sizeof the table")
    }
    guard isComplete(copy, of: kind) else {
      throw FormatError(
        "the table of capability '\(id.text)' of \(culprit) lacks a function; "
          + "set all that '\(header)' declares")
    }
    return copy
  }

  private func isComplete(_ table: UnsafeRawPointer, of kind: ComponentKind?) -> Bool {
    switch self {
    case .figures: table.assumingMemoryBound(to: qhost_figures.self).pointee.figures != nil
    case .inner: true
    case .series:
      Self.isComplete(table.assumingMemoryBound(to: qhost_series.self).pointee, of: kind)
    case .streams:
      Self.isComplete(table.assumingMemoryBound(to: qhost_streams.self).pointee)
    }
  }
}

extension Capability {
  private static func isComplete(_ series: qhost_series, of kind: ComponentKind?) -> Bool {
    guard series.is_series != nil else { return false }
    switch kind {
    case .dataset: return series.lengths != nil && series.is_stream != nil
    case .model: return series.bind_series != nil
    default: return true
    }
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
