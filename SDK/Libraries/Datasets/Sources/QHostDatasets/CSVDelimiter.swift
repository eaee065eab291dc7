import QHostInterfaces

/// What separates the fields of a file.
public enum CSVDelimiter: String, CaseIterable {
  /// `,`
  case comma
  /// `;`
  case semicolon
  /// A tabulator.
  case tab

  /// The byte.
  public var byte: UInt8 {
    switch self {
    case .comma: UInt8(ascii: ",")
    case .semicolon: UInt8(ascii: ";")
    case .tab: UInt8(ascii: "\t")
    }
  }

  private static let sampleCount = 20

  /// The delimiter that gives the first 20 records the same number of fields, the most if several
  /// do; of those that do not, the one with the most in the first record.
  public static func detected(in text: [UInt8], path: String) -> CSVDelimiter {
    var best = (delimiter: CSVDelimiter.comma, isUniform: false, count: 1)
    for delimiter in allCases {
      guard
        let sample = try? CSVText(
          text, path: path, delimiter: delimiter.byte, limit: sampleCount), sample.recordCount > 0
      else { continue }
      let count = sample.fieldCount(0)
      guard count > 1 else { continue }
      let isUniform = (0..<sample.recordCount).allSatisfy { sample.fieldCount($0) == count }
      if (isUniform && !best.isUniform) || (isUniform == best.isUniform && count > best.count) {
        best = (delimiter, isUniform, count)
      }
    }
    return best.delimiter
  }
}
