/// The code of one unit's weighted sum: chains of additions by powers of two, highest first (Horner).
///
/// It leaves W = Σ w x + `constant` ≥ 0: the low byte in A, the high byte where ``high`` says. The low
/// byte of `constant` is that of `offset`, so that W and Σ w x + offset differ by a multiple of 256.
struct SumCode {
  /// Where the high byte of the sum is.
  enum High {
    /// There is none: it is 0.
    case none
    case x
    case memory
  }

  private(set) var code: CodeFragment
  private(set) var high = High.none
  private(set) var constant = 0
  /// The values that W can have.
  private(set) var range = 0...0
  private let low: Location
  private let highByte: Location
  private let isSinglePlane: Bool
  private var isEmpty = true
  /// The carry that the code leaves.
  private(set) var carry = 0
  private let firstPage: Int

  /// Makes the code; the carry must be clear before it.
  ///
  /// - Parameters:
  ///   - planes: the terms of each power of two, lowest first.
  ///   - offset: what `constant` is to be, modulo 256.
  ///   - low: two bytes that the code may use.
  ///   - prefix: what labels begin with.
  ///   - firstPage: what X starts from, where it holds the high byte.
  init(planes: [[Term]], offset: Int, low: Location, prefix: String, firstPage: Int = 0) {
    var chains = planes.map { Chain.packed($0) }
    if chains.allSatisfy(\.isEmpty) { chains = [[Chain()]] }
    func code(_ missing: Int) -> SumCode {
      SumCode(chains, missing: missing, low: low, prefix: prefix, firstPage: firstPage)
    }
    let plain = code(0)
    let missing = (offset - plain.constant) & 0xFF
    self = Self.spread(missing, over: &chains[0]) ? code(0) : code(missing)
  }

  private init(
    _ planes: [[Chain]], missing: Int, low: Location, prefix: String, firstPage: Int
  ) {
    code = CodeFragment(prefix: prefix)
    self.firstPage = firstPage
    self.low = low
    highByte = low[1]
    isSinglePlane = planes.count == 1
    for power in planes.indices.reversed() {
      for chain in planes[power] { add(chain) }
      if power > 0, !isEmpty { double() }
    }
    add(missing)
  }

  /// Makes the starts of chains larger by `missing` in total, if they have room.
  private static func spread(_ missing: Int, over chains: inout [Chain]) -> Bool {
    guard missing > 0 else { return true }
    // A chain that starts with a term would have to start with a number: that costs as much as adding.
    let candidates = chains.indices.filter { !chains[$0].startsWithTerm }
    guard candidates.reduce(0, { $0 + chains[$1].slack }) >= missing else { return false }
    var rest = missing
    for place in candidates {
      let part = min(rest, chains[place].slack)
      chains[place].extra += part
      rest -= part
    }
    return true
  }

  private mutating func add(_ chain: Chain) {
    guard !isEmpty else {
      chain.emit(into: &code)
      (isEmpty, carry, constant, range) = (false, chain.carry, chain.constant, chain.range)
      return
    }
    code.emit("sta", low)
    if high == .none { clearHigh() }
    if carry != 0 { code.emit("clc") }
    chain.emit(into: &code)
    code.emit("adc", low)
    carryIntoHigh()
    let part = chain.constant + chain.carry
    constant += part
    range =
      range.lowerBound + chain.range.lowerBound + chain.carry...range.upperBound
      + chain.range.upperBound + chain.carry
  }

  private mutating func clearHigh() {
    code.emit("ldx", value: isSinglePlane ? firstPage : 0)
    if !isSinglePlane { code.emit("stx", highByte) }
    high = isSinglePlane ? .x : .memory
  }

  private mutating func carryIntoHigh() {
    let next = code.newLabel()
    code.branch("bcc", next)
    if high == .x { code.rarely("inx") } else { code.rarely("inc", highByte) }
    code.rarely("clc")
    code.label(next)
    carry = 0
  }

  private mutating func double() {
    if high == .none, range.upperBound > 127 { clearHigh() }
    code.emit("asl", .accumulator)
    if high != .none { code.emit("rol", highByte) }
    constant *= 2
    range = 2 * range.lowerBound...2 * range.upperBound
    carry = 0
  }

  /// Adds a number to the sum.
  private mutating func add(_ number: Int) {
    guard number > 0 else { return }
    if high == .none, range.upperBound + number > 255 { clearHigh() }
    code.emit("adc", value: number - carry)
    if high != .none { carryIntoHigh() }
    constant += number
    range = range.lowerBound + number...range.upperBound + number
    carry = 0
  }
}
