internal import Foundation
internal import QHostInterfaces

/// States of all splits in a file of the user's cache.
///
/// Eight bytes `qhostmcs`; version, seed, samples and the teacher's fingerprint as 64-bit words; then of each split its inputs
/// [N × 15], values [N × 28] and, but for training, futures [N × 16], in single precision. All little-endian.
struct StateFile {
  /// To be raised whenever other states come of the same settings.
  static let version: UInt64 = 1
  /// Rows from which on states are kept.
  static let leastSampleCount = 100_000
  private static let mark = Array("qhostmcs".utf8)
  private static let headerBytes = 40

  let path: String
  private let header: [UInt64]
  private let settings: LinkSettings

  /// The file of settings and a teacher, whether or not it is there.
  init(_ settings: LinkSettings, _ teacher: Teacher) {
    self.settings = settings
    let fingerprint = teacher.fingerprint
    header = [
      Self.version, UInt64(bitPattern: Int64(settings.seed)), UInt64(settings.sampleCount),
      fingerprint,
    ]
    let name =
      "v\(Self.version)-seed\(settings.seed)-\(settings.sampleCount)-"
      + String(fingerprint, radix: 16) + ".states"
    path = Self.folder + "/" + name
  }

  /// `$XDG_CACHE_HOME/qhost/mcs`, or `~/.cache/qhost/mcs`.
  static var folder: String {
    let environment = ProcessInfo.processInfo.environment
    let set = environment["XDG_CACHE_HOME"] ?? ""
    let base = set.hasPrefix("/") ? set : (environment["HOME"] ?? "/tmp") + "/.cache"
    return base + "/qhost/mcs"
  }

  /// The states; `nil`: there is no file.
  ///
  /// - Throws: an error of kind `data` that names the file when it is cut short, or is of another version, seed, count or teacher.
  func read() throws(ComponentError) -> [Split: StateTable]? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    guard let data = try? Data(contentsOf: URL(filePath: path), options: .alwaysMapped) else {
      throw .data("\(path) cannot be read; delete it, and it is made again")
    }
    guard data.count >= Self.headerBytes, data.prefix(8).elementsEqual(Self.mark) else {
      throw .data("\(path) is not a file of states; delete it, and it is made again")
    }
    let found = data.withUnsafeBytes { bytes in
      (0..<4).map {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 + 8 * $0, as: UInt64.self))
      }
    }
    for (place, name) in ["version", "seed", "samples", "teacher"].enumerated()
    where found[place] != header[place] {
      throw .data(
        "\(path) is of \(name) \(found[place]), not \(header[place]); delete it, and it is made again"
      )
    }
    let expected = Self.headerBytes + 4 * Split.allCases.map(floatCount).reduce(0, +)
    guard data.count == expected else {
      throw .data(
        "\(path) has \(data.count) bytes, not \(expected); delete it, and it is made again")
    }
    return tables(data)
  }

  private func floatCount(_ split: Split) -> Int {
    settings.rowCount(split)
      * (StateTable.inputCount + StateTable.schemeCount
        + (split == .train ? 0 : StateTable.futureCount))
  }

  private func tables(_ data: Data) -> [Split: StateTable] {
    var place = Self.headerBytes
    func take(_ count: Int) -> [Float] {
      let start = place
      place += 4 * count
      return data.withUnsafeBytes { bytes in
        [Float](unsafeUninitializedCapacity: count) { buffer, filled in
          UnsafeMutableRawBufferPointer(buffer).copyMemory(
            from: UnsafeRawBufferPointer(rebasing: bytes[start..<(start + 4 * count)]))
          filled = count
        }
      }
    }
    var tables: [Split: StateTable] = [:]
    for split in Split.allCases {
      let rows = settings.rowCount(split)
      var table = StateTable()
      table.inputs = take(rows * StateTable.inputCount)
      table.values = take(rows * StateTable.schemeCount)
      if split != .train { table.futures = take(rows * StateTable.futureCount) }
      tables[split] = table
    }
    return tables
  }

  /// Writes the states, in one step.
  ///
  /// - Throws: an error of kind `data` when the file cannot be written.
  func write(_ tables: [Split: StateTable]) throws(ComponentError) {
    var data = Data(Self.mark)
    for word in header { withUnsafeBytes(of: word.littleEndian) { data.append(contentsOf: $0) } }
    for split in Split.allCases {
      guard let table = tables[split] else { continue }
      for floats in [table.inputs, table.values, table.futures] {
        floats.withUnsafeBytes { data.append(contentsOf: $0) }
      }
    }
    do {
      try FileManager.default.createDirectory(
        atPath: Self.folder, withIntermediateDirectories: true)
      try data.write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw .data("\(path) cannot be written (\(error.localizedDescription)); set XDG_CACHE_HOME")
    }
  }
}
