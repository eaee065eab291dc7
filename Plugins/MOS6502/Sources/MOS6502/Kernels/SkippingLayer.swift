internal import QHostInterfaces

/// A layer whose code of a block of inputs is skipped where all of them are 0.
///
/// Each unit has a sum of 16 bits in memory. First come the inputs that are in no block; then, block by
/// block, a run a unit. All runs of a block add the same constant c beside their terms: a block that is
/// skipped adds c to one correction, which belongs to all units.
struct SkippingLayer {
  let context: LayerContext
  let blocks: ZeroBlocks
  /// [units], low bytes of the sums.
  let lows: Location
  /// [units], high bytes of the sums.
  let highs: Location

  private var correction: Location { context.low[2] }

  /// The layer's code.
  ///
  /// - Throws: when a sum does not fit in 16 bits.
  func code() throws(ComponentError) -> LayerCode {
    let costs = BlockCosts(context)
    let planned = blocks.blocks.compactMap { block in
      costs.runs(block).map { (inputs: block, runs: $0.runs, constant: $0.constant) }
    }
    precondition(planned.count == blocks.blocks.count, "a block does not fit in bytes")
    let added = planned.reduce(0) { $0 + $1.constant }
    var result = LayerCode()
    var constants: [Int] = []
    var start = CodeFragment(prefix: "layer\(context.index)_start")
    start.comment("\(context.layer.name): inputs in no block")
    start.emit("lda", value: 0)
    start.emit("sta", correction)
    start.emit("sta", correction[1])
    start.emit("clc")
    result.fragments.append(start)
    for unit in context.layer.weights.indices {
      let (code, constant) = try first(unit, added: added)
      result.fragments.append(code)
      constants.append(constant)
    }
    for (number, block) in planned.enumerated() {
      result.fragments.append(code(block.inputs, block.runs, block.constant, number))
    }
    if context.isOutput { result.zero = outputZero(constants) }
    for unit in order { result.fragments.append(last(unit, constants[unit], result.zero)) }
    return result
  }

  private var order: [Int] {
    let units = context.layer.weights.indices
    return context.isOutput ? units.reversed() : Array(units)
  }

  /// The inputs in no block; gives the constant that the sum will have in the end.
  private func first(_ unit: Int, added: Int) throws(ComponentError) -> (CodeFragment, Int) {
    let sum = context.sum(
      unit: unit, indices: blocks.others, offset: context.layer.offsets[unit] - added)
    let width = context.ranges[unit].upperBound - context.layer.offsets[unit] + sum.constant + added
    guard width < 0x10000 else { throw context.tooWide(unit) }
    var code = sum.code
    code.emit("sta", lows[unit])
    if sum.high == .none { code.emit("ldx", value: 0) }
    if sum.high == .memory { code.emit("ldx", context.low[1]) }
    code.emit("stx", highs[unit])
    if sum.carry != 0 { code.emit("clc") }
    return (code, sum.constant + added)
  }

  private func code(
    _ inputs: [Int], _ runs: [HornerRun], _ constant: Int, _ number: Int
  ) -> CodeFragment {
    var code = CodeFragment(prefix: "layer\(context.index)_block\(number)")
    let (active, next) = (code.newLabel(), code.newLabel())
    code.comment("\(context.layer.name), block \(number): inputs \(inputs)")
    for (place, input) in inputs.enumerated() {
      code.emit(place == 0 ? "lda" : "ora", context.inputs.multiples[0][input])
    }
    code.branch("bne", active)
    code.emit("lda", correction)
    code.emit("adc", value: constant)
    code.emit("sta", correction)
    code.carry(into: correction[1])
    code.emit("jmp", .absolute, Expression(next))
    code.label(active)
    for (unit, run) in runs.enumerated() {
      code.comment("unit \(unit)")
      run.emit(total: constant, low: lows[unit], high: highs[unit], into: &code)
    }
    code.label(next)
    return code
  }

  private func outputZero(_ constants: [Int]) -> Int {
    zip(constants, context.layer.offsets).reduce(0) { max($0, $1.0 - $1.1 + 255) } / 256 * 256
  }

  /// The unit's sum with the correction, and what follows it.
  private func last(_ unit: Int, _ constant: Int, _ zero: Int) -> CodeFragment {
    var code = CodeFragment(prefix: context.label(unit) + "_end")
    code.comment("\(context.layer.name), unit \(unit)")
    if !context.isOutput { code.emit("clc") }
    code.emit("lda", lows[unit])
    code.emit("adc", correction)
    code.emit("sta", context.low)
    code.emit("lda", highs[unit])
    code.emit("adc", correction[1])
    let offset = context.layer.offsets[unit]
    if context.isOutput {
      let page = (offset + zero - constant) / 256
      if page != 0 {
        code.emit("clc")
        code.emit("adc", value: page)
      }
      code.emit("tax")
      code.emit("lda", context.low)
      context.output.emit(index: unit, page: 0, high: .x, carry: 1, into: &code)
    } else {
      code.emit("tax")
      code.emit("lda", context.low)
      context.activation(unit).emit(
        base: (constant - offset) / 256, range: context.ranges[unit], high: .x, into: &code)
    }
    return code
  }
}
