internal import FoundationEssentials

/// Bytes as base64 that has exactly one form: padded, without spaces, unused bits zero.
///
/// Lenient readers take several texts for the same bytes, so that a signature or key could be changed
/// without being noticed.
enum CanonicalBase64 {
  /// The bytes of a text; `nil` when it is not the one text that has these bytes.
  static func bytes(_ text: some StringProtocol) -> [UInt8]? {
    guard let data = Data(base64Encoded: String(text)), data.base64EncodedString() == text else {
      return nil
    }
    return Array(data)
  }
}
