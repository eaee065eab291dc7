internal import QHostInterfaces

/// Operators that slide a window over images [N × channels × height × width].
extension GraphOperator {
  /// A window and where it goes.
  private struct Window {
    /// Height and width of the images.
    var size: [Int]
    var kernel: [Int]
    var strides: [Int]
    /// Top, left, bottom, right.
    var pads: [Int]
    /// Pixels from a tap to the next one.
    var dilations: [Int]

    /// Height and width that the taps span.
    var spans: [Int] { (0..<2).map { (kernel[$0] - 1) * dilations[$0] + 1 } }

    /// Height and width of the result.
    var places: [Int] {
      (0..<2).map { (size[$0] + pads[$0] + pads[$0 + 2] - spans[$0]) / strides[$0] + 1 }
    }

    /// Whether every place of the window has a pixel of the image in it.
    var fits: Bool {
      for axis in 0..<2 {
        let (before, after) = (pads[axis], pads[axis + 2])
        let isPlain = [kernel[axis], dilations[axis]].allSatisfy { (1...1 << 16).contains($0) }
        guard isPlain, strides[axis] > 0 else { return false }
        let extent = spans[axis]
        guard (0..<extent).contains(before), (0..<extent).contains(after) else { return false }
        guard size[axis] + before + after >= extent else { return false }
      }
      return true
    }

    /// Calls `body` with the tap's number and the pixel's place for each tap within the image.
    @inline(__always)
    func forEachTap(_ y: Int, _ x: Int, _ body: (Int, Int) -> Void) {
      let (top, left) = (y * strides[0] - pads[0], x * strides[1] - pads[1])
      let (rows, columns) = (taps(0, from: top), taps(1, from: left))
      for v in rows {
        for h in columns {
          body(
            v * kernel[1] + h, (top + v * dilations[0]) * size[1] + left + h * dilations[1])
        }
      }
    }

    /// The taps along an axis that are on the image, when the first is at a place.
    @inline(__always)
    private func taps(_ axis: Int, from start: Int) -> Range<Int> {
      let step = dilations[axis]
      let first = start < 0 ? (-start + step - 1) / step : 0
      let room = size[axis] - start
      let end = room <= 0 ? 0 : min(kernel[axis], (room + step - 1) / step)
      return first..<max(first, end)
    }
  }

  private func window(_ shape: [Int], kernel: [Int]?) throws(ComponentError) -> Window {
    let kernel = try integers("kernel_shape", default: kernel)
    let strides = try integers("strides", default: [1, 1])
    let pads = try integers("pads", default: [0, 0, 0, 0])
    let dilations = try integers("dilations", default: [1, 1])
    let known: Set = [
      "kernel_shape", "strides", "pads", "count_include_pad", "dilations", "group",
    ]
    let others = Set(node.attributes.keys).subtracting(known)
    guard others.isEmpty else { throw unsupported("has attributes \(others.sorted())") }
    guard shape.count == 4, kernel.count == 2, strides.count == 2, pads.count == 4,
      dilations.count == 2
    else {
      throw unsupported("works on a value of shape \(Shape(shape)), not on flat images")
    }
    let window = Window(
      size: Array(shape[2...]), kernel: kernel, strides: strides, pads: pads,
      dilations: dilations)
    guard window.fits else {
      throw data(
        "has a window of \(Shape(kernel)) with strides \(Shape(strides)) and pads \(pads), which does "
          + "not go over images of \(Shape(window.size))")
    }
    return window
  }

  func convolution() throws(ComponentError) -> GraphValue {
    let (x, weight) = (try operand(0), try operand(1))
    let groups = try integers("group", default: [1]).first ?? 1
    guard weight.shape.count == 4, x.shape.count == 4, groups > 0,
      weight.shape[1] * groups == x.shape[1], weight.shape[0] % groups == 0
    else {
      throw data("cannot go over \(Shape(x.shape)) with weights of \(Shape(weight.shape))")
    }
    let window = try window(x.shape, kernel: Array(weight.shape[2...]))
    guard window.kernel == Array(weight.shape[2...]) else {
      throw data("has weights of \(Shape(weight.shape)) for a window of \(Shape(window.kernel))")
    }
    let (filters, channels) = (weight.shape[0], weight.shape[1])
    let bias = operands.count > 2 ? operands[2].numbers : Array(repeating: 0, count: filters)
    guard bias.count == filters else { throw data("has \(bias.count) biases for \(filters)") }
    let shape = [x.shape[0], filters] + window.places
    var result = [Double](repeating: 0, count: try count(shape))
    let (pixels, taps) = (window.size[0] * window.size[1], window.kernel[0] * window.kernel[1])
    x.numbers.withUnsafeBufferPointer { x in
      weight.numbers.withUnsafeBufferPointer { weight in
        forEachPlace(shape) { row, filter, y, x0, place in
          var sum = bias[filter]
          let before = filter / (filters / groups) * channels
          for channel in 0..<channels {
            let image = (row * groups * channels + before + channel) * pixels
            let first = (filter * channels + channel) * taps
            window.forEachTap(y, x0) { sum += weight[first + $0] * x[image + $1] }
          }
          result[place] = sum
        }
      }
    }
    return GraphValue(.float, shape, result)
  }

  func pooled() throws(ComponentError) -> GraphValue {
    let x = try operand(0)
    let window = try window(x.shape, kernel: nil)
    let countsPads = try integers("count_include_pad", default: [0]) != [0]
    let shape = Array(x.shape[..<2]) + window.places
    var result = [Double](repeating: 0, count: try count(shape))
    let (pixels, taps) = (window.size[0] * window.size[1], window.kernel[0] * window.kernel[1])
    let isMaximum = node.operation == "MaxPool"
    x.numbers.withUnsafeBufferPointer { numbers in
      forEachPlace(shape) { row, channel, y, x0, place in
        let image = (row * shape[1] + channel) * pixels
        var (sum, largest, seen) = (0.0, -Double.infinity, 0)
        window.forEachTap(y, x0) { _, pixel in
          sum += numbers[image + pixel]
          largest = max(largest, numbers[image + pixel])
          seen += 1
        }
        result[place] = isMaximum ? largest : sum / Double(countsPads ? taps : seen)
      }
    }
    return GraphValue(x.type, shape, result)
  }

  /// Calls `body` with row, channel, y, x and the place of each element of a shape.
  private func forEachPlace(_ shape: [Int], _ body: (Int, Int, Int, Int, Int) -> Void) {
    var place = 0
    for row in 0..<shape[0] {
      for channel in 0..<shape[1] {
        for y in 0..<shape[2] {
          for x in 0..<shape[3] {
            body(row, channel, y, x, place)
            place += 1
          }
        }
      }
    }
  }
}
