import QHostInterfaces

extension GraphInterpreter {
  private func number(_ node: Graph.Node, _ name: String) -> Float {
    if case .reals(let values)? = node.attributes[name] { return Float(values[0]) }
    return 1
  }

  private func integers(_ node: Graph.Node, _ name: String, _ otherwise: [Int]) -> [Int] {
    if case .integers(let values)? = node.attributes[name] { return values }
    return otherwise
  }

  /// [N × F] times [F × M], or [M × F] where transB says so.
  func product(_ node: Graph.Node, _ inputs: [[Float]]) -> (value: [Float], shape: [Int]) {
    let shape = shapes[node.inputs[1]] ?? []
    let isByUnits = integers(node, "transB", [0]) == [1]
    let (units, width) = isByUnits ? (shape[0], shape[1]) : (shape[1], shape[0])
    let value = (0..<rowCount * units).map { place in
      let (row, unit) = (place / units, place % units)
      let sum = (0..<width).reduce(Float(0)) {
        $0 + inputs[0][row * width + $1]
          * inputs[1][isByUnits ? unit * width + $1 : $1 * units + unit]
      }
      guard node.operation == "Gemm", inputs.count > 2 else { return sum * number(node, "alpha") }
      return sum * number(node, "alpha") + inputs[2][unit % inputs[2].count] * number(node, "beta")
    }
    return (value, [rowCount, units])
  }

  /// Where a window is, along one axis.
  private struct Axis {
    let (kernel, stride, dilation, before): (Int, Int, Int, Int)
    let size: Int
    let count: Int

    /// The places under a window that are within the image, and which taps they are.
    func taps(_ window: Int) -> [(tap: Int, place: Int)] {
      (0..<kernel).map { ($0, window * stride + $0 * dilation - before) }
        .filter { (0..<size).contains($0.1) }
    }
  }

  private func axis(_ node: Graph.Node, _ index: Int, size: Int, kernel: Int) -> Axis {
    let stride = integers(node, "strides", [1, 1])[index]
    let dilation = integers(node, "dilations", [1, 1])[index]
    let pads = integers(node, "pads", [0, 0, 0, 0])
    let room = size + pads[index] + pads[index + 2] - dilation * (kernel - 1) - 1
    return Axis(
      kernel: kernel, stride: stride, dilation: dilation, before: pads[index], size: size,
      count: room / stride + 1)
  }

  func convolution(
    _ node: Graph.Node, _ inputs: [[Float]], _ shape: [Int]
  ) -> (value: [Float], shape: [Int]) {
    let weights = shapes[node.inputs[1]] ?? []
    let (filters, channels) = (weights[0], weights[1])
    let groupSize = filters / integers(node, "group", [1])[0]
    let down = axis(node, 0, size: shape[2], kernel: weights[2])
    let right = axis(node, 1, size: shape[3], kernel: weights[3])
    let value = (0..<rowCount * filters * down.count * right.count).map { place -> Float in
      let (line, x) = (place / right.count, place % right.count)
      let (plane, y) = (line / down.count, line % down.count)
      let (row, filter) = (plane / filters, plane % filters)
      var sum = inputs.count > 2 ? inputs[2][filter] : 0
      for channel in 0..<channels {
        let source = row * shape[1] + filter / groupSize * channels + channel
        for v in down.taps(y) {
          for h in right.taps(x) {
            sum +=
              inputs[1][
                ((filter * channels + channel) * weights[2] + v.tap) * weights[3] + h.tap]
              * inputs[0][(source * shape[2] + v.place) * shape[3] + h.place]
          }
        }
      }
      return sum
    }
    return (value, [rowCount, filters, down.count, right.count])
  }

  func pooled(
    _ node: Graph.Node, _ x: [Float], _ shape: [Int], _ body: ([Float]) -> Float
  ) -> (value: [Float], shape: [Int]) {
    let kernel = integers(node, "kernel_shape", [1, 1])
    let down = axis(node, 0, size: shape[2], kernel: kernel[0])
    let right = axis(node, 1, size: shape[3], kernel: kernel[1])
    let countsMargin = integers(node, "count_include_pad", [0]) == [1]
    let value = (0..<rowCount * shape[1] * down.count * right.count).map { place -> Float in
      let (line, column) = (place / right.count, place % right.count)
      let (plane, y) = (line / down.count, line % down.count)
      let taps = down.taps(y).flatMap { v in
        right.taps(column).map { x[(plane * shape[2] + v.place) * shape[3] + $0.place] }
      }
      let missing = countsMargin ? kernel[0] * kernel[1] - taps.count : 0
      return body(taps + Array(repeating: 0, count: missing))
    }
    return (value, [rowCount, shape[1], down.count, right.count])
  }
}
