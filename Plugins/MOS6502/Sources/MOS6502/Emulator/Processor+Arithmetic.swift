/// What instructions do to registers, memory and flags.
extension Processor {
  @inline(__always)
  mutating func result(_ value: UInt8) {
    negative = value
    zero = value
  }

  @inline(__always)
  mutating func lda(_ address: UInt16) {
    a = read(address)
    result(a)
  }

  @inline(__always)
  mutating func ldx(_ address: UInt16) {
    x = read(address)
    result(x)
  }

  @inline(__always)
  mutating func ldy(_ address: UInt16) {
    y = read(address)
    result(y)
  }

  @inline(__always)
  mutating func store(_ value: UInt8, _ address: UInt16) { memory[Int(address)] = value }

  @inline(__always)
  mutating func and(_ address: UInt16) {
    a &= read(address)
    result(a)
  }

  @inline(__always)
  mutating func ora(_ address: UInt16) {
    a |= read(address)
    result(a)
  }

  @inline(__always)
  mutating func eor(_ address: UInt16) {
    a ^= read(address)
    result(a)
  }

  @inline(__always)
  mutating func bit(_ address: UInt16) {
    let value = read(address)
    negative = value
    overflow = value & 0x40
    zero = a & value
  }

  @inline(__always)
  mutating func compare(_ register: UInt8, _ address: UInt16) {
    let value = read(address)
    carry = register >= value ? 1 : 0
    result(register &- value)
  }

  @inline(__always)
  mutating func adc(_ address: UInt16) {
    let value = read(address)
    guard modes & 8 == 0 else { return addDecimal(value) }
    addBinary(value)
  }

  @inline(__always)
  mutating func sbc(_ address: UInt16) {
    let value = read(address)
    guard modes & 8 == 0 else { return subtractDecimal(value) }
    addBinary(~value)
  }

  @inline(__always)
  mutating func addBinary(_ value: UInt8) {
    let sum = UInt16(a) &+ UInt16(value) &+ UInt16(carry)
    let low = UInt8(truncatingIfNeeded: sum)
    overflow = ((a ^ low) & (value ^ low) & 0x80) >> 1
    carry = UInt8(sum >> 8)
    a = low
    result(low)
  }

  @inline(__always)
  mutating func increment(_ address: UInt16, by step: UInt8) {
    let value = memory[Int(address)] &+ step
    memory[Int(address)] = value
    result(value)
  }

  @inline(__always)
  mutating func shiftLeft(_ value: UInt8, _ bit: UInt8) -> UInt8 {
    carry = value >> 7
    let shifted = value << 1 | bit
    result(shifted)
    return shifted
  }

  @inline(__always)
  mutating func shiftRight(_ value: UInt8, _ bit: UInt8) -> UInt8 {
    carry = value & 1
    let shifted = value >> 1 | bit << 7
    result(shifted)
    return shifted
  }

  @inline(__always)
  mutating func shiftLeft(_ address: UInt16, _ bit: UInt8 = 0) {
    memory[Int(address)] = shiftLeft(memory[Int(address)], bit)
  }

  @inline(__always)
  mutating func shiftRight(_ address: UInt16, _ bit: UInt8 = 0) {
    memory[Int(address)] = shiftRight(memory[Int(address)], bit)
  }

  @inline(__always)
  mutating func loadX(_ value: UInt8) {
    x = value
    result(value)
    cycles &+= 2
  }

  @inline(__always)
  mutating func loadY(_ value: UInt8) {
    y = value
    result(value)
    cycles &+= 2
  }

  @inline(__always)
  mutating func loadA(_ value: UInt8) {
    a = value
    result(value)
    cycles &+= 2
  }

  @inline(__always)
  mutating func pullA() {
    loadA(pull())
    cycles &+= 2
  }

  @inline(__always)
  mutating func push(_ byte: UInt8, _ count: UInt64) {
    push(byte)
    cycles &+= count
  }

  @inline(__always)
  mutating func pullFlags() {
    flags = pull() & 0xEF
    cycles &+= 4
  }

  @inline(__always)
  mutating func setCarry(_ value: UInt8) {
    carry = value
    cycles &+= 2
  }

  @inline(__always)
  mutating func setMode(_ bit: UInt8, _ isSet: Bool) {
    modes = isSet ? modes | bit : modes & ~bit
    cycles &+= 2
  }

  @inline(__always)
  mutating func clearOverflow() {
    overflow = 0
    cycles &+= 2
  }

  @inline(__always)
  mutating func setStack(_ value: UInt8) {
    s = value
    cycles &+= 2
  }
}
