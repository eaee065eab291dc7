internal import QHostRuntime

/// Names of files from labels: letters, digits and `-_.=+`, no two alike.
struct FileNames {
  private var taken: Set<String> = []

  /// The name for a label that has none yet.
  mutating func name(for label: String) -> String {
    let words = label.split { character in
      !character.isASCII
        || !(character.isLetter || character.isNumber || "-_.=+".contains(character))
    }
    let stem = words.isEmpty ? "unnamed" : words.joined(separator: "_")
    var name = stem
    var number = 2
    while !taken.insert(name).inserted {
      name = "\(stem)_\(number)"
      number += 1
    }
    return name
  }
}
