/// Finds what a user probably meant.
public enum SimilarName {
  /// The most similar of some names, if it differs in no more than a third of its letters.
  ///
  /// - Parameters:
  ///   - text: what the user wrote; upper and lower case are the same.
  ///   - names: the candidates.
  /// - Returns: the first of equally similar names; `nil`: none is similar.
  public static func of(_ text: String, among names: [String]) -> String? {
    let wanted = Array(text.lowercased())
    var best: (name: String, distance: Int)?
    for name in names {
      let distance = editDistance(wanted, Array(name.lowercased()))
      let allowed = max(1, max(wanted.count, name.count) / 3)
      if distance <= allowed, distance < best?.distance ?? .max { best = (name, distance) }
    }
    return best?.name
  }

  /// Insertions, deletions and replacements between two words (Levenshtein, 1966).
  private static func editDistance(_ a: [Character], _ b: [Character]) -> Int {
    var previous = Array(0...b.count)
    for (i, left) in a.enumerated() {
      var current = [i + 1]
      for (j, right) in b.enumerated() {
        let replaced = previous[j] + (left == right ? 0 : 1)
        current.append(min(replaced, previous[j + 1] + 1, current[j] + 1))
      }
      previous = current
    }
    return previous[b.count]
  }
}
