import Foundation
import MOS6502
import QHostInterfaces
import QHostTesting
import Testing

/// A program that learns, as users have it: the bytes and names of its files.
struct LearningMachine {
  let code: [UInt8]
  let symbols: [String: Int]
  private let memory = Memory()

  init(code: [UInt8], map: String) throws {
    self.code = code
    var symbols: [String: Int] = [:]
    for line in map.split(separator: "\n") {
      let words = line.split(separator: " ")
      symbols[String(words[1])] = Int(words[0].dropFirst(), radix: 16)
    }
    self.symbols = symbols
    memory.load(code, at: 0x2000)
  }

  init(_ folder: String) throws {
    try self.init(
      code: [UInt8](Data(contentsOf: URL(fileURLWithPath: "\(folder)/network.bin"))),
      map: String(contentsOfFile: "\(folder)/network.map", encoding: .utf8))
  }

  init(_ compiled: CompiledModel) throws {
    func bytes(_ name: String) throws -> [UInt8] {
      try #require(compiled.artifacts.first { $0.name == name }).bytes
    }
    try self.init(
      code: bytes("network.bin"), map: String(decoding: bytes("network.map"), as: UTF8.self))
  }

  func address(_ name: String) throws -> Int { try #require(symbols[name], "\(name)") }

  /// Calls a subroutine; what it leaves in A, and its cycles.
  @discardableResult
  func call(_ name: String, a: UInt8 = 0) throws -> (a: UInt8, cycles: UInt64) {
    memory.load([0xFF, 0x03], at: 0x01FE)
    var processor = Processor(
      memory, registers: Registers(pc: UInt16(try address(name)), a: a, s: 0xFD))
    #expect(processor.run(until: 0x0400, limit: 1_000_000_000) == .reached)
    return (processor.registers.a, processor.cycles)
  }

  func set(_ levels: [UInt8]) throws { memory.load(levels, at: try address("input")) }

  func bytes(_ name: String, _ count: Int) throws -> [UInt8] {
    let start = UInt16(try address(name))
    return (0..<count).map { memory[start + UInt16($0)] }
  }
}
