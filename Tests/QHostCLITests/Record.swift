import Foundation
import Testing

/// The record of a run, `qhost.run/2`, taken apart.
struct Record {
  let object: [String: Any]

  init(_ result: Program.Result) throws { object = try result.json() }

  /// An object within it.
  func part(_ name: String) throws -> [String: Any] {
    try #require(object[name] as? [String: Any], "\(name)")
  }

  /// A figure of a split.
  func metric(_ split: String, _ name: String) throws -> Double {
    let metrics = try #require(try part("metrics")[split] as? [String: Any])
    return try #require(metrics[name] as? Double)
  }

  /// A figure of what it cost.
  func cost(_ name: String) throws -> Double { try #require(try part("cost")[name] as? Double) }

  /// All that must be the same when the run is done again: no timings, memory or paths.
  func repeatable() throws -> String {
    var object = object
    object["artifacts"] = nil
    var cost = try part("cost")
    for name in [
      "seconds", "cpu_seconds", "optimizer_seconds", "watching_seconds", "peak_bytes",
    ] { cost[name] = nil }
    object["cost"] = cost
    let data = try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])
    return String(decoding: data, as: UTF8.self)
  }
}
