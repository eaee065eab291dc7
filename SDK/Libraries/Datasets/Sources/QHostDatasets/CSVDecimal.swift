/// What separates the whole part of a number from its decimals.
public enum CSVDecimal: String, Sendable {
  /// `.`, as in 1,234.5.
  case point
  /// `,`, as in 1.234,5.
  case comma

  /// The byte.
  public var byte: UInt8 { self == .point ? UInt8(ascii: ".") : UInt8(ascii: ",") }

  /// The other one.
  public var other: CSVDecimal { self == .point ? .comma : .point }

  /// What the numbers of some records show.
  ///
  /// A number with one separator shows what it is unless it could group thousands: 0,75 and 12,5 have a decimal comma,
  /// 1,234 may have one or not. Where fields are separated by commas, decimals are not, unless all say so; programs
  /// write semicolons where commas are decimal.
  ///
  /// - Returns: the decimal sign, and whether that is known rather than assumed.
  static func detected(
    in sample: CSVText, delimiter: CSVDelimiter
  ) -> (decimal: CSVDecimal, isKnown: Bool) {
    var (points, commas, doubtful) = (0, 0, 0)
    for record in 0..<sample.recordCount {
      for index in 0..<sample.fieldCount(record) {
        switch Evidence(sample.field(record, index)) {
        case .decimal(.point): points += 1
        case .decimal(.comma): commas += 1
        case .doubtful: doubtful += 1
        case .none: break
        }
      }
    }
    if commas > 0, points == 0 { return (.comma, true) }
    if delimiter == .semicolon, doubtful > 0, points == 0 { return (.comma, true) }
    return (.point, delimiter == .comma || points > 0 && commas == 0)
  }

  /// What a field shows.
  private enum Evidence {
    case decimal(CSVDecimal)
    /// A comma that groups thousands or is decimal.
    case doubtful
    case none

    init(_ text: String) {
      let bytes = text.utf8
      guard let first = bytes.first, first &- 0x30 < 10 || first == 0x2D || first == 0x2B,
        bytes.dropFirst().allSatisfy({ $0 &- 0x30 < 10 || $0 == 0x2C || $0 == 0x2E })
      else {
        self = .none
        return
      }
      let digits = bytes.first.map { $0 &- 0x30 < 10 } == true ? bytes[...] : bytes.dropFirst()
      let parts = digits.split(omittingEmptySubsequences: false) { $0 == 0x2C || $0 == 0x2E }
      guard parts.count == 2, let sign = digits.first(where: { $0 == 0x2C || $0 == 0x2E }) else {
        self = .none
        return
      }
      let decimal: CSVDecimal = sign == 0x2C ? .comma : .point
      let groups =
        parts[1].count == 3 && (1...3).contains(parts[0].count) && parts[0].first != 0x30
      if groups {
        self = decimal == .comma ? .doubtful : .none
      } else {
        self = .decimal(decimal)
      }
    }
  }
}
