/// Files that hold others in a packed form, known by their first bytes.
enum PackedFile {
  private static let kinds: [(first: [UInt8], name: String)] = [
    (Array("PK\u{3}\u{4}".utf8), "a zip archive, as .zip and .xlsx files are"),
    (Array("BZh".utf8), "packed by bzip2"),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "packed by xz"),
    ([0x28, 0xB5, 0x2F, 0xFD], "packed by zstd"),
    ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7z archive"),
    (Array("PAR1".utf8), "a Parquet file"),
    ([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A], "an HDF5 file"),
    ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1], "an old Office document, as .xls files are"),
    (Array("%PDF-".utf8), "a PDF document"),
  ]

  /// What a file is, as the end of a sentence, if it is packed.
  static func words(for bytes: [UInt8]) -> String? {
    guard let kind = kinds.first(where: { bytes.starts(with: $0.first) }) else { return nil }
    return "is \(kind.name); unpack it, or save the table as CSV"
  }
}
