internal import QHostRuntime

/// Names of files from labels: letters, digits and `-_.=+`, no two alike, of at most 100 bytes or a few more.
struct FileNames {
  private static let longest = 100
  private static let digits = 8

  private var taken: Set<String> = []

  /// The name for a label that has none yet.
  mutating func name(for label: String) -> String {
    let words = label.split { character in
      !character.isASCII
        || !(character.isLetter || character.isNumber || "-_.=+".contains(character))
    }
    var stem = words.isEmpty ? "unnamed" : words.joined(separator: "_")
    if stem.utf8.count > Self.longest {
      let digest = Array(label.utf8).withUnsafeBytes { SHA256Digest.of($0) }
      stem = "\(stem.prefix(Self.longest - Self.digits - 1))-\(digest.prefix(Self.digits))"
    }
    var name = stem
    var number = 2
    while !taken.insert(name).inserted {
      name = "\(stem)_\(number)"
      number += 1
    }
    return name
  }
}
