/// What a program sees of the processor.
public struct Registers: Sendable, Equatable {
  /// The program counter.
  public var pc: UInt16
  /// The accumulator.
  public var a: UInt8
  /// The index register X.
  public var x: UInt8
  /// The index register Y.
  public var y: UInt8
  /// The stack pointer, in page 1.
  public var s: UInt8
  /// The flags NV1BDIZC, bit 7 to bit 0; bit 5 is always 1.
  public var p: UInt8

  /// Makes registers; by default those of a processor that is ready for a subroutine.
  public init(
    pc: UInt16 = 0, a: UInt8 = 0, x: UInt8 = 0, y: UInt8 = 0, s: UInt8 = 0xFF, p: UInt8 = 0x24
  ) {
    (self.pc, self.a, self.x, self.y, self.s, self.p) = (pc, a, x, y, s, p)
  }
}
