internal import Foundation
import QHostDatasets
import QHostInterfaces

/// The series of a folder and the windows of their anomalies, or one labelled file.
struct AnomalyCorpus: Sendable {
  /// In the order of their names.
  let series: [AnomalySeries]

  /// Reads and checks them.
  ///
  /// - Parameters:
  ///   - configuration: has `path`, `windows`, `series` and `irregular`.
  ///   - host: finds them, and is told what is irregular.
  /// - Throws: kind `parameter` or `data`, with file, line and remedy.
  init(_ configuration: Configuration, _ host: any HostServices) throws(ComponentError) {
    let path = configuration.text("path")
    guard !path.isEmpty else { throw .parameter("path is empty; set path to a folder or file") }
    let refuses = configuration.choice("irregular") == "refuse"
    guard !path.lowercased().hasSuffix(".csv") else {
      let file = try AnomalyFile(try Self.locate(path, host))
      guard let windows = file.labelled else {
        throw .data(
          "'\(file.path)' has no column 'is_anomaly', 'anomaly' or 'label'; add one, or set path to a "
            + "folder with \(configuration.text("windows"))")
      }
      series = [AnomalySeries(name: path, values: file.values, windows: windows)]
      try Self.report([file], refuses: refuses, host)
      return
    }
    // A data folder is searched for files alone.
    let list = try Self.locate("\(path)/\(configuration.text("windows"))", host)
    let folder = String(list.dropLast(configuration.text("windows").count))
    let windows = try Self.windows(list)
    let prefix = configuration.text("series")
    let names = windows.keys.filter { $0.hasPrefix(prefix) }.sorted()
    guard !names.isEmpty else {
      throw .parameter(
        "series '\(prefix)' begins none of the \(windows.count) names in '\(list)'; set it to the "
          + "beginning of one, or leave it empty")
    }
    var (series, files): ([AnomalySeries], [AnomalyFile]) = ([], [])
    for name in names {
      let file = try AnomalyFile(folder + name)
      files.append(file)
      let rows = try Self.rows(windows[name] ?? [], of: file, list: list)
      series.append(AnomalySeries(name: name, values: file.values, windows: rows))
    }
    self.series = series
    try Self.report(files, refuses: refuses, host)
  }

  private static func locate(
    _ path: String, _ host: any HostServices
  ) throws(ComponentError) -> String {
    if FileBytes.exists(path) { return path }
    do {
      return try host.locateData(path)
    } catch {
      throw .data(
        "'\(path)' does not exist, neither from the current folder nor in the data folders; set path "
          + "to a folder of series or to a labelled CSV file")
    }
  }

  private static func windows(_ path: String) throws(ComponentError) -> [String: [[String]]] {
    let bytes = try FileBytes.readText(path, remedy: "give a readable list of windows")
    do {
      return try JSONDecoder().decode([String: [[String]]].self, from: Data(bytes))
    } catch {
      throw .data(
        "'\(path)' is not a JSON object of file names and lists of [first, last] times; correct it")
    }
  }

  /// Windows as rows: the first ones with just these times, as the benchmark finds them.
  private static func rows(
    _ windows: [[String]], of file: AnomalyFile, list: String
  ) throws(ComponentError) -> [ClosedRange<Int>] {
    var rows: [ClosedRange<Int>] = []
    for window in windows {
      guard window.count == 2 else {
        throw .data(
          "'\(list)': a window of '\(file.path)' has \(window.count) times, not 2; correct it")
      }
      var ends: [Int] = []
      for time in window {
        guard let row = file.timestamps.firstIndex(of: Timestamp.canonical(time)) else {
          throw .data(
            "'\(list)': no row of '\(file.path)' has the time '\(time)' of a window; correct one of "
              + "them")
        }
        ends.append(row)
      }
      guard ends[0] <= ends[1], rows.last.map({ $0.upperBound < ends[0] }) ?? true else {
        throw .data(
          "'\(list)': the window '\(window[0])' of '\(file.path)' ends before it begins, or begins "
            + "before the last one has ended; put them in order")
      }
      rows.append(ends[0]...ends[1])
    }
    return rows
  }

  private static func report(
    _ files: [AnomalyFile], refuses: Bool, _ host: any HostServices
  ) throws(ComponentError) {
    let wrong = files.filter { $0.faults.duplicates + $0.faults.unordered + $0.faults.gaps > 0 }
    guard let first = wrong.first else { return }
    let faults = wrong.map(\.faults)
    let what =
      "\(faults.reduce(0) { $0 + $1.duplicates }) duplicate and "
      + "\(faults.reduce(0) { $0 + $1.unordered }) unordered timestamps and "
      + "\(faults.reduce(0) { $0 + $1.gaps }) gaps"
    let line = first.faults.firstLine.map { " line \($0)" } ?? ""
    guard !refuses else {
      throw .data(
        "\(wrong.count) of \(files.count) series have \(what), the first in '\(first.path)'\(line); "
          + "correct them, or set irregular=report to take rows in the order of the file")
    }
    host.log(
      .info,
      "\(wrong.count) of \(files.count) series have \(what); rows are taken in the order of the file"
    )
  }
}
