import Foundation
import MOS6502

/// The single-step tests of the shared data: 200 for each documented opcode.
///
/// A record: 10 bytes of name; the initial and the final state, each PC (big-endian), S, A, X, Y, P,
/// count n and n entries of address (big-endian) and value; a count n of cycles and n entries of
/// address (2), value and kind.
struct SingleStepVectors {
  struct State {
    var registers: Registers
    var bytes: [(address: UInt16, value: UInt8)]
  }

  struct Record {
    var name: String
    var before: State
    var after: State
    var cycleCount: Int
  }

  static let path = ProcessInfo.processInfo.environment["QHOST_DATA"].map {
    $0 + "/mos6502/single-step-tests.bin.xz"
  }
  static let isPresent = path.map { FileManager.default.fileExists(atPath: $0) } ?? false

  private let bytes: [UInt8]
  private var place = 0

  init() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["xz", "--decompress", "--stdout", Self.path ?? ""]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    bytes = [UInt8](pipe.fileHandleForReading.readDataToEndOfFile())
    process.waitUntilExit()
  }

  mutating func next() -> Record? {
    guard place < bytes.count else { return nil }
    let name = String(decoding: bytes[place..<place + 10].prefix { $0 != 0 }, as: UTF8.self)
    place += 10
    let (before, after) = (state(), state())
    let cycleCount = Int(byte())
    place += 4 * cycleCount
    return Record(name: name, before: before, after: after, cycleCount: cycleCount)
  }

  private mutating func state() -> State {
    let pc = word()
    let (s, a, x, y, p) = (byte(), byte(), byte(), byte(), byte())
    let registers = Registers(pc: pc, a: a, x: x, y: y, s: s, p: p)
    let count = Int(byte())
    return State(registers: registers, bytes: (0..<count).map { _ in (word(), byte()) })
  }

  private mutating func byte() -> UInt8 {
    place += 1
    return bytes[place - 1]
  }

  private mutating func word() -> UInt16 { UInt16(byte()) << 8 | UInt16(byte()) }
}
