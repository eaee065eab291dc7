import QHostDatasets
import QHostInterfaces

/// Reads series from delimited text, in one of two layouts.
///
/// - Wide, as the text files of the UCR archive: one series of one channel a line, the label first. Lines may be of
///   unequal length; empty fields at the end of a line, as spreadsheets leave them, are not steps.
/// - Long: a header with a column `series`, one `class` or `target`, and one for each channel; one step a line. The lines
///   of a series follow one another; their label is the same.
enum CSVSeriesReader {
  /// Reads and checks a text.
  static func read(_ bytes: [UInt8], path: String) throws(ComponentError) -> SeriesFile {
    let delimiter = CSVDelimiter.detected(in: bytes, path: path)
    let text = try CSVText(bytes, path: path, delimiter: delimiter)
    guard text.recordCount > 0 else {
      throw .data("'\(path)' is empty; give a file of series")
    }
    let names = (0..<text.fieldCount(0)).map { text.field(0, $0).lowercased() }
    if let series = names.firstIndex(of: "series") {
      return try LongSeries(text, path: path, names: names, series: series).file()
    }
    return try readWide(text, path: path)
  }

  private static func readWide(
    _ text: CSVText, path: String
  ) throws(ComponentError) -> SeriesFile {
    var cases: [SeriesCase] = []
    for record in 0..<text.recordCount {
      let place = "'\(path)' line \(text.lines[record])"
      var end = text.fieldCount(record)
      while end > 1, text.field(record, end - 1).isEmpty { end -= 1 }
      guard end > 1 else {
        throw .data("\(place) has a label and no steps; correct or remove the line")
      }
      var values: [Float] = []
      for field in 1..<end {
        values.append(try SeriesNumber.read(text.field(record, field), "\(place), step \(field)"))
      }
      let label = text.field(record, 0)
      guard !label.isEmpty else { throw .data("\(place) has no label in its first field; add it") }
      cases.append(
        SeriesCase(values: values, length: values.count, label: label, line: text.lines[record]))
    }
    return SeriesFile(path: path, channelCount: 1, classes: nil, isRegression: false, cases: cases)
  }
}

/// The long layout.
private struct LongSeries {
  let text: CSVText
  let path: String
  let series: Int
  let label: Int
  let channels: [Int]
  let isRegression: Bool

  init(_ text: CSVText, path: String, names: [String], series: Int) throws(ComponentError) {
    guard let label = names.firstIndex(where: { $0 == "class" || $0 == "target" }) else {
      throw .data(
        "'\(path)' line \(text.lines[0]) has a column 'series' and none named 'class' or 'target'; "
          + "name the column to learn so")
    }
    self.text = text
    self.path = path
    self.series = series
    self.label = label
    isRegression = names[label] == "target"
    channels = names.indices.filter { $0 != series && $0 != label }
    guard !channels.isEmpty, text.recordCount > 1 else {
      throw .data("'\(path)' has no columns of values or no rows; add them")
    }
  }

  func file() throws(ComponentError) -> SeriesFile {
    var cases: [SeriesCase] = []
    var seen: Set<String> = []
    var name: String?
    for record in 1..<text.recordCount {
      let place = "'\(path)' line \(text.lines[record])"
      guard text.fieldCount(record) == text.fieldCount(0) else {
        throw .data(
          "\(place) has \(text.fieldCount(record)) fields, the header has \(text.fieldCount(0)); "
            + "correct the line")
      }
      if text.field(record, series) != name {
        let next = text.field(record, series)
        guard seen.insert(next).inserted else {
          throw .data(
            "\(place): series '\(next)' continues after another one; put the lines of a series "
              + "together")
        }
        name = next
        cases.append(
          SeriesCase(
            values: [], length: 0, label: text.field(record, label), line: text.lines[record]))
      }
      let last = cases.count - 1
      guard text.field(record, label) == cases[last].label else {
        throw .data(
          "\(place): label '\(text.field(record, label))' within a series of label "
            + "'\(cases[last].label)'; a series has one label")
      }
      for channel in channels {
        let value = try SeriesNumber.read(
          text.field(record, channel), "\(place), column '\(text.field(0, channel))'")
        cases[last].values.append(value)
      }
      cases[last].length += 1
    }
    return SeriesFile(
      path: path, channelCount: channels.count, classes: nil, isRegression: isRegression,
      cases: cases)
  }
}
