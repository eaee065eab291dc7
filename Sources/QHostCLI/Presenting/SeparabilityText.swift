import QHostRuntime
import QHostStatistics

/// What `qhost entangle` prints for people.
struct SeparabilityText {
  let record: SeparabilityRecord

  init(_ record: SeparabilityRecord) { self.record = record }

  /// A heading and a table.
  var text: String {
    let rows = record.models
    let table = TextTable(
      groups: [],
      names: TextTable.Column(
        heading: "passes", cells: rows.map { $0.passes.map { Numbers.short($0) } ?? "end" },
        isText: true),
      columns: [
        column("entropy (nat)", rows) { ($0.entropy, $0.entropyInterval) },
        column("participation", rows) { ($0.participation, $0.participationInterval) },
        TextTable.Column(
          heading: "rank",
          cells: rows.map { row in
            "\(row.rank) [\(Numbers.fixed(row.rankInterval.lower, 0)), "
              + "\(Numbers.fixed(row.rankInterval.upper, 0))]"
          }),
      ])
    let heading =
      "\(record.model) on \(record.dataset): output \(record.output) by \(Self.list(record.first)) | "
      + "\(Self.list(record.second)); \(record.samples) × \(record.samples) samples of the \(record.split) split"
    let note =
      "Intervals: \(Numbers.short(100 * record.level)) %, \(record.resamples) resamples. "
      + "Rank: products that hold \(Numbers.short(100 * record.rankPart)) % of the squares."
    return ([heading] + table.lines(width: nil).map(\.text) + [note]).joined(separator: "\n")
  }

  private func column(
    _ heading: String, _ rows: [Separability], _ value: (Separability) -> (Double, Interval)
  ) -> TextTable.Column {
    TextTable.Column(
      heading: heading,
      cells: rows.map { row in
        let (value, interval) = value(row)
        return "\(Numbers.fixed(value, 3)) [\(Numbers.fixed(interval.lower, 3)), "
          + "\(Numbers.fixed(interval.upper, 3))]"
      })
  }

  private static func list(_ names: [String]) -> String {
    names.count <= 6
      ? names.joined(separator: ",") : "\(names[0]),...,\(names[names.count - 1]) (\(names.count))"
  }
}
