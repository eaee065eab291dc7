/// Where an instruction's operand is; each takes the cycles of the whole instruction.
extension Processor {
  @inline(__always)
  func read(_ address: UInt16) -> UInt8 { memory[Int(address)] }

  @inline(__always)
  mutating func fetch() -> UInt8 {
    let byte = memory[Int(pc)]
    pc &+= 1
    return byte
  }

  @inline(__always)
  private mutating func fetchWord() -> UInt16 {
    let low = UInt16(fetch())
    return low | UInt16(fetch()) << 8
  }

  /// A word in page 0, whose high byte may wrap round to $00.
  @inline(__always)
  private func pointer(_ place: UInt8) -> UInt16 {
    UInt16(memory[Int(place)]) | UInt16(memory[Int(place &+ 1)]) << 8
  }

  @inline(__always)
  mutating func immediate() -> UInt16 {
    cycles &+= 2
    pc &+= 1
    return pc &- 1
  }

  @inline(__always)
  mutating func zeroPage(_ count: UInt64) -> UInt16 {
    cycles &+= count
    return UInt16(fetch())
  }

  @inline(__always)
  mutating func zeroPage(_ count: UInt64, plus index: UInt8) -> UInt16 {
    cycles &+= count
    return UInt16(fetch() &+ index)
  }

  @inline(__always)
  mutating func absolute(_ count: UInt64) -> UInt16 {
    cycles &+= count
    return fetchWord()
  }

  /// Of an instruction that takes its time whether a page is crossed or not.
  @inline(__always)
  mutating func absolute(_ count: UInt64, plus index: UInt8) -> UInt16 {
    cycles &+= count
    return fetchWord() &+ UInt16(index)
  }

  /// Of an instruction that takes one cycle more when a page is crossed.
  @inline(__always)
  mutating func absoluteRead(plus index: UInt8) -> UInt16 {
    crossing(fetchWord(), plus: index, 4)
  }

  @inline(__always)
  mutating func indexedIndirect() -> UInt16 {
    cycles &+= 6
    return pointer(fetch() &+ x)
  }

  @inline(__always)
  mutating func indirectIndexed() -> UInt16 {
    cycles &+= 6
    return pointer(fetch()) &+ UInt16(y)
  }

  @inline(__always)
  mutating func indirectIndexedRead() -> UInt16 { crossing(pointer(fetch()), plus: y, 5) }

  @inline(__always)
  private mutating func crossing(
    _ base: UInt16, plus index: UInt8, _ count: UInt64
  ) -> UInt16 {
    let address = base &+ UInt16(index)
    cycles &+= count &+ UInt64((base ^ address) >> 8 == 0 ? 0 : 1)
    return address
  }

  @inline(__always)
  mutating func branch(_ isTaken: Bool) {
    let offset = Int16(Int8(bitPattern: fetch()))
    cycles &+= 2
    guard isTaken else { return }
    let target = pc &+ UInt16(bitPattern: offset)
    cycles &+= (pc ^ target) >> 8 == 0 ? 1 : 2
    pc = target
  }

  @inline(__always)
  mutating func push(_ byte: UInt8) {
    memory[0x100 | Int(s)] = byte
    s &-= 1
  }

  @inline(__always)
  mutating func pull() -> UInt8 {
    s &+= 1
    return memory[0x100 | Int(s)]
  }

  mutating func jumpToSubroutine() {
    // The chip pushes between the two bytes of the address: they may lie in the stack.
    let low = UInt16(fetch())
    push(UInt8(pc >> 8))
    push(UInt8(truncatingIfNeeded: pc))
    pc = low | UInt16(read(pc)) << 8
    cycles &+= 6
  }

  mutating func jumpIndirect() {
    let place = fetchWord()
    // The chip does not carry into the high byte of the pointer.
    let next = (place & 0xFF00) | ((place &+ 1) & 0x00FF)
    pc = UInt16(read(place)) | UInt16(read(next)) << 8
    cycles &+= 5
  }

  mutating func returnFromSubroutine() {
    let low = UInt16(pull())
    pc = (low | UInt16(pull()) << 8) &+ 1
    cycles &+= 6
  }

  mutating func returnFromInterrupt() {
    flags = pull() & 0xEF
    let low = UInt16(pull())
    pc = low | UInt16(pull()) << 8
    cycles &+= 6
  }

  mutating func breakPoint() {
    pc &+= 1
    push(UInt8(pc >> 8))
    push(UInt8(truncatingIfNeeded: pc))
    push(flags | 0x30)
    modes |= 4
    pc = UInt16(read(0xFFFE)) | UInt16(read(0xFFFF)) << 8
    cycles &+= 7
  }
}
