/// The code of one output behind its sum: store it, and keep the index of the largest in Y.
///
/// Outputs are made last to first, and an equal one replaces the largest so far: of equals the lowest
/// index stays.
struct OutputCode {
  /// [C], low bytes.
  let lows: Location
  /// [C], high bytes.
  let highs: Location
  let outputCount: Int
  /// Two bytes that the code may use.
  let low: Location

  /// Appends the code.
  ///
  /// - Parameters:
  ///   - index: which output.
  ///   - page: what is added to the high byte, so that all outputs have one zero; X has it already
  ///     where it holds the high byte.
  ///   - high: where the high byte is; the low byte is in A.
  ///   - carry: the carry before, as far as it is known; 1 where it is not.
  ///   - code: what it is appended to; the carry is clear behind it.
  func emit(
    index: Int, page: Int, high: SumCode.High, carry: Int, into code: inout CodeFragment
  ) {
    code.emit("sta", lows[index])
    switch high {
    case .none: code.emit("ldx", value: page)
    case .x: break
    case .memory:
      code.emit("lda", low[1])
      code.emit("adc", value: page)
      code.emit("tax")
      if index < outputCount - 1 { code.emit("lda", lows[index]) }
    }
    code.emit("stx", highs[index])
    guard index < outputCount - 1 else {
      code.emit("ldy", value: index)
      if carry != 0 || high == .memory { code.emit("clc") }
      return
    }
    // Low bytes first, then high bytes with the borrow.
    code.emit("cmp", .absoluteY, lows.expression)
    code.emit("txa")
    code.emit("sbc", .absoluteY, highs.expression)
    let next = code.newLabel()
    code.branch("bcc", next)
    code.rarely("ldy", value: index)
    code.rarely("clc")
    code.label(next)
  }
}
