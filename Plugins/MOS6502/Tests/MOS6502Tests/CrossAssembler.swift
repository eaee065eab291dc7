import Foundation
import MOS6502
import Testing

/// ca65 and ld65 of the cc65 suite, when they are installed.
enum CrossAssembler {
  static let isPresent = ["ca65", "ld65"].allSatisfy { name in
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
    }
  }

  /// The bytes that ca65 makes of a listing.
  static func bytes(_ listing: String) throws -> [UInt8] {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let names = ["a.s", "a.o", "a.bin"].map { folder.appending(path: $0).path() }
    try listing.write(toFile: names[0], atomically: true, encoding: .utf8)
    try run("ca65", "-o", names[1], names[0])
    try run("ld65", "-t", "none", "-o", names[2], names[1])
    return [UInt8](try Data(contentsOf: URL(filePath: names[2])))
  }

  private static func run(_ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = arguments
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(arguments)")
  }
}
