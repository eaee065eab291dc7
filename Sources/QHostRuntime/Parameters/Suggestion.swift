/// "Did you mean": the nearest of a list of names.
public enum Suggestion {
  /// The end of a sentence about an unknown name: the nearest name, or all that there are.
  public static func sentence(for name: String, among names: [String]) -> String {
    let ranked = names.map { (distance: likeness(name, $0), name: $0) }.sorted {
      ($0.distance, $0.name) < ($1.distance, $1.name)
    }
    guard let best = ranked.first else { return "; there is none to choose from" }
    if !name.isEmpty, best.distance <= max(1, name.count / 3) {
      return "; did you mean '\(best.name)'?"
    }
    return "; choose one of \(names.joined(separator: ", "))"
  }

  /// The end of a sentence about an unknown key, for example `model.hidden`: those that it is without their place
  /// come first.
  public static func sentence(forKey key: String, among keys: [String]) -> String {
    let whole = keys.filter { $0.hasSuffix(".\(key)") }.map { "'\($0)'" }
    if !key.isEmpty, !whole.isEmpty { return "; did you mean \(whole.joined(separator: " or "))?" }
    guard !key.contains(".") else { return sentence(for: key, among: keys) }
    let near = keys.filter { candidate in
      guard let point = candidate.lastIndex(of: ".") else { return false }
      let name = String(candidate[candidate.index(after: point)...])
      return distance(key, name) <= max(1, key.count / 3)
    }.map { "'\($0)'" }
    guard !near.isEmpty else { return sentence(for: key, among: keys) }
    return "; did you mean \(near.joined(separator: " or "))?"
  }

  /// The distance to a name, or to its beginning: a long name is often cut short.
  private static func likeness(_ name: String, _ candidate: String) -> Int {
    let beginning = String(candidate.prefix(name.count))
    return min(distance(name, candidate), distance(name, beginning) + 1)
  }

  /// The least number of insertions, deletions, replacements and swaps of neighbours between two
  /// words (optimal string alignment).
  static func distance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a.lowercased().unicodeScalars), Array(b.lowercased().unicodeScalars))
    var rows = [Array(0...b.count)]
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          best = min(best, rows[i - 1][j - 1] + 1)
        }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}
