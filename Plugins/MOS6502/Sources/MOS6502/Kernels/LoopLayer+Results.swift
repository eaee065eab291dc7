/// What a loop makes of its sums, and the bytes that it reads.
extension LoopLayer {
  /// Clamps, shifts and looks up each unit's sum.
  func activations(_ code: inout CodeFragment) {
    let (again, negative, shift, found) =
      (code.newLabel(), code.newLabel(), code.newLabel(), code.newLabel())
    let (shifted, top) = (code.newLabel(), code.newLabel())
    let (high, table) = (product, plus)
    code.emit("lda", value: 0)
    code.emit("sta", table)
    code.emit("ldx", value: unitCount - 1)
    code.label(again)
    code.emitByX("lda", highs)
    code.branch("bmi", negative)
    code.emit("sta", high)
    code.emitByX("lda", lows)
    code.emit("ldy", .absoluteX, Expression("\(prefix)_shifts"))
    code.branch("beq", shifted)
    code.label(shift)
    code.emit("lsr", high)
    code.emit("ror", .accumulator)
    code.emit("dey")
    code.branch("bne", shift)
    code.label(shifted)
    code.emit("ldy", high)
    code.branch("bne", top)
    code.emit("tay")
    code.emit("jmp", .absolute, Expression(found))
    code.label(top)
    code.emit("ldy", value: 255)
    code.branch("bne", found)
    code.label(negative)
    code.emit("ldy", value: 0)
    code.label(found)
    code.emit("lda", .absoluteX, Expression("\(prefix)_tables"))
    code.emit("sta", table[1])
    code.emit("lda", .indirectY, table.expression)
    for (power, place) in context.results.enumerated() {
      if power > 0 { code.emit("asl", .accumulator) }
      code.emitByX("sta", place)
    }
    down(again, &code)
  }

  /// Leaves the index of the largest output in Y, the lowest among equals.
  func best(_ code: inout CodeFragment) {
    let (again, keep) = (code.newLabel(), code.newLabel())
    code.emit("ldy", value: unitCount - 1)
    if unitCount > 1 {
      code.emit("ldx", value: unitCount - 2)
      code.label(again)
      code.emitByX("lda", lows)
      code.emit("cmp", .absoluteY, lows.expression)
      code.emitByX("lda", highs)
      code.emit("sbc", .absoluteY, highs.expression)
      code.branch("bcc", keep)
      code.emit("txa")
      code.emit("tay")
      code.label(keep)
      down(again, &code)
    }
  }

  /// Offsets, weights by inputs, squares, and shifts and pages of tables of hidden units.
  var data: [Statement] {
    let layer = context.layer
    let zero = context.isOutput ? 0x8000 : 0
    let offsets = layer.offsets.map { ($0 + zero) & 0xFFFF }
    var code = CodeFragment(prefix: prefix)
    func bytes(_ name: String, _ values: [Expression]) {
      code.label("\(prefix)_\(name)")
      for start in stride(from: 0, to: values.count, by: 16) {
        let line = values[start..<min(start + 16, values.count)]
        code.append(Statement(.bytes(Array(line))))
      }
    }
    bytes("offset_low", offsets.map { Expression($0 & 0xFF) })
    bytes("offset_high", offsets.map { Expression($0 >> 8) })
    let limit = squares.weightLimit
    bytes(
      "weights",
      (0..<layer.inputCount).flatMap { input in
        layer.weights.map { Expression($0[input] + limit) }
      })
    bytes("squares", squares.values.map { Expression($0 & 0xFF) })
    if squares.isWide { bytes("squares_high", squares.values.map { Expression($0 >> 8) }) }
    if !context.isOutput {
      bytes("shifts", layer.activations.map { Expression($0.shift) })
      bytes("tables", context.tables.map { .high($0) })
    }
    return code.statements
  }
}
