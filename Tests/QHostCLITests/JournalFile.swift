import Foundation
import Testing

/// A journal of a comparison, taken apart.
struct JournalFile {
  let path: String
  let records: [[String: Any]]

  /// Reads the journal of a folder; a last line without its end is left out.
  init(_ program: Program, _ folder: String) throws {
    path = "\(program.folder)/\(folder)/journal.jsonl"
    let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    let whole = text.prefix(upTo: text.lastIndex(of: "\n") ?? text.startIndex)
    records = try whole.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  /// The records of a kind.
  func records(_ kind: String) -> [[String: Any]] {
    records.filter { $0["record"] as? String == kind }
  }

  /// The first line.
  var header: [String: Any] { records.first ?? [:] }

  /// The cells by number, with all that depends on the clock or the machine taken out.
  func cells() throws -> [Int: String] {
    var cells: [Int: String] = [:]
    for var record in records("cell") {
      let number = try #require(record["cell"] as? Int)
      #expect(cells[number] == nil, "cell \(number) is there twice")
      var improvements = try #require(record["improvements"] as? [String: Any])
      improvements["seconds"] = nil
      record["improvements"] = improvements
      var run = try #require(record["run"] as? [String: Any])
      var cost = try #require(run["cost"] as? [String: Any])
      for name in ["seconds", "cpu_seconds", "optimizer_seconds", "peak_bytes"] { cost[name] = nil }
      run["cost"] = cost
      record["run"] = run
      cells[number] = String(
        decoding: try JSONSerialization.data(withJSONObject: record, options: .sortedKeys),
        as: UTF8.self)
    }
    return cells
  }

  /// What of the header must be the same for each part of a comparison.
  func plan() throws -> String {
    var parts: [String: Any] = [:]
    for key in [
      "schema", "plan", "plan_hash", "cells", "combinations", "skipped", "plugins", "datasets",
      "host_version",
    ] {
      let value = header[key]
      #expect(value != nil, "\(key)")
      parts[key] = value
    }
    let data = try JSONSerialization.data(withJSONObject: parts, options: .sortedKeys)
    return String(decoding: data, as: UTF8.self)
  }
}
