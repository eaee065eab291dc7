internal import QHostRuntime

/// A zip archive whose files are stored as they are.
///
/// Source: PKWARE's APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16.
struct ZipArchive {
  private static let version: UInt16 = 20
  /// 1 January 1980, the first day that the form knows: the same files make the same archive.
  private static let date: UInt16 = 0x0021

  /// Some way below 2³², for what comes beside the files.
  private static let byteLimit = 4_000_000_000

  private var writer = ByteWriter()
  private var directory = ByteWriter()
  private var count: UInt16 = 0

  /// Adds a file.
  ///
  /// - Throws: kind `usage` when the archive becomes larger than its form allows.
  mutating func add(_ name: String, _ bytes: [UInt8]) throws(RunError) {
    guard writer.count + bytes.count < Self.byteLimit else {
      throw RunError(
        .usage, "the runs are too many for one archive of 4 GB; use --format safetensors")
    }
    var facts = ByteWriter()
    facts.append(Self.version)
    // Names are UTF-8; method 0, stored; time 0.
    for field in [0x0800, 0, 0, Self.date] as [UInt16] { facts.append(field) }
    facts.append(CyclicRedundancy.zip(bytes))
    facts.append(UInt32(bytes.count))
    facts.append(UInt32(bytes.count))
    facts.append(UInt16(name.utf8.count))
    facts.append(UInt16(0))
    directory.append(UInt32(0x0201_4B50))
    directory.append(Self.version)
    directory.append(facts.bytes)
    // No comment, first disk, no attributes.
    for _ in 0..<3 { directory.append(UInt16(0)) }
    directory.append(UInt32(0))
    directory.append(UInt32(writer.count))
    directory.append(name)
    writer.append(UInt32(0x0403_4B50))
    writer.append(facts.bytes)
    writer.append(name)
    writer.append(bytes)
    count += 1
  }

  /// The archive.
  var bytes: [UInt8] {
    var whole = writer
    whole.append(directory.bytes)
    whole.append(UInt32(0x0605_4B50))
    for field in [0, 0, count, count] { whole.append(field) }
    whole.append(UInt32(directory.count))
    whole.append(UInt32(writer.count))
    whole.append(UInt16(0))
    return whole.bytes
  }
}
