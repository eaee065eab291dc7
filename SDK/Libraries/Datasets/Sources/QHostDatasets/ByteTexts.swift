/// Texts that are told apart by their bytes, each with a number from 0.
struct ByteTexts {
  /// The texts, by their numbers.
  private(set) var texts: [[UInt8]] = []
  /// Numbers and 1, or 0, by the texts' hashes; its size is a power of two.
  private var table = [Int32](repeating: 0, count: 64)

  /// The number of a text, a new one if it is new.
  mutating func number(of text: UnsafeBufferPointer<UInt8>) -> Int32 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325  // FNV-1a
    for byte in text { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    var place = Self.place(hash, table.count)
    while table[place] != 0 {
      let known = Int(table[place]) - 1
      if texts[known].elementsEqual(text) { return Int32(known) }
      place = (place + 1) & (table.count - 1)
    }
    texts.append(Array(text))
    table[place] = Int32(texts.count)
    if 2 * texts.count > table.count { grow() }
    return Int32(texts.count - 1)
  }

  private static func place(_ hash: UInt64, _ size: Int) -> Int {
    Int(truncatingIfNeeded: (hash ^ hash >> 32) & UInt64(size - 1))
  }

  private mutating func grow() {
    let size = 4 * table.count
    table = [Int32](repeating: 0, count: size)
    for (number, text) in texts.enumerated() {
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      for byte in text { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
      var place = Self.place(hash, size)
      while table[place] != 0 { place = (place + 1) & (size - 1) }
      table[place] = Int32(number + 1)
    }
  }
}
