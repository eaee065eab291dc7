import QHostDrawing
internal import QHostStatistics

/// What stands in the cells of tables of problems.
extension ReportTable {
  /// Marks the best of a column, if there is something to be better than.
  static func mark(_ column: inout Column, best values: [Double?], isMoreBetter: Bool) {
    let present = values.compactMap(\.self)
    guard present.count > 1, let best = isMoreBetter ? present.max() : present.min() else { return }
    for (place, value) in values.enumerated() where value == best {
      column.cells[place].isBest = true
    }
  }

  /// How many runs there are, have failed, and are to come.
  static func runs(_ row: CombinationReport) -> String? {
    var text = "\(row.runCount)"
    if row.failureCount > 0 { text += " + \(row.failureCount) failed" }
    if row.missingCount > 0 { text += " + \(row.missingCount) to come" }
    return text
  }

  /// How many runs reached the target, and the rate with its range.
  static func success(_ row: CombinationReport) -> String? {
    row.success.map { success in
      let (low, high) = (success.interval.lower, success.interval.upper)
      return "\(success.count) of \(success.outOf), \(NumberText.percent(success.rate)) % "
        + "[\(NumberText.percent(low)), \(NumberText.percent(high))]"
    }
  }

  /// A mean with its range.
  static func mean(_ figure: Distribution?, _ number: (Double) -> String) -> String? {
    figure.map { figure in
      let range = figure.meanInterval.map { " [\(number($0.lower)), \(number($0.upper))]" } ?? ""
      return number(figure.mean) + range
    }
  }

  /// A median with the quartiles, unless they are the same.
  static func spread(
    _ figure: Distribution?, unit: String = "", _ number: (Double) -> String
  ) -> String? {
    figure.map { spread([$0.median, $0.lowerQuartile, $0.upperQuartile].map(number), unit) }
  }

  /// A median of counts with the quartiles, unless they are the same.
  static func spread(counting figure: Distribution?) -> String? {
    figure.map {
      spread(NumberText.counts([$0.median, $0.lowerQuartile, $0.upperQuartile]), "")
    }
  }

  private static func spread(_ texts: [String], _ unit: String) -> String {
    let isPoint = texts[1] == texts[0] && texts[2] == texts[0]
    return texts[0] + unit + (isPoint ? "" : " [\(texts[1]), \(texts[2])]")
  }

  /// The least and the greatest value; one of them where they are the same.
  static func range(_ figure: Distribution?, _ number: (Double) -> String) -> String? {
    figure.map { figure in
      let (least, greatest) = (number(figure.minimum), number(figure.maximum))
      return least == greatest ? least : "\(least) to \(greatest)"
    }
  }

  /// An expected running time with its range.
  static func text(_ time: CombinationReport.ExpectedTime, _ effort: Effort) -> String {
    guard let mean = time.value else { return "none: \(time.absence ?? "no runs")" }
    let (unit, perSecond) = NumberText.unit(ofSeconds: mean)
    let values = [mean] + (time.interval.map { [$0.lower, $0.upper] } ?? [])
    let texts =
      effort.isTime
      ? values.map { NumberText.measured($0 * perSecond, 3) } : NumberText.counts(values)
    guard mean.isFinite else { return texts[0] }
    let range = texts.count == 3 ? " [\(texts[1]), \(texts[2])]" : ""
    return texts[0] + (effort.isTime ? " \(unit)" : "") + range
  }

  /// Why runs ended, the most frequent reason first.
  static func reasons(_ row: CombinationReport) -> String? {
    let words = [
      "budgetSpent": "budget", "targetReached": "target", "toleranceReached": "tolerance",
      "stalled": "no way forward", "scheduleEnded": "schedule", "cancelled": "interruption",
    ]
    let sorted = row.stopReasons.sorted { one, other in
      one.value == other.value ? one.key < other.key : one.value > other.value
    }
    let parts = sorted.map { "\(words[$0.key] ?? $0.key) \($0.value)" }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}
