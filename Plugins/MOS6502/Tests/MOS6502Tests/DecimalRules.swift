/// What ADC and SBC of an NMOS 6502 do in decimal mode, valid digits or not.
///
/// Source: B. Clark, *Decimal Mode in NMOS 6500 series* (2004), sequences 1, 2 and 3.
enum DecimalRules {
  struct Outcome: Equatable {
    var a: UInt8
    /// N, V, Z and C at their places.
    var flags: UInt8
  }

  struct Operands {
    func count(where body: (Int, Int, Int) -> Bool) -> Int {
      var count = 0
      for a in 0..<256 {
        for b in 0..<256 {
          for carry in 0..<2 where body(a, b, carry) { count += 1 }
        }
      }
      return count
    }
  }

  static let operands = Operands()

  /// Sequence 1 gives the accumulator and C, sequence 2 gives N and V, the binary sum gives Z.
  static func sum(_ a: Int, _ b: Int, _ carry: Int) -> Outcome {
    var low = (a & 0x0F) + (b & 0x0F) + carry
    if low >= 0x0A { low = ((low + 0x06) & 0x0F) + 0x10 }
    var sum = (a & 0xF0) + (b & 0xF0) + low
    if sum >= 0xA0 { sum += 0x60 }
    let signed =
      Int(Int8(truncatingIfNeeded: a & 0xF0)) + Int(Int8(truncatingIfNeeded: b & 0xF0)) + low
    var flags = sum >= 0x100 ? 1 : 0
    if (a + b + carry) & 0xFF == 0 { flags |= 0x02 }
    if signed & 0x80 != 0 { flags |= 0x80 }
    if signed < -128 || signed > 127 { flags |= 0x40 }
    return Outcome(a: UInt8(truncatingIfNeeded: sum), flags: UInt8(flags))
  }

  /// Sequence 3 gives the accumulator, the binary difference all flags.
  static func difference(_ a: Int, _ b: Int, _ carry: Int) -> Outcome {
    var low = (a & 0x0F) - (b & 0x0F) + carry - 1
    if low < 0 { low = ((low - 0x06) & 0x0F) - 0x10 }
    var difference = (a & 0xF0) - (b & 0xF0) + low
    if difference < 0 { difference -= 0x60 }
    let binary = a - b + carry - 1
    let signed = Int(Int8(truncatingIfNeeded: a)) - Int(Int8(truncatingIfNeeded: b)) + carry - 1
    var flags = binary >= 0 ? 1 : 0
    if binary & 0xFF == 0 { flags |= 0x02 }
    if binary & 0x80 != 0 { flags |= 0x80 }
    if signed < -128 || signed > 127 { flags |= 0x40 }
    return Outcome(a: UInt8(truncatingIfNeeded: difference), flags: UInt8(flags))
  }
}
