/// Names of figures and tables from labels: the same for the same labels, and no two alike in a report.
struct StableNames {
  private static let longest = 150
  private var taken: Set<String> = []

  /// A name that nothing else has.
  ///
  /// - Parameters:
  ///   - subject: what it is of, for example a problem's title.
  ///   - words: what of it that is.
  /// - Returns: small letters, digits, `_`, `.` and `-` between them, at most 150 characters and a number.
  mutating func make(_ subject: String, _ words: String) -> String {
    let end = "-" + Self.slug(words)
    let stem = Self.shortened(Self.slug(subject), to: Self.longest - end.count)
    var name = stem + end
    var number = 2
    while !taken.insert(name).inserted {
      name = "\(stem)-\(number)\(end)"
      number += 1
    }
    return name
  }

  /// Text as words with `-` between them.
  static func slug(_ text: String) -> String {
    let words = text.split { character in
      !character.isASCII || !(character.isLetter || character.isNumber || "_.".contains(character))
    }
    return words.isEmpty ? "unnamed" : words.joined(separator: "-").lowercased()
  }

  /// A name that is too long ends with what tells it from others that begin like it.
  private static func shortened(_ name: String, to length: Int) -> String {
    guard name.count > length else { return name }
    let hash = name.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    return name.prefix(length - 9) + "-" + String(hash >> 32, radix: 16)
  }
}
