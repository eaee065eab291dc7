import MOS6502
import Testing

@Suite("Programs for machines")
struct DemonstrationTests {
  private static let networkCase = NetworkCase(widths: [12, 6, 4])

  private func make(_ machine: Machine, _ sample: [UInt8]) throws -> Demonstration {
    let network = Self.networkCase.network
    let compiler = NetworkCompiler(network, calibration: [sample], origin: machine.startAddress)
    return try Demonstration(
      try compiler.program([LayerKernel(.direct), LayerKernel(.loop)]), sample: sample, width: 4,
      maximum: 15, machine: machine)
  }

  /// Runs `main`; what it writes through the system's routine is kept by a routine of ours.
  private func screen(_ demonstration: Demonstration) throws -> (text: [UInt8], memory: Memory) {
    let memory = Memory()
    memory.load(demonstration.code.bytes, at: demonstration.code.origin)
    // stx $c0fe; ldx $c0ff; sta $c100,x; inc $c0ff; ldx $c0fe; rts
    let routine: [UInt8] = [
      0x8E, 0xFE, 0xC0, 0xAE, 0xFF, 0xC0, 0x9D, 0x00, 0xC1, 0xEE, 0xFF, 0xC0, 0xAE, 0xFE, 0xC0,
      0x60,
    ]
    for address in [0xFFD2, 0xFDED, 0xFFE3, 0xC200] { memory.load(routine, at: address) }
    memory.load([0xFF, 0xC1], at: 0x0346)
    for address in 2..<256 { memory[UInt16(address)] = UInt8(255 - address) }
    let start = try #require(demonstration.code.symbols["main"])
    // A return goes to $0400; the Atari stays in a loop.
    let end = demonstration.code.symbols["stay"] ?? 0x0400
    memory.load([0xFF, 0x03], at: 0x01FE)
    var processor = Processor(memory, registers: Registers(pc: UInt16(start), s: 0xFD))
    #expect(processor.run(until: UInt16(end), limit: 1_000_000) == .reached)
    let count = Int(memory[0xC0FF])
    return ((0..<count).map { memory[UInt16(0xC100 + $0)] }, memory)
  }

  @Test("show an input and its class, and leave page 0 as it was", arguments: Machine.all)
  func shows(_ machine: Machine) throws {
    for sample in Self.networkCase.rows(2) {
      let best = IntegerNetwork.bestClass(Self.networkCase.network.outputs(sample))
      let (text, memory) = try screen(try make(machine, sample))
      let plain = text.map { $0 == 0x9B ? 13 : machine.name == "apple2" ? $0 & 0x7F : $0 }
      let lines = String(decoding: plain, as: UTF8.self).split(
        separator: "\r", omittingEmptySubsequences: false)
      #expect(lines.count == 5)
      for (row, line) in lines.prefix(3).enumerated() {
        #expect(line.count == 4)
        for (column, character) in line.enumerated() {
          #expect((character == " ") == (sample[4 * row + column] == 0))
        }
      }
      #expect(lines[3] == "CLASS \(best)")
      for address in 2..<256 { #expect(memory[UInt16(address)] == UInt8(255 - address)) }
    }
  }

  @Test("are packed as their systems want them")
  func files() throws {
    let sample = Self.networkCase.rows(1)[0]
    for machine in Machine.all {
      let demonstration = try make(machine, sample)
      let code = demonstration.code
      let start = try #require(code.symbols["main"])
      let files = demonstration.files("n")
      let bytes = files[0].bytes
      func word(_ place: Int) -> Int { Int(bytes[place]) + 256 * Int(bytes[place + 1]) }
      switch machine.name {
      case "atari800":
        #expect(word(0) == 0xFFFF && word(2) == code.origin && word(4) == code.end - 1)
        #expect(Array(bytes[6..<6 + code.bytes.count]) == code.bytes)
        #expect(word(bytes.count - 6) == 0x2E0 && word(bytes.count - 2) == start)
      case "c64":
        #expect(word(0) == 0x0801)
        #expect(Array(bytes[2 + code.origin - 0x0801..<bytes.count]) == code.bytes)
        let line = String(decoding: bytes[7..<11], as: UTF8.self)
        #expect(bytes[6] == 0x9E && line == "\(start)".prefix(4))
      case "apple2":
        #expect(word(0) == code.origin - 3 && word(2) == bytes.count - 4)
        #expect(bytes[4] == 0x4C && word(5) == start)
      default:
        #expect(bytes == code.bytes)
        let text = String(decoding: files[1].bytes, as: UTF8.self)
        #expect(text.contains(String(start, radix: 16, uppercase: true)))
      }
    }
  }
}
