/// The code of a hidden unit behind its sum: clamp, shift, look up, store.
struct ActivationCode {
  let activation: IntegerNetwork.Activation
  /// The name of the table of 256 bytes.
  let table: String
  /// What the code stores the value to, its double, its quadruple and so on.
  let stores: [Location]
  /// Two bytes that the code may use.
  let low: Location

  /// Appends the code.
  ///
  /// - Parameters:
  ///   - base: v = W - 256 · base is shifted and looked up.
  ///   - range: the values that v can have.
  ///   - high: where the high byte of W is; its low byte is in A.
  ///   - code: what it is appended to; carry and X are lost.
  func emit(
    base: Int, range: ClosedRange<Int>, high: SumCode.High, into code: inout CodeFragment
  ) {
    let pages = 1 << activation.shift
    let (first, last) = (activation.table[0], activation.table[255])
    let (isLowPossible, isHighPossible) = (range.lowerBound < 0, range.upperBound >= 256 * pages)
    guard range.upperBound >= 0, range.lowerBound < 256 * pages else {
      code.emit("lda", value: Int(range.upperBound < 0 ? first : last))
      store(into: &code)
      return
    }
    let (inside, done) = (code.newLabel(), code.newLabel())
    let isClamped = isLowPossible || isHighPossible
    if isClamped || activation.shift > 0 {
      if high == .memory { code.emit("ldx", low[1]) }
      if high == .none { code.emit("ldx", value: 0) }
    }
    if isClamped {
      if pages == 1 {
        clampPage(base, inside, isLowPossible, isHighPossible, first, last, done, &code)
      } else {
        clampPages(base, pages, inside, isLowPossible, isHighPossible, first, last, done, &code)
      }
      code.label(inside)
    }
    shift(base, into: &code)
    code.emit("tay")
    code.emit("lda", .absoluteY, Expression(table))
    code.label(done)
    store(into: &code)
  }

  /// Where W is in the page of `base`, on to `inside`; else A is the table's first or last value.
  private func clampPage(
    _ base: Int, _ inside: String, _ isLow: Bool, _ isHigh: Bool, _ first: UInt8, _ last: UInt8,
    _ done: String, _ code: inout CodeFragment
  ) {
    code.emit("cpx", value: base)
    code.branch("beq", inside)
    if isHigh { code.emit("lda", value: Int(last)) }
    if isHigh, isLow {
      code.branch("bcs", done)
      code.emit("lda", value: Int(first))
      code.branch("bcc", done)
    } else if isHigh {
      code.branch("bcs", done)
    } else {
      code.emit("lda", value: Int(first))
      code.branch("bcc", done)
    }
  }

  private func clampPages(
    _ base: Int, _ pages: Int, _ inside: String, _ isLow: Bool, _ isHigh: Bool, _ first: UInt8,
    _ last: UInt8, _ done: String, _ code: inout CodeFragment
  ) {
    let below = code.newLabel()
    if isLow {
      code.emit("cpx", value: base)
      code.branch("bcc", below)
    }
    if isHigh {
      code.emit("cpx", value: base + pages)
      code.branch("bcc", inside)
      code.emit("lda", value: Int(last))
      code.branch("bcs", done)
    } else {
      code.branch("bcs", inside)
    }
    if isLow {
      code.label(below)
      code.emit("lda", value: Int(first))
      code.branch("bcc", done)
    }
  }

  /// Shifts X - base, A to the right until it is in A.
  private func shift(_ base: Int, into code: inout CodeFragment) {
    switch activation.shift {
    case 0: break
    case 1:
      code.emit("cpx", value: base + 1)
      code.emit("ror", .accumulator)
    default:
      code.emit("sta", low)
      code.emit("txa")
      if base != 0 {
        code.emit("sec")
        code.emit("sbc", value: base)
      }
      for _ in 0..<activation.shift {
        code.emit("lsr", .accumulator)
        code.emit("ror", low)
      }
      code.emit("lda", low)
    }
  }

  private func store(into code: inout CodeFragment) {
    for (power, place) in stores.enumerated() {
      if power > 0 { code.emit("asl", .accumulator) }
      code.emit("sta", place)
    }
  }
}
