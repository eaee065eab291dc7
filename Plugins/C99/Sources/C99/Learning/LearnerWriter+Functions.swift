internal import QHostGraphs

extension LearnerWriter {
  private var rows: Int { plan.rowCount }
  private var lastLayer: Int { network.layers.count - 1 }

  /// The functions that others call, but for those of reals.
  func addFunctions(_ text: inout SourceText) {
    addLevels(&text)
    addRemember(&text)
    addImprove(&text)
    text.open("void \(name)_learn_levels(const uint8_t *levels, \(indexType) label)")
    text.add("if (!\(name)_remember(levels, label)) return;")
    text.add("\(name)_improve();")
    text.close()
    text.add("")
  }

  private func addLevels(_ text: inout SourceText) {
    text.open("void \(name)_levels(const uint8_t *levels, \(sumType) *sums)")
    text.add("position i;")
    text.add("")
    text.add("learn_pass(levels, \(rows));")
    text.loop("i", network.outputCount)
    text.add("sums[i] = learn_sum_\(lastLayer)[\(rows * network.outputCount) + i];")
    text.close()
    text.close()
    text.add("")
  }

  private func addRemember(_ text: inout SourceText) {
    let (inputs, outputs) = (network.inputCount, network.outputCount)
    text.open("uint8_t \(name)_remember(const uint8_t *levels, \(indexType) label)")
    for line in [
      "const position row = learn_next;", "position i;", "",
      "if (label >= \(outputs)) return 0;",
    ] { text.add(line) }
    text.loop("i", inputs)
    text.add("learn_level_0[row * \(inputs) + i] = levels[i];")
    text.close()
    for line in [
      "learn_label[row] = (uint8_t)label;", "learn_pass(levels, row);",
      "learn_loss[row] = learn_margin(learn_sum_\(lastLayer) + row * \(outputs), learn_label[row]);",
      "if (learn_count < \(rows)) learn_count++;",
      "learn_next = row + 1 < \(rows) ? row + 1 : 0;", "return 1;",
    ] { text.add(line) }
    text.close()
    text.add("")
  }

  private func addImprove(_ text: inout SourceText) {
    text.open("void \(name)_improve(void)")
    for line in [
      "int32_t loss = 0;", "position v, r;", "", "if (learn_count == 0) return;",
      "for (r = 0; r < learn_count; r++) loss += learn_loss[r] * learn_times(r);",
    ] { text.add(line) }
    text.loop("v", plan.visits)
    text.add("position place = learn_place;")
    text.add("")
    text.add("learn_place += \(plan.stride);")
    text.add(
      "if (learn_place >= \(network.learnedCount)) learn_place -= \(network.learnedCount);")
    var start = 0
    for (layer, numbers) in network.layers.enumerated() {
      let weights = numbers.weights.count
      let isFirst = layer == 0
      if !isFirst { text.add("place -= \(start);") }
      text.open("if (place < \(weights))")
      text.add(
        "loss = learn_visit_\(layer)(place / \(numbers.inputCount), place % \(numbers.inputCount), loss);"
      )
      text.add("continue;")
      text.close()
      if layer < lastLayer {
        text.open("if (place < \(numbers.learnedCount))")
        text.add("loss = learn_visit_\(layer)(place - \(weights), \(numbers.inputCount), loss);")
        text.add("continue;")
        text.close()
      } else {
        text.add("loss = learn_visit_\(layer)(place - \(weights), \(numbers.inputCount), loss);")
      }
      start = numbers.learnedCount
    }
    text.close()
    text.close()
    text.add("")
  }

  /// Learning from rows of reals; `levels` is the call that makes levels of them.
  func addReals(_ levels: String, _ text: inout SourceText) {
    text.open("void \(name)_learn(const float *input, \(indexType) label)")
    text.add(levels)
    text.add("\(name)_learn_levels(level_buffer, label);")
    text.close()
    text.add("")
  }

  /// What the header says of the functions on levels.
  var declarations: [String] {
    let macro = name.uppercased()
    return [
      "/* Rows that are kept and learned from; numbers that are looked at for each row, and losses that costs. */",
      "#define \(macro)_MEMORY_ROWS \(rows)", "#define \(macro)_VISITS \(plan.visits)",
      "#define \(macro)_LOSSES \(plan.lossCount)", "",
      "/* Learns from a row of levels and its class; one that has no output is left out. */",
      "void \(name)_learn_levels(const uint8_t *levels, \(indexType) label);", "",
      "/* The two parts of it: keeps a row, in the place of the oldest, and says whether it did; looks at the next numbers. */",
      "uint8_t \(name)_remember(const uint8_t *levels, \(indexType) label);",
      "void \(name)_improve(void);", "",
    ]
  }

  /// What the header says of the function on reals.
  var realDeclarations: [String] {
    [
      "/* Learns from a row and its class. */",
      "void \(name)_learn(const float *input, \(indexType) label);", "",
    ]
  }
}
