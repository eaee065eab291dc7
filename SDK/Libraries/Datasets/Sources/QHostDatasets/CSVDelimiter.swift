import QHostInterfaces

/// What separates the fields of a file.
public enum CSVDelimiter: String, CaseIterable, Sendable {
  /// `,`
  case comma
  /// `;`
  case semicolon
  /// A tabulator.
  case tab
  /// `|`
  case bar
  /// One or more spaces or tabulators; those at the ends of a line do not count.
  case space

  /// The byte.
  public var byte: UInt8 {
    switch self {
    case .comma: UInt8(ascii: ",")
    case .semicolon: UInt8(ascii: ";")
    case .tab: UInt8(ascii: "\t")
    case .bar: UInt8(ascii: "|")
    case .space: UInt8(ascii: " ")
    }
  }

  private static let sampleCount = 20

  /// The delimiter that gives the first 20 records the same number of fields, but for the first of them; the most
  /// fields if several do; of those that do not, the one with the most in the first record.
  ///
  /// Spaces separate only where nothing else does, and commas do not where they may be the decimal commas of a file
  /// with semicolons, tabulators or bars.
  ///
  /// - Parameters:
  ///   - text: the file's bytes.
  ///   - start: where the first record begins.
  ///   - path: the file's name.
  /// - Returns: the delimiter; a comma where none separates anything.
  public static func detected(
    in text: [UInt8], from start: Int = 0, path: String
  ) -> CSVDelimiter {
    let candidates = allCases.compactMap { Candidate($0, in: text, from: start, path: path) }
    // The first record may be a title, or a header without a name for the row numbers.
    let tiers = [
      candidates.filter { $0.isUniform && $0.fitsFirst }, candidates.filter(\.isUniform),
    ]
    let tier = tiers.first { !$0.isEmpty } ?? candidates
    let others = tier.filter { $0.delimiter != .space }
    if tier.first?.isUniform == true, tier.first?.delimiter == .comma,
      let other = others.first(where: { $0.delimiter != .comma && $0.hasDecimalCommas })
    {
      return other.delimiter
    }
    let most = others.reduce(nil) { (best: Candidate?, next) in
      (best?.count ?? 0) >= next.count ? best : next
    }
    return most?.delimiter ?? tier.first?.delimiter ?? .comma
  }

  /// How the first records look with a delimiter.
  private struct Candidate {
    let delimiter: CSVDelimiter
    /// Fields of a record.
    let count: Int
    let isUniform: Bool
    /// Whether the first record has as many fields too.
    let fitsFirst: Bool
    /// Whether there are commas, each of them between digits.
    let hasDecimalCommas: Bool

    /// Tries a delimiter; `nil`: it separates nothing.
    init?(_ delimiter: CSVDelimiter, in text: [UInt8], from start: Int, path: String) {
      guard
        let sample = try? CSVText(
          text, path: path, delimiter: delimiter, from: start, limit: sampleCount),
        sample.recordCount > 0
      else { return nil }
      let first = sample.recordCount > 2 ? 1 : 0
      count = sample.fieldCount(first)
      guard count > 1 else { return nil }
      self.delimiter = delimiter
      let width = count
      fitsFirst = sample.fieldCount(0) == width
      isUniform = (first..<sample.recordCount).allSatisfy { sample.fieldCount($0) == width }
      let places = (start..<sample.end).filter { text[$0] == UInt8(ascii: ",") }
      hasDecimalCommas =
        !places.isEmpty
        && places.allSatisfy { place in
          [place - 1, place + 1].allSatisfy { text.indices.contains($0) && text[$0] &- 0x30 < 10 }
        }
    }
  }
}
