internal import QHostInterfaces

extension GraphReader {
  /// Conv over images of two dimensions.
  mutating func convolution(_ node: Graph.Node, _ inputs: [Int?]) throws(ComponentError) -> Int {
    let input = try operand(inputs, 0, node)
    let weights = try operand(inputs, 1, node)
    let (image, weight) = (values[input], values[weights])
    guard weight.reals != nil, weight.shape.count == 4 else {
      throw .unsupported(
        "there is C for constant weights [filters × channels × height × width], and those of node "
          + "'\(node.name)' (Conv) are \(weight.isConstant ? "\(Shape(weight.shape))" : "computed")"
      )
    }
    let groups = try integers(node, "group", count: 1)?[0] ?? 1
    let kernel = (weight.shape[2], weight.shape[3])
    var window = try window(node, image, kernel)
    window.filters = weight.shape[0]
    guard groups > 0, weight.shape[0] % groups == 0, weight.shape[1] * groups == window.channels
    else {
      throw .data(
        "node '\(node.name)' (Conv) has weights \(Shape(weight.shape)) in \(groups) groups for "
          + "\(window.channels) channels; report it to the model's author")
    }
    var biases: Int?
    if inputs.count > 2, let third = inputs[2] {
      guard values[third].reals?.count == window.filters else {
        throw .unsupported(
          "there is C for \(window.filters) constant offsets in node '\(node.name)' (Conv)")
      }
      biases = third
    }
    let result = try add(node, window, image.type)
    append(
      node.operation, node.name,
      .convolution(
        Step.Convolution(window: window, groupCount: groups, weights: weights, biases: biases)),
      [input], result)
    return result
  }

  /// MaxPool and AveragePool over images of two dimensions.
  mutating func pool(_ node: Graph.Node, _ inputs: [Int?]) throws(ComponentError) -> Int {
    let input = try operand(inputs, 0, node)
    for name in ["ceil_mode", "storage_order"] { try require(node, name, 0) }
    guard let kernel = try integers(node, "kernel_shape", count: 2) else {
      throw .data(
        "node '\(node.name)' (\(node.operation)) lacks kernel_shape; report it to the model's author"
      )
    }
    let window = try window(node, values[input], (kernel[0], kernel[1]))
    let spans = (
      (kernel[0] - 1) * window.dilation.height + 1, (kernel[1] - 1) * window.dilation.width + 1
    )
    guard max(window.margin.top, window.margin.bottom) < spans.0,
      max(window.margin.left, window.margin.right) < spans.1
    else {
      throw .data(
        "node '\(node.name)' (\(node.operation)) has windows that are all margin; report it to the "
          + "model's author")
    }
    let result = try add(node, window, values[input].type)
    let counts = try integers(node, "count_include_pad", count: 1)?[0] ?? 0
    append(
      node.operation, node.name,
      .pool(
        Step.Pool(
          window: window, isMaximum: node.operation == "MaxPool", countsMargin: counts != 0)),
      [input], result)
    return result
  }

  private mutating func add(
    _ node: Graph.Node, _ window: Window, _ type: ElementType
  ) throws(ComponentError) -> Int {
    guard type == .float else {
      throw .unsupported(
        "there is C for images of float, and node '\(node.name)' (\(node.operation)) is given "
          + type.name)
    }
    let shape = [1, window.filters, window.resultHeight, window.resultWidth]
    try checkExtents(shape, "the result of node '\(node.name)' (\(node.operation))")
    return add(node.outputs[0], shape, .float, .anyReal)
  }

  private func window(
    _ node: Graph.Node, _ image: Value, _ kernel: (height: Int, width: Int)
  ) throws(ComponentError) -> Window {
    guard image.shape.count == 4 else {
      throw .unsupported(
        "there is C for images [channels × height × width], and node '\(node.name)' "
          + "(\(node.operation)) is given a row of \(Shape(Array(image.shape.dropFirst())))")
    }
    let given = try integers(node, "kernel_shape", count: 2) ?? [kernel.height, kernel.width]
    let strides = try integers(node, "strides", count: 2) ?? [1, 1]
    let dilations = try integers(node, "dilations", count: 2) ?? [1, 1]
    var window = Window(
      channels: image.shape[1], height: image.shape[2], width: image.shape[3],
      filters: image.shape[1], kernel: kernel, stride: (strides[0], strides[1]),
      dilation: (dilations[0], dilations[1]), margin: (0, 0, 0, 0))
    let pads = try pads(node, window)
    window.margin = (pads[0], pads[1], pads[2], pads[3])
    guard given == [kernel.height, kernel.width], pads.allSatisfy({ (0...4096).contains($0) }),
      (given + strides + dilations).allSatisfy({ (1...4096).contains($0) })
    else {
      throw .data(
        "node '\(node.name)' (\(node.operation)) has kernel_shape \(given), strides \(strides), dilations "
          + "\(dilations) and pads \(pads), which cannot be; report it to the model's author")
    }
    return window
  }

  /// Rows above, columns to the left, rows below, columns to the right.
  private func pads(_ node: Graph.Node, _ window: Window) throws(ComponentError) -> [Int] {
    let given = try integers(node, "pads", count: 4)
    guard case .text(let mode)? = node.attributes["auto_pad"], mode != "NOTSET" else {
      return given ?? [0, 0, 0, 0]
    }
    if mode == "VALID" { return [0, 0, 0, 0] }
    guard mode == "SAME_UPPER" || mode == "SAME_LOWER" else {
      throw .data(
        "node '\(node.name)' (\(node.operation)) has auto_pad \(mode), which ONNX does not know; report "
          + "it to the model's author")
    }
    func total(_ size: Int, _ kernel: Int, _ stride: Int, _ dilation: Int) -> Int {
      let steps = stride > 0 ? (size + stride - 1) / stride : 1
      return max(0, (steps - 1) * stride + dilation * (kernel - 1) + 1 - size)
    }
    let more = mode == "SAME_UPPER" ? 0 : 1
    let rows = total(
      window.height, window.kernel.height, window.stride.height, window.dilation.height)
    let columns = total(
      window.width, window.kernel.width, window.stride.width, window.dilation.width)
    let (top, left) = ((rows + more) / 2, (columns + more) / 2)
    return [top, left, rows - top, columns - left]
  }
}
