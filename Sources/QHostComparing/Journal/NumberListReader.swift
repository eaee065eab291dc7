internal import Glibc

/// Reads `{"name":[1,2.5,"Infinity"],...}` from bytes that end within a line.
struct NumberListReader {
  /// Powers of ten that a Double has without rounding.
  private static let powers: [Double] = (0...22).map { Double("1e\($0)") ?? .nan }
  /// The greatest integer up to which a Double has all.
  private static let mostExact: UInt64 = 1 << 53

  private let bytes: UnsafeBufferPointer<UInt8>
  private var place: Int
  private let end: Int

  /// Takes the bytes of an object, with both braces.
  init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    self.bytes = bytes
    place = range.lowerBound
    end = range.upperBound
  }

  /// The four lists; `nil` when they are something else.
  mutating func improvements(_ part: ImprovementsText.Part) -> Improvements? {
    var values = Improvements()
    var names: Set<String> = []
    guard skip("{") else { return nil }
    repeat {
      guard let name = name(), names.insert(name).inserted, skip(":"), skip("[") else { return nil }
      if part == .last { skipToLast() }
      let isRead =
        switch name {
        case "evaluations": counts(&values.evaluations)
        case "forward_equivalents": numbers(&values.forwardEquivalents)
        case "seconds": numbers(&values.seconds)
        case "best_loss": numbers(&values.bestLoss)
        default: false
        }
      guard isRead else { return nil }
    } while skip(",")
    return names.count == 4 && skip("}") && place == end ? values : nil
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard place < end, bytes[place] == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  private mutating func name() -> String? {
    guard skip("\"") else { return nil }
    let start = place
    while place < end, bytes[place] != UInt8(ascii: "\"") { place += 1 }
    let name = String(decoding: bytes[start..<place], as: UTF8.self)
    return skip("\"") ? name : nil
  }

  /// Goes to the last number of a list.
  private mutating func skipToLast() {
    let start = place
    guard let base = bytes.baseAddress,
      let bracket = memchr(base + place, Int32(UInt8(ascii: "]")), end - place)
    else { return }
    place = base.distance(to: bracket.assumingMemoryBound(to: UInt8.self))
    while place > start, bytes[place - 1] != UInt8(ascii: ",") { place -= 1 }
  }

  private mutating func counts(_ list: inout [Int]) -> Bool {
    if skip("]") { return true }
    list.reserveCapacity(room)
    repeat {
      guard let value = digits(), value.count > 0, value.count < 19 else { return false }
      list.append(Int(value.number))
    } while skip(",")
    return skip("]")
  }

  private mutating func numbers(_ list: inout [Double]) -> Bool {
    if skip("]") { return true }
    list.reserveCapacity(room)
    repeat {
      guard let value = bytes[place] == UInt8(ascii: "\"") ? word() : number() else { return false }
      list.append(value)
    } while skip(",")
    return skip("]")
  }

  /// The numbers of the list that is being read: what has more room than it needs keeps it for as long as it is there.
  private var room: Int {
    guard let base = bytes.baseAddress,
      let bracket = memchr(base + place, Int32(UInt8(ascii: "]")), end - place)
    else { return 0 }
    let last = base.distance(to: bracket.assumingMemoryBound(to: UInt8.self))
    var commas = 0
    for byte in UnsafeBufferPointer(rebasing: bytes[place..<last])
    where byte == UInt8(ascii: ",") { commas += 1 }
    return commas + 1
  }

  /// Digits as a number, as long as it has at most 19 of them.
  private mutating func digits() -> (number: UInt64, count: Int)? {
    var number: UInt64 = 0
    let start = place
    while place < end, case let digit = bytes[place] &- UInt8(ascii: "0"), digit < 10 {
      number = number &* 10 &+ UInt64(digit)
      place += 1
    }
    return (number, place - start)
  }

  private mutating func word() -> Double? {
    switch name() {
    case "Infinity": .infinity
    case "-Infinity": -.infinity
    case "NaN": .nan
    default: nil
    }
  }

  /// A number, rounded as IEEE 754 wants it.
  ///
  /// Where its digits and the power of ten are exact, one operation rounds it; else the C library does.
  private mutating func number() -> Double? {
    let start = place
    let isNegative = skip("-")
    guard let whole = digits(), whole.count > 0 else { return nil }
    var mantissa = whole.number
    var digitCount = whole.count
    var exponent = 0
    if skip(".") {
      let first = place
      while place < end, case let digit = bytes[place] &- UInt8(ascii: "0"), digit < 10 {
        mantissa = mantissa &* 10 &+ UInt64(digit)
        place += 1
      }
      guard place > first else { return nil }
      digitCount += place - first
      exponent = first - place
    }
    if skip("e") || skip("E") {
      let isBelow = skip("-")
      if !isBelow { _ = skip("+") }
      guard let power = digits(), power.count > 0, power.count < 5 else { return nil }
      exponent += isBelow ? -Int(power.number) : Int(power.number)
    }
    guard digitCount <= 19, mantissa <= Self.mostExact, abs(exponent) <= 22 else {
      return inLibrary(start)
    }
    let scaled =
      exponent < 0
      ? Double(mantissa) / Self.powers[-exponent] : Double(mantissa) * Self.powers[exponent]
    return isNegative ? -scaled : scaled
  }

  /// The number from a place up to this one, which is followed by a comma or bracket.
  private func inLibrary(_ start: Int) -> Double? {
    guard let base = bytes.baseAddress else { return nil }
    let text = UnsafeRawPointer(base + start).assumingMemoryBound(to: CChar.self)
    var stop: UnsafeMutablePointer<CChar>?
    let value = strtod(text, &stop)
    return stop.map { text.distance(to: UnsafePointer($0)) } == place - start ? value : nil
  }
}
