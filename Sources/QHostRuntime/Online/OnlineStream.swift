internal import QHostInterfaces

/// Rows that come one after the other.
protocol OnlineStream: AnyObject {
  /// What models are made for.
  var dataset: any Dataset { get }
  /// What it is called, for messages.
  var name: String { get }
  /// Where it is known to change.
  var drifts: [Drift] { get }
  /// Rows that it has; `nil`: nobody knows.
  var rowCount: Int? { get }
  /// What it has seen of its rows that is worth a place in the record.
  var notes: OnlineRecord.Notes { get }

  /// Appends the next rows to a block; fewer than asked for only at the end.
  ///
  /// - Throws: kind `data` for rows that cannot be used.
  func read(_ count: Int, into block: inout OnlineBlock) throws(RunError)

  /// Goes to a row without handing over those before it.
  ///
  /// - Throws: kind `data` where these are not the rows that there were before.
  func skip(to row: Int, fingerprint: UInt64) throws(RunError)

  /// Tells the rows so far from others.
  var fingerprint: UInt64 { get }
}
