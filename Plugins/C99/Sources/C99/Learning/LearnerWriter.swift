internal import QHostGraphs

/// Writes the C of a network that learns on: its numbers, the rows it keeps, and its functions.
struct LearnerWriter {
  let plan: LearnerPlan
  /// The prefix of all that others see.
  let name: String
  let flash: String
  /// The type of the sums that callers get.
  let sumType: String
  /// The type of a class.
  let indexType: String

  var network: LearningNetwork { plan.network }
  private var last: Int { network.layers.count - 1 }

  /// Static names that it uses.
  static func names(_ network: LearningNetwork) -> [String] {
    let own = [
      "weight", "bias", "total", "shift", "table", "number", "level", "sum", "offset", "settle",
      "carry", "try", "visit",
    ]
    let all = (0...network.layers.count).flatMap { layer in own.map { "learn_\($0)_\(layer)" } }
    return all
      + ["label", "loss", "count", "next", "place", "times", "pass", "look_up", "margin"]
      .map { "learn_\($0)" }
  }

  /// The source.
  var source: SourceText {
    var text = SourceText()
    for layer in network.layers.indices { addNumbers(layer, &text) }
    addMemory(&text)
    addLookUp(&text)
    for layer in network.layers.indices { addOffset(layer, &text) }
    addPass(&text)
    addMargin(&text)
    for layer in network.layers.indices.reversed() where layer > 0 {
      LearnerLayer(self, layer).addChanges(&text)
    }
    for layer in network.layers.indices { LearnerLayer(self, layer).addVisit(&text) }
    addFunctions(&text)
    return text
  }

  private func array(
    _ head: String, _ numbers: [Int], _ text: inout SourceText
  ) {
    text.open("\(head)[\(numbers.count)] =")
    var line = ""
    for number in numbers {
      if line.count > 88 {
        text.add(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + "\(number),"
    }
    text.add(String(line.dropLast()))
    text.closeDefinition()
  }

  private func addNumbers(_ place: Int, _ text: inout SourceText) {
    let layer = network.layers[place]
    text.add(
      "/* Layer \(place): weights [\(layer.unitCount) x \(layer.inputCount)], biases, sums of each unit's weights. */"
    )
    array("static int8_t learn_weight_\(place)", layer.weights, &text)
    array("static int16_t learn_bias_\(place)", layer.biases, &text)
    array("static int16_t learn_total_\(place)", (0..<layer.unitCount).map(layer.total), &text)
    guard !layer.isLast else { return }
    let (distinct, numbers) = layer.distinctTables
    text.add("/* What levels its sums are: tables of 256, the table and the shift of each unit. */")
    array("static const \(flash) uint8_t learn_table_\(place)", distinct.flatMap { $0 }, &text)
    array("static const \(flash) uint8_t learn_number_\(place)", numbers, &text)
    array("static const \(flash) uint8_t learn_shift_\(place)", layer.shifts, &text)
  }

  private func addMemory(_ text: inout SourceText) {
    let rows = plan.rowCount
    text.add(
      "/* The rows that are learned from: levels, sums and losses; and the sums of one more. */")
    text.add("static uint8_t learn_level_0[\(rows * network.inputCount)];")
    for (place, layer) in network.layers.enumerated() {
      text.add("static int16_t learn_sum_\(place)[\((rows + 1) * layer.unitCount)];")
      guard !layer.isLast else { continue }
      text.add("static uint8_t learn_level_\(place + 1)[\((rows + 1) * layer.unitCount)];")
    }
    for line in [
      "static uint8_t learn_label[\(rows)];", "static int32_t learn_loss[\(rows)];",
      "static position learn_count, learn_next, learn_place;", "",
    ] { text.add(line) }
  }

  private func addLookUp(_ text: inout SourceText) {
    guard network.layers.count > 1 else { return }
    text.open(
      "static uint8_t learn_look_up(int16_t sum, uint8_t shift, const \(flash) uint8_t *table)")
    text.add("int16_t row;")
    text.add("")
    text.add("if (sum < 0) return table[0];")
    text.add("row = (int16_t)(sum >> shift);")
    text.add("return table[row > 255 ? 255 : row];")
    text.close()
    text.add("")
  }

  private func addOffset(_ place: Int, _ text: inout SourceText) {
    let layer = network.layers[place]
    text.add("/* What is added to the products of a unit. */")
    text.open("static int16_t learn_offset_\(place)(position unit)")
    var sum = "learn_bias_\(place)[unit]"
    if !layer.isLast { sum += " + ((int32_t)128 << learn_shift_\(place)[unit])" }
    if layer.doubleZero != 0 {
      sum += " - (((int32_t)\(layer.doubleZero) * learn_total_\(place)[unit]) >> 1)"
    }
    text.add("return (int16_t)(\(sum));")
    text.close()
    text.add("")
  }

  /// How C writes the level of a sum.
  func level(_ place: Int, of sum: String, unit: String) -> String {
    "learn_look_up(\(sum), learn_shift_\(place)[\(unit)], "
      + "learn_table_\(place) + 256 * (position)learn_number_\(place)[\(unit)])"
  }

  private func addPass(_ text: inout SourceText) {
    text.add("/* Computes all sums and levels of row `row` from its levels. */")
    text.open("static void learn_pass(const uint8_t *levels, position row)")
    text.add("position u, i;")
    text.add("")
    for (place, layer) in network.layers.enumerated() {
      let units = layer.unitCount
      text.loop("u", units)
      text.add("const int8_t *weight = learn_weight_\(place) + u * \(layer.inputCount);")
      text.add("uint16_t sum = (uint16_t)learn_offset_\(place)(u);")
      text.add("int16_t result;")
      text.add("")
      text.loop("i", layer.inputCount)
      text.add("sum = (uint16_t)(sum + (uint16_t)(weight[i] * levels[i]));")
      text.close()
      text.add("result = (int16_t)sum;")
      text.add("learn_sum_\(place)[row * \(units) + u] = result;")
      if !layer.isLast {
        text.add(
          "learn_level_\(place + 1)[row * \(units) + u] = \(level(place, of: "result", unit: "u"));"
        )
      }
      text.close()
      if !layer.isLast { text.add("levels = learn_level_\(place + 1) + row * \(units);") }
    }
    text.close()
    text.add("")
  }

  private func addMargin(_ text: inout SourceText) {
    let count = network.outputCount
    text.add("/* By how much the sum of the label is not \(network.margin) above all others. */")
    text.open("static int32_t learn_margin(const int16_t *sums, uint8_t label)")
    text.add("int16_t rival = -32767 - 1;")
    text.add("int32_t loss;")
    text.add("position i;")
    text.add("")
    text.loop("i", count)
    text.add("if (i != label && sums[i] > rival) rival = sums[i];")
    text.close()
    text.add("loss = (int32_t)\(network.margin) + rival - sums[label];")
    text.add("return loss < 0 ? 0 : loss;")
    text.close()
    text.add("")
  }
}
