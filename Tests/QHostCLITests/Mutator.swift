import Foundation

/// Damages files as disks, networks and editors do, the same way for the same seed.
struct Mutator {
  private var state: UInt64

  /// Texts that readers of numbers, lengths and quotes may stumble over.
  private static let tokens = [
    ",", ";", "\"", "\n", "\r", "\t", "\0", "\u{FEFF}", "0", "-", "1e999", "-1", "nan", "inf",
    "0x10",
    "99999999999999999999", "1000000000", "{", "}", "[", "]", ":", "#", "\u{1B}[31m", "null", "é",
    "\\",
  ]

  /// Starts the damages of a seed.
  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

  /// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  private mutating func number(below bound: Int) -> Int { Int(next() % UInt64(max(bound, 1))) }

  /// A damaged copy, with one to three damages.
  mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
    var copy = bytes
    for _ in 0...number(below: 3) { damage(&copy) }
    return copy
  }

  private mutating func damage(_ bytes: inout [UInt8]) {
    guard !bytes.isEmpty else { return bytes.append(UInt8(truncatingIfNeeded: next())) }
    // Headers decide most: every second damage is near the beginning.
    let reach = next() & 1 == 0 ? min(bytes.count, 2048) : bytes.count
    let place = number(below: reach)
    let end = min(bytes.count, place + 1 + number(below: 64))
    switch number(below: 9) {
    case 0: bytes[place] ^= 1 << UInt8(number(below: 8))
    case 1: bytes[place] = UInt8(truncatingIfNeeded: next())
    case 2: bytes.removeSubrange(place..<end)
    case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
    case 4: bytes.removeLast(bytes.count - place)
    case 5: bytes.insert(contentsOf: Self.tokens[number(below: Self.tokens.count)].utf8, at: place)
    case 6:
      let text = Array(Self.tokens[number(below: Self.tokens.count)].utf8)
      bytes.replaceSubrange(place..<end, with: text)
    case 7:
      let other = number(below: bytes.count)
      bytes.swapAt(place, other)
    default:
      // Another digit is what nobody sees.
      guard let digit = bytes[place...].firstIndex(where: { $0 &- 0x30 < 10 }) else { return }
      bytes[digit] = 0x30 + UInt8(number(below: 10))
    }
  }
}
