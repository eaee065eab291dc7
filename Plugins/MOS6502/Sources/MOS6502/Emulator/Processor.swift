/// An NMOS 6502: the 151 documented opcodes with their exact cycles, decimal mode included.
///
/// Cycles are counted by instruction: page crossings of reads and branches cost what they cost in the
/// chip. The extra reads and writes on the bus, which only devices notice, are not made.
///
/// Source: MOS Technology, *MCS6500 Microcomputer Family Programming Manual* (1976); for flags in
/// decimal mode, B. Clark, *Decimal Mode* (2004).
/// *Deviations*: undocumented opcodes stop the run instead of doing what the chip does; there are no
/// interrupts.
public struct Processor {
  /// Why a run stopped.
  public enum Stop: Sendable, Equatable {
    /// The program counter is where the run was to end.
    case reached
    /// The opcode at the program counter is not documented.
    case undocumented(opcode: UInt8, at: UInt16)
    /// All cycles are used up.
    case limit
  }

  let memory: UnsafeMutablePointer<UInt8>
  /// Keeps the memory alive.
  private let owner: Memory
  var pc: UInt16 = 0
  var a: UInt8 = 0
  var x: UInt8 = 0
  var y: UInt8 = 0
  var s: UInt8 = 0xFF
  /// The carry, 0 or 1.
  var carry: UInt8 = 0
  /// Bit 7 is the flag N.
  var negative: UInt8 = 0
  /// The flag Z is set where this is 0.
  var zero: UInt8 = 1
  /// The flag V at its place, $40 or 0.
  var overflow: UInt8 = 0
  /// The flags B, D and I at their places; bit 5 is set.
  var modes: UInt8 = 0x24
  /// The cycles since the processor was made.
  public internal(set) var cycles: UInt64 = 0

  /// Makes a processor on a memory.
  public init(_ memory: Memory, registers: Registers = Registers()) {
    owner = memory
    self.memory = memory.bytes
    self.registers = registers
  }

  /// The registers, with the flags put together.
  public var registers: Registers {
    get { Registers(pc: pc, a: a, x: x, y: y, s: s, p: flags) }
    set {
      (pc, a, x, y, s) = (newValue.pc, newValue.a, newValue.x, newValue.y, newValue.s)
      flags = newValue.p
    }
  }

  var flags: UInt8 {
    get { (negative & 0x80) | overflow | modes | (zero == 0 ? 2 : 0) | carry }
    set {
      negative = newValue & 0x80
      overflow = newValue & 0x40
      modes = (newValue & 0x1C) | 0x20
      zero = (newValue & 2) ^ 2
      carry = newValue & 1
    }
  }

  /// Runs until the program counter is `end`.
  ///
  /// - Parameters:
  ///   - end: where to stop, before the instruction there.
  ///   - limit: the most cycles that may pass.
  /// - Returns: why it stopped.
  public mutating func run(until end: UInt16, limit: UInt64) -> Stop {
    var processor = self
    defer { self = processor }
    let last = cycles &+ limit
    while processor.pc != end {
      guard processor.cycles < last else { return .limit }
      guard processor.step() else { return processor.undocumented }
    }
    return .reached
  }

  /// As ``run(until:limit:)``, and adds the cycles of each instruction to `profile` [65536] at its
  /// address.
  public mutating func run(
    until end: UInt16, limit: UInt64, profile: UnsafeMutableBufferPointer<UInt64>
  ) -> Stop {
    let last = cycles &+ limit
    while pc != end {
      guard cycles < last else { return .limit }
      let (place, before) = (Int(pc), cycles)
      guard step() else { return undocumented }
      profile[place] += cycles - before
    }
    return .reached
  }

  private var undocumented: Stop { .undocumented(opcode: memory[Int(pc)], at: pc) }
}
