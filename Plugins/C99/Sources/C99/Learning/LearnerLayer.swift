internal import QHostGraphs

/// Writes what a step along one number of a layer changes.
struct LearnerLayer {
  let writer: LearnerWriter
  let place: Int
  let layer: LearningNetwork.Layer

  init(_ writer: LearnerWriter, _ place: Int) {
    (self.writer, self.place, layer) = (writer, place, writer.network.layers[place])
  }

  var units: Int { layer.unitCount }

  /// The functions that continue from a change in the layer before.
  func addChanges(_ text: inout SourceText) {
    if layer.isLast { return addLastCarry(&text) }
    addSettling(&text)
    addCarryHead(&text)
    text.add("int16_t sums[\(units)];")
    text.add("position u;")
    text.add("")
    text.loop("u", units)
    text.add("sums[u] = (int16_t)(\(carried("u")));")
    text.close()
    text.add("return learn_settle_\(place)(row, sums, keep);")
    text.close()
    text.add("")
  }

  private func addCarryHead(_ text: inout SourceText) {
    text.add("/* The loss of a row where level `input` of layer \(place) is `rise` more. */")
    text.open(
      "static int32_t learn_carry_\(place)(position row, position input, int16_t rise, uint8_t keep)"
    )
  }

  /// The sum of a unit after `rise`.
  private func carried(_ unit: String) -> String {
    "learn_sum_\(place)[row * \(units) + \(unit)] + "
      + "learn_weight_\(place)[\(unit) * \(layer.inputCount) + input] * rise"
  }

  /// In the last layer the largest other sum is found on the way, and nothing is kept between.
  private func addLastCarry(_ text: inout SourceText) {
    if writer.network.layers.count > 2 { addSettling(&text) }
    addCarryHead(&text)
    for line in [
      "const position label = learn_label[row];",
      "int16_t rival = -32767 - 1, own = 0, sum;", "int32_t loss;", "position u;", "",
    ] { text.add(line) }
    text.loop("u", units)
    text.add("sum = (int16_t)(\(carried("u")));")
    text.add("if (keep) learn_sum_\(place)[row * \(units) + u] = sum;")
    text.open("if (u == label)")
    text.add("own = sum;")
    text.close()
    text.open("else if (sum > rival)")
    text.add("rival = sum;")
    text.close(2)
    text.add("loss = (int32_t)\(writer.network.margin) + rival - own;")
    text.add("return loss < 0 ? 0 : loss;")
    text.close()
    text.add("")
  }

  private func addSettling(_ text: inout SourceText) {
    text.add("/* The loss of a row with other sums of layer \(place); with `keep` they stay. */")
    text.open(
      "static int32_t learn_settle_\(place)(position row, const int16_t *sums, uint8_t keep)")
    defer {
      text.close()
      text.add("")
    }
    guard !layer.isLast else {
      text.add("position u;")
      text.add("")
      text.open("if (keep)")
      text.loop("u", units)
      text.add("learn_sum_\(place)[row * \(units) + u] = sums[u];")
      text.close(2)
      text.add("return learn_margin(sums, learn_label[row]);")
      return
    }
    let after = writer.network.layers[place + 1].unitCount
    for line in ["int16_t next[\(after)];", "uint8_t any = 0;", "position u, k;", ""] {
      text.add(line)
    }
    text.loop("u", units)
    text.add("const position at = row * \(units) + u;")
    text.add("const uint8_t level = \(writer.level(place, of: "sums[u]", unit: "u"));")
    text.add("const int16_t rise = (int16_t)(level - learn_level_\(place + 1)[at]);")
    text.add("")
    text.open("if (keep)")
    text.add("learn_sum_\(place)[at] = sums[u];")
    text.add("learn_level_\(place + 1)[at] = level;")
    text.close()
    text.add("if (rise == 0) continue;")
    text.open("for (k = 0; k < \(after); k++)")
    text.add(
      "next[k] = (int16_t)((any ? next[k] : learn_sum_\(place + 1)[row * \(after) + k]) + "
        + "learn_weight_\(place + 1)[k * \(units) + u] * rise);")
    text.close()
    text.add("any = 1;")
    text.close()
    text.add("return any ? learn_settle_\(place + 1)(row, next, keep) : learn_loss[row];")
  }

  /// The function that looks at one number, and takes the better step.
  func addVisit(_ text: inout SourceText) {
    if place == 0 { addTimes(&text) }
    addTrial(&text)
    text.add("/* Takes the step down or up that has the least loss, if it is below `loss`. */")
    text.open(
      "static int32_t learn_visit_\(place)(position unit, position input, int32_t loss)")
    for line in [
      "const uint8_t is_bias = input == \(layer.inputCount);",
      "const int16_t value = is_bias ? learn_bias_\(place)[unit] : "
        + "learn_weight_\(place)[unit * \(layer.inputCount) + input];",
      "int32_t tried;", "int8_t step = 0;", "",
    ] { text.add(line) }
    let (weights, biases) = (layer.weightRange, layer.biasRange)
    for (sign, weight, bias) in [
      ("-1", "value > \(weights.lowerBound)", "value > \(biases.lowerBound)"),
      ("1", "value < \(weights.upperBound)", "value < \(biases.upperBound)"),
    ] {
      text.open("if (is_bias ? \(bias) : \(weight))")
      text.add("tried = learn_try_\(place)(unit, input, \(sign), loss, 0);")
      text.open("if (tried < loss)")
      text.add("loss = tried;")
      text.add("step = \(sign);")
      text.close(2)
    }
    text.add("if (step != 0) learn_try_\(place)(unit, input, step, 0x7FFFFFFF, 1);")
    text.add("return loss;")
    text.close()
    text.add("")
  }
}
