internal import QHostInterfaces

/// A layer as a loop over its inputs that leaves out those that are 0: few bytes, more cycles.
///
/// Weights are bytes, an input's after those of the one before. The sums of all units are in memory;
/// each input that is not 0 adds its products to them.
struct LoopLayer {
  let context: LayerContext
  /// [low bytes, high bytes] of sums.
  let sums: [Location]

  /// Bytes in page 0 that a loop uses: pointers to weights, input and squares, and a product.
  static let scratchCount = 14

  var weights: Location { context.low }
  var input: Location { context.low[2] }
  var plus: Location { context.low[4] }
  var minus: Location { context.low[6] }
  var plusHigh: Location { context.low[8] }
  var minusHigh: Location { context.low[10] }
  var product: Location { context.low[12] }
  var squares: QuarterSquares {
    QuarterSquares(context.layer, inputLimit: context.inputs.maximum)
  }
  var unitCount: Int { context.layer.unitCount }
  /// The names of the layer's data begin with it.
  var prefix: String { "layer\(context.index)" }
  var lows: Location { context.isOutput ? context.results[0] : sums[0] }
  var highs: Location { context.isOutput ? context.results[1] : sums[1] }

  /// The layer's code and data.
  ///
  /// - Throws: when a sum does not fit in 16 bits with sign, or there are too many units.
  func code() throws(ComponentError) -> LayerCode {
    guard unitCount <= 255 else {
      throw .data(
        "\(context.layer.name) has \(unitCount) units; there is code for at most 255 in a layer"
      )
    }
    for (unit, range) in context.ranges.enumerated() where !(-0x8000...0x7FFF).contains(range) {
      throw context.tooWide(unit)
    }
    var code = CodeFragment(prefix: "\(prefix)_loop")
    code.comment("\(context.layer.name), a loop over its inputs")
    start(&code)
    let (next, active, advance) = (code.newLabel(), code.newLabel(), code.newLabel())
    code.label(next)
    code.emit("ldy", value: 0)
    code.emit("lda", .indirectY, input.expression)
    code.branch("bne", active)
    code.emit("jmp", .absolute, Expression(advance))
    code.label(active)
    point(&code)
    products(&code)
    code.label(advance)
    step(next, &code)
    if context.isOutput { best(&code) } else { activations(&code) }
    return LayerCode(
      fragments: [code], data: data, zero: context.isOutput ? 0x8000 : 0)
  }

  /// Sums begin with the offsets, pointers with the first weight and input.
  private func start(_ code: inout CodeFragment) {
    let again = code.newLabel()
    code.emit("ldx", value: unitCount - 1)
    code.label(again)
    for (name, place) in [("offset_low", lows), ("offset_high", highs)] {
      code.emit("lda", .absoluteX, Expression("\(prefix)_\(name)"))
      code.emitByX("sta", place)
    }
    down(again, &code)
    set(weights, to: Expression("\(prefix)_weights"), &code)
    set(input, to: context.inputs.multiples[0].expression, &code)
  }

  /// Counts X down to 0.
  func down(_ again: String, _ code: inout CodeFragment) {
    code.emit("dex")
    if unitCount > 128 {
      code.emit("cpx", value: 255)
      code.branch("bne", again)
    } else {
      code.branch("bpl", again)
    }
  }

  private func set(_ pointer: Location, to value: Expression, _ code: inout CodeFragment) {
    for (place, part) in [Expression.Part.low, .high].enumerated() {
      code.emit("lda", .immediate, Expression(value.symbol, plus: value.offset, part: part))
      code.emit("sta", pointer[place])
    }
  }

  /// Points to the squares of w + x and w - x, x being in A.
  private func point(_ code: inout CodeFragment) {
    code.emit("sta", product)
    for (name, pair) in [
      ("squares", (plus, minus)), ("squares_high", (plusHigh, minusHigh)),
    ] {
      if name == "squares_high", !squares.isWide { continue }
      func base(_ part: Expression.Part) -> Expression {
        Expression("\(prefix)_\(name)", plus: squares.origin, part: part)
      }
      code.emit("clc")
      code.emit("lda", .immediate, base(.low))
      code.emit("adc", product)
      code.emit("sta", pair.0)
      code.emit("lda", .immediate, base(.high))
      code.emit("adc", value: 0)
      code.emit("sta", pair.0[1])
      code.emit("sec")
      code.emit("lda", .immediate, base(.low))
      code.emit("sbc", product)
      code.emit("sta", pair.1)
      code.emit("lda", .immediate, base(.high))
      code.emit("sbc", value: 0)
      code.emit("sta", pair.1[1])
    }
  }

  /// Adds an input's products to all sums.
  private func products(_ code: inout CodeFragment) {
    let again = code.newLabel()
    code.emit("ldx", value: unitCount - 1)
    code.label(again)
    code.emit("txa")
    code.emit("tay")
    code.emit("lda", .indirectY, weights.expression)
    code.emit("tay")
    if squares.isWide { addWide(&code) } else { addNarrow(&code) }
    down(again, &code)
  }

  private func addNarrow(_ code: inout CodeFragment) {
    let (noCarry, noBorrow) = (code.newLabel(), code.newLabel())
    code.emit("clc")
    code.emitByX("lda", lows)
    code.emit("adc", .indirectY, plus.expression)
    code.branch("bcc", noCarry)
    code.emitByX("inc", highs)
    code.label(noCarry)
    code.emit("sec")
    code.emit("sbc", .indirectY, minus.expression)
    code.branch("bcs", noBorrow)
    code.emitByX("dec", highs)
    code.label(noBorrow)
    code.emitByX("sta", lows)
  }

  private func addWide(_ code: inout CodeFragment) {
    code.emit("sec")
    for (place, pair) in [(plus, minus), (plusHigh, minusHigh)].enumerated() {
      code.emit("lda", .indirectY, pair.0.expression)
      code.emit("sbc", .indirectY, pair.1.expression)
      code.emit("sta", product[place])
    }
    code.emit("clc")
    for (place, sum) in [lows, highs].enumerated() {
      code.emitByX("lda", sum)
      code.emit("adc", product[place])
      code.emitByX("sta", sum)
    }
  }

  /// On to the next input and its weights.
  private func step(_ next: String, _ code: inout CodeFragment) {
    let (same, more) = (code.newLabel(), code.newLabel())
    let (back, done) = (code.newLabel(), code.newLabel())
    code.emit("clc")
    code.emit("lda", weights)
    code.emit("adc", value: unitCount)
    code.emit("sta", weights)
    code.branch("bcc", same)
    code.rarely("inc", weights[1])
    code.label(same)
    code.emit("inc", input)
    code.branch("bne", more)
    code.rarely("inc", input[1])
    code.label(more)
    let end = context.inputs.multiples[0][context.layer.inputCount].expression
    code.emit("lda", input)
    code.emit("cmp", .immediate, Expression(end.symbol, plus: end.offset, part: .low))
    code.branch("bne", back)
    code.emit("lda", input[1])
    code.emit("cmp", .immediate, Expression(end.symbol, plus: end.offset, part: .high))
    code.branch("beq", done)
    code.label(back)
    code.emit("jmp", .absolute, Expression(next))
    code.label(done)
  }
}
