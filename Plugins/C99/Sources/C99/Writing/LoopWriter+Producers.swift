extension LoopWriter {
  /// Sums over all inputs, unit by unit.
  mutating func writeProduct(_ product: Step.Product, _ loop: Loop) {
    guard let step = loop.producer else { return }
    let input = identifier(graph.root(step.operands[0]))
    let weights = array(product.weights)
    let type = types.type(step.result)
    text.add("const \(flash) \(weights.type.rawValue) *w = \(weights.name);")
    text.add("position i, k;")
    text.add("")
    text.loop("i", product.unitCount)
    if type == .float {
      text.add("float sum = \(start(product.biases, "i"));")
      text.add("")
      text.loop("k", product.inputCount)
      text.add("sum += \(weights.type == .float ? "" : "(float)")w[k] * \(input)[k];")
    } else {
      // A product of two bytes is within 16 bits; to cc65 it is unsigned where one of them is. No sum of
      // 32 bits leaves its bounds on the way: they are those of all terms below 0 and of all above.
      let isWide = type == .int32
      text.add("\(isWide ? "int32_t" : "uint16_t") sum = 0;")
      text.add("")
      text.loop("k", product.inputCount)
      let term = "(w[k] * \(input)[k])"
      text.add(isWide ? "sum += (int16_t)\(term);" : "sum = (uint16_t)(sum + (uint16_t)\(term));")
    }
    text.close()
    text.add("w += \(product.inputCount);")
    writeElement(loop, producer: step)
    text.close()
  }

  private mutating func start(_ biases: Int?, _ place: String) -> String {
    biases.map { "\(array($0).name)[\(place)]" } ?? "0.0f"
  }

  /// Sums over windows, filter by filter.
  mutating func writeConvolution(_ convolution: Step.Convolution, _ loop: Loop) {
    guard let step = loop.producer else { return }
    let window = convolution.window
    text.add("position f, y, x, c, v, h, i = 0;")
    text.add("")
    text.loop("f", window.filters)
    writeWeights(convolution)
    text.add("")
    text.loop("y", window.resultHeight)
    text.loop("x", window.resultWidth)
    text.add("float sum = \(start(convolution.biases, "f"));")
    text.add("")
    writeTaps(convolution, step, line: "y", place: "x")
    writeElement(loop, producer: step)
    text.add("i++;")
    text.close(3)
  }

  private mutating func writeWeights(_ convolution: Step.Convolution) {
    text.add(
      "const \(flash) float *w = \(array(convolution.weights).name) + f * \(convolution.tapCount);")
  }

  /// Adds the products of one window to `sum`.
  private mutating func writeTaps(
    _ convolution: Step.Convolution, _ step: Step, line: String, place: String
  ) {
    let window = convolution.window
    let channels = window.channels / convolution.groupCount
    let group = window.filters / convolution.groupCount
    let channel =
      convolution.groupCount == 1 ? "c" : "(f / \(group) * \(channels) + c)"
    text.loop("c", channels)
    text.loop("v", window.kernel.height)
    text.loop("h", window.kernel.width)
    let source = identifier(graph.root(step.operands[0]))
    let image = image(window, source, channel, (line, place), ("v", "h"))
    writeEdges(window, image)
    text.add(
      "sum += w[(c * \(window.kernel.height) + v) * \(window.kernel.width) + h] * \(image.element);"
    )
    text.close(3)
  }

  /// Rows, columns and the element of an image that a tap is on.
  private struct Tap {
    var row: String
    var column: String
    var element: String
  }

  private func image(
    _ window: Window, _ source: String, _ channel: String, _ place: (String, String),
    _ tap: (String, String)
  ) -> Tap {
    func times(_ text: String, _ factor: Int) -> String {
      factor == 1 ? text : "\(text) * \(factor)"
    }
    let row =
      times(place.0, window.stride.height) + " + " + times(tap.0, window.dilation.height)
    let column =
      times(place.1, window.stride.width) + " + " + times(tap.1, window.dilation.width)
    let (y, x) = window.hasMargin ? ("row", "column") : ("\(row)", "\(column)")
    func less(_ text: String, _ margin: Int) -> String {
      margin == 0 ? text : "\(text) - \(margin)"
    }
    return Tap(
      row: row, column: column,
      element: "\(source)[(\(channel) * \(window.height) + \(less(y, window.margin.top))) * "
        + "\(window.width) + \(less(x, window.margin.left))]")
  }

  /// Continues to the next tap where this one is beyond an edge.
  private mutating func writeEdges(_ window: Window, _ tap: Tap) {
    guard window.hasMargin else { return }
    text.add("const position row = \(tap.row);")
    text.add("const position column = \(tap.column);")
    text.add("")
    var beyond: [String] = []
    let margin = window.margin
    if margin.top > 0 { beyond.append("row < \(margin.top)") }
    if margin.top + margin.bottom > 0 { beyond.append("row >= \(window.height + margin.top)") }
    if margin.left > 0 { beyond.append("column < \(margin.left)") }
    if margin.left + margin.right > 0 { beyond.append("column >= \(window.width + margin.left)") }
    text.add("if (\(beyond.joined(separator: " || "))) continue;")
  }

  /// The largest or the mean of each window.
  mutating func writePool(_ pool: Step.Pool, _ loop: Loop) {
    guard let step = loop.producer else { return }
    let window = pool.window
    let convolution = loop.inner.flatMap { inner -> Step.Convolution? in
      if case .convolution(let made) = inner.kind { made } else { nil }
    }
    let counts = !pool.isMaximum && window.hasMargin && !pool.countsMargin
    text.add("position f, y, x, tap_v, tap_h, i = 0;")
    if convolution != nil { text.add("position c, v, h;") }
    text.add("")
    text.loop("f", window.channels)
    if let convolution {
      writeWeights(convolution)
      text.add("")
    }
    text.loop("y", window.resultHeight)
    text.loop("x", window.resultWidth)
    text.add("float \(pool.isMaximum ? "best = -FLT_MAX" : "total = 0.0f");")
    if counts { text.add("position taps = 0;") }
    text.add("")
    text.loop("tap_v", window.kernel.height)
    text.loop("tap_h", window.kernel.width)
    if let convolution, let inner = loop.inner {
      text.add("const position line = y * \(window.stride.height) + tap_v;")
      text.add("const position place = x * \(window.stride.width) + tap_h;")
      text.add("float sum = \(start(convolution.biases, "f"));")
      text.add("")
      writeTaps(convolution, inner, line: "line", place: "place")
    } else {
      let source = identifier(graph.root(step.operands[0]))
      let tap = image(window, source, "f", ("y", "x"), ("tap_v", "tap_h"))
      writeEdges(window, tap)
      text.open("")
      text.add("const float sum = \(tap.element);")
      text.add("")
    }
    text.add(pool.isMaximum ? "best = sum > best ? sum : best;" : "total += sum;")
    if convolution == nil { text.close() }
    if counts { text.add("taps++;") }
    text.close(2)
    text.open("")
    let count = counts ? "(float)taps" : "\(window.tapCount).0f"
    text.add("const float sum = \(pool.isMaximum ? "best" : "total / \(count)");")
    writeElement(loop, producer: step)
    text.close()
    text.add("i++;")
    text.close(3)
  }
}
