import Foundation
import QHostPluginTesting

/// What `SDK/C/layout.golden` says of each struct and member.
struct GoldenLayout {
  /// Its lines without indentation and comments.
  let lines: [String]
  /// The structs' sizes.
  let sizes: [String: Int]

  /// Reads the file.
  init() throws {
    let text = try String(
      contentsOfFile: BuiltProducts.sources + "/SDK/C/layout.golden", encoding: .utf8)
    lines = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { $0.hasPrefix("QHOST_") }
    sizes = Dictionary(
      uniqueKeysWithValues: lines.compactMap { line in
        guard let match = line.wholeMatch(of: /QHOST_STRUCT\((\w+), (\d+)\)/) else { return nil }
        return (String(match.output.1), Int(match.output.2) ?? -1)
      })
  }
}
