internal import QHostGraphs

extension LearnerLayer {
  func addTimes(_ text: inout SourceText) {
    let rows = writer.plan.rowCount
    text.add(
      "/* How often a row counts: until \(rows) are kept, some stand for those that are not there. */"
    )
    text.open("static int32_t learn_times(position row)")
    text.add("if (learn_count == \(rows)) return 1;")
    text.add(
      "return (int32_t)(\(rows) / learn_count + (row < \(rows) % learn_count ? 1 : 0));")
    text.close()
    text.add("")
  }

  func addTrial(_ text: inout SourceText) {
    let inputs = layer.inputCount
    for line in [
      "/*",
      " * The loss where a weight of layer \(place), or behind its inputs the bias, is `step` more; it ends where",
      " * that is no longer below `limit`. With `keep` the step is taken.", " */",
    ] { text.add(line) }
    text.open(
      "static int32_t learn_try_\(place)(position unit, position input, int8_t step, int32_t limit, uint8_t keep)"
    )
    text.add("const uint8_t is_bias = input == \(inputs);")
    if layer.isLast {
      text.add("int16_t before;")
    } else {
      text.add("const uint8_t shift = learn_shift_\(place)[unit];")
      text.add(
        "const \(writer.flash) uint8_t *table = learn_table_\(place) + 256 * (position)learn_number_\(place)[unit];"
      )
    }
    for line in [
      "const uint8_t is_full = learn_count == \(writer.plan.rowCount);",
      "const uint8_t *levels = learn_level_\(place) + (is_bias ? 0 : input);",
      "const int8_t slope = is_bias ? 0 : step;", "int16_t offset = step;", "int32_t sum = 0;",
      "position r;", "",
    ] { text.add(line) }
    addOffset(&text)
    text.open("for (r = 0; r < learn_count; r++)")
    text.add("const position at = r * \(units) + unit;")
    text.add("const int16_t change = (int16_t)(offset + slope * levels[r * \(inputs)]);")
    text.add("int32_t loss = learn_loss[r];")
    text.add("")
    text.open("if (change != 0)")
    if layer.isLast { addLastChange(&text) } else { addHiddenChange(&text) }
    text.close()
    text.add("sum += is_full ? loss : loss * learn_times(r);")
    text.add("if (sum >= limit) return sum;")
    text.close()
    text.add("if (keep) {")
    text.add("  if (is_bias) {")
    text.add("    learn_bias_\(place)[unit] = (int16_t)(learn_bias_\(place)[unit] + step);")
    text.add("  } else {")
    text.add("    int8_t *weight = learn_weight_\(place) + unit * \(inputs) + input;")
    text.add("    *weight = (int8_t)(*weight + step);")
    text.add("    learn_total_\(place)[unit] = (int16_t)(learn_total_\(place)[unit] + step);")
    text.add("  }")
    text.add("}")
    text.add("return sum;")
    text.close()
    text.add("")
  }

  private func addOffset(_ text: inout SourceText) {
    guard layer.doubleZero != 0 else { return text.add("if (!is_bias) offset = 0;") }
    text.open("if (!is_bias)")
    text.add("const int32_t all = (int32_t)\(layer.doubleZero) * learn_total_\(place)[unit];")
    text.add("")
    text.add("offset = (int16_t)((all >> 1) - ((all + \(layer.doubleZero) * step) >> 1));")
    text.close()
  }

  private func addHiddenChange(_ text: inout SourceText) {
    for line in [
      "const int16_t result = (int16_t)(learn_sum_\(place)[at] + change);",
      "const uint8_t level = learn_look_up(result, shift, table);",
      "const int16_t rise = (int16_t)(level - learn_level_\(place + 1)[at]);", "",
    ] { text.add(line) }
    text.add("if (rise != 0) loss = learn_carry_\(place + 1)(r, unit, rise, keep);")
    text.open("if (keep)")
    text.add("learn_sum_\(place)[at] = result;")
    text.add("learn_level_\(place + 1)[at] = level;")
    text.add("learn_loss[r] = loss;")
    text.close()
  }

  private func addLastChange(_ text: inout SourceText) {
    text.add("before = learn_sum_\(place)[at];")
    text.add("learn_sum_\(place)[at] = (int16_t)(before + change);")
    text.add(
      "loss = learn_margin(learn_sum_\(place) + r * \(units), learn_label[r]);")
    text.open("if (keep)")
    text.add("learn_loss[r] = loss;")
    text.close()
    text.open("else")
    text.add("learn_sum_\(place)[at] = before;")
    text.close()
  }
}
