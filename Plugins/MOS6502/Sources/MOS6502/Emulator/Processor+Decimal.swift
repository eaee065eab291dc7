/// Addition and subtraction of binary-coded decimals, for any operands.
extension Processor {
  /// Z is that of the binary sum; N and V are taken before the tens are corrected.
  @inline(never)
  mutating func addDecimal(_ value: UInt8) {
    zero = a &+ value &+ carry
    var ones = (a & 15) + (value & 15) + carry
    if ones > 9 { ones = ((ones + 6) & 15) + 16 }
    var tens = UInt16(a & 0xF0) + UInt16(value & 0xF0) + UInt16(ones)
    negative = UInt8(truncatingIfNeeded: tens)
    overflow = (~(a ^ value) & (a ^ negative) & 0x80) >> 1
    if tens > 0x9F { tens += 0x60 }
    carry = tens > 0xFF ? 1 : 0
    a = UInt8(truncatingIfNeeded: tens)
  }

  /// All flags are those of the binary difference.
  @inline(never)
  mutating func subtractDecimal(_ value: UInt8) {
    let (before, borrow) = (a, 1 - carry)
    addBinary(~value)
    var ones = Int(before & 15) - Int(value & 15) - Int(borrow)
    if ones < 0 { ones = ((ones - 6) & 15) - 16 }
    var tens = Int(before & 0xF0) - Int(value & 0xF0) + ones
    if tens < 0 { tens -= 0x60 }
    a = UInt8(truncatingIfNeeded: tens)
  }
}
