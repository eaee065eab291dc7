import QHostDatasets
import QHostInterfaces

/// A CSV file with a header and the columns `timestamp`, `value`, and perhaps one that labels anomalies.
struct AnomalyFile {
  /// The file.
  let path: String
  /// The times, as they are written, [T].
  let timestamps: [String]
  /// The values, [T].
  let values: [Double]
  /// The runs of label 1; `nil`: no column is named `is_anomaly`, `anomaly` or `label`.
  let labelled: [ClosedRange<Int>]?
  /// What is irregular about the times.
  let faults: TimestampFaults

  /// Reads and checks a file.
  ///
  /// - Throws: kind `data` with file, line and remedy.
  init(_ path: String) throws(ComponentError) {
    let bytes = try FileBytes.readText(path, remedy: "give a CSV file with timestamp and value")
    let text = try CSVText(bytes, path: path, delimiter: .comma)
    guard text.recordCount > 1 else {
      throw .data("'\(path)' has no rows; give a header and one row a time")
    }
    let names = (0..<text.fieldCount(0)).map { text.field(0, $0).lowercased() }
    guard let time = names.firstIndex(of: "timestamp"), let value = names.firstIndex(of: "value")
    else {
      throw .data(
        "'\(path)' line \(text.lines[0]) must name the columns 'timestamp' and 'value'; add the "
          + "header")
    }
    let label = names.firstIndex { ["is_anomaly", "anomaly", "label"].contains($0) }
    var (timestamps, values, flags): ([String], [Double], [Bool]) = ([], [], [])
    for record in 1..<text.recordCount {
      let place = "'\(path)' line \(text.lines[record])"
      guard text.fieldCount(record) == names.count else {
        throw .data(
          "\(place) has \(text.fieldCount(record)) fields, the header has \(names.count); correct it"
        )
      }
      timestamps.append(Timestamp.canonical(text.field(record, time)))
      values.append(Double(try SeriesNumber.read(text.field(record, value), "\(place), value")))
      guard let label else { continue }
      let flag = text.field(record, label)
      guard let number = Double(flag), number == 0 || number == 1 else {
        throw .data("\(place): label '\(flag)' is neither 0 nor 1; correct it")
      }
      flags.append(number == 1)
    }
    self.path = path
    self.timestamps = timestamps
    self.values = values
    labelled = label == nil ? nil : Self.runs(flags)
    faults = TimestampFaults(timestamps, lines: Array(text.lines[1...]))
  }

  private static func runs(_ flags: [Bool]) -> [ClosedRange<Int>] {
    var runs: [ClosedRange<Int>] = []
    for (row, flag) in flags.enumerated() where flag {
      if let last = runs.last, last.upperBound == row - 1 {
        runs[runs.count - 1] = last.lowerBound...row
      } else {
        runs.append(row...row)
      }
    }
    return runs
  }
}
