internal import QHostInterfaces

/// A layer unit by unit: all weights are instructions, all of them run.
struct DirectLayer {
  let context: LayerContext

  /// The layer's code.
  ///
  /// - Throws: when a sum does not fit in 16 bits.
  func code() throws(ComponentError) -> LayerCode {
    var result = LayerCode()
    guard context.isOutput else {
      for unit in context.layer.weights.indices { result.fragments.append(try hidden(unit)) }
      return result
    }
    let plain = context.layer.weights.indices.map { sum($0) }
    for (sum, offset) in zip(plain, context.layer.offsets) {
      result.zero = max(result.zero, (sum.constant - offset + 255) / 256 * 256)
    }
    for unit in plain.indices.reversed() {
      result.fragments.append(try output(unit, plain[unit], zero: result.zero))
    }
    return result
  }

  private func sum(_ unit: Int, firstPage: Int = 0) -> SumCode {
    context.sum(
      unit: unit, indices: Array(context.layer.weights[unit].indices),
      offset: context.layer.offsets[unit], firstPage: firstPage)
  }

  private func hidden(_ unit: Int) throws(ComponentError) -> CodeFragment {
    var code = CodeFragment(prefix: context.label(unit))
    code.comment("\(context.layer.name), unit \(unit)")
    code.emit("clc")
    let sum = sum(unit)
    guard sum.range.upperBound < 0x10000 else { throw context.tooWide(unit) }
    code.join(sum.code)
    context.activation(unit).emit(
      base: (sum.constant - context.layer.offsets[unit]) / 256, range: context.ranges[unit],
      high: sum.high, into: &code)
    return code
  }

  private func output(
    _ unit: Int, _ plain: SumCode, zero: Int
  ) throws(ComponentError) -> CodeFragment {
    var code = CodeFragment(prefix: context.label(unit))
    code.comment("\(context.layer.name), output \(unit)")
    if unit == context.layer.unitCount - 1 { code.emit("clc") }
    let page = (context.layer.offsets[unit] + zero - plain.constant) / 256
    guard page + plain.range.upperBound / 256 <= 255 else { throw context.tooWide(unit) }
    let sum = sum(unit, firstPage: page)
    code.join(sum.code)
    context.output.emit(
      index: unit, page: page, high: sum.high, carry: sum.carry, into: &code)
    return code
  }
}

extension LayerContext {
  /// Why a sum that needs more than 16 bits is refused.
  func tooWide(_ unit: Int) -> ComponentError {
    .data(
      "\(layer.name), unit \(unit): its sum ranges over \(ranges[unit]), which does not fit in the 16 bits "
        + "of the code; train with fewer bits of weights or inputs, or fewer inputs")
  }
}
