internal import QHostInterfaces

/// The extents of images between layers: values in the order channels, rows, columns.
struct ImageShape {
  var channels: Int
  var height: Int
  var width: Int

  /// The shape of one input; one that is not an image has a single row.
  init(_ shape: Shape) {
    let extents = Array(repeating: 1, count: max(0, 3 - shape.extents.count)) + shape.extents
    (channels, height, width) = (extents[0], extents[1], extents.dropFirst(2).reduce(1, *))
  }

  var count: Int { channels * height * width }
}

/// Convolutions as layers with a unit for each place of each filter.
///
/// z_f(y, x) = Σ_{c,i,j} w_f(c, i, j) h_c(s y + i − p, s x + j − p) + b_f is a row of weights that are 0
/// outside of the window; a mean of places is the mean of their rows. Weights that are 0 cost nothing in
/// the kernels whose weights are the code.
extension FloatNetwork {
  /// The layer of a convolution, and of the mean pooling that follows it.
  static func convolution(
    _ node: Graph.Node, _ cursor: inout GraphCursor, _ image: inout ImageShape
  ) throws(ComponentError) -> (layer: Layer, output: String) {
    let window = try Window(node, kernelOf: cursor)
    guard let weight = node.inputs.compactMap({ cursor.constant($0) }).first,
      weight.shape.extents.count == 4, weight.shape.extents[1] == image.channels
    else {
      throw .unsupported(
        "it needs constant weights [filters × \(image.channels) × height × width] in node "
          + "'\(node.name)' (Conv)")
    }
    let filters = weight.shape.extents[0]
    let values = try GraphCursor.reals(weight).map(Double.init)
    let own = node.inputs.dropFirst(2).first.flatMap { cursor.constant($0) }
    let biases =
      try own.map { (constant) throws(ComponentError) in
        try GraphCursor.reals(constant).map(Double.init)
      } ?? Array(repeating: 0, count: filters)
    guard biases.count == filters else {
      throw .data("node '\(node.name)' (Conv) has \(biases.count) biases for \(filters) filters")
    }
    var layer = Layer(name: node.name, weights: [], biases: [])
    let (height, width) = (window.places(image.height, 0), window.places(image.width, 1))
    guard height > 0, width > 0 else {
      throw .unsupported("the window of node '\(node.name)' (Conv) is larger than its image")
    }
    for filter in 0..<filters {
      for place in 0..<height * width {
        layer.weights.append(
          window.row(values, filter, y: place / width, x: place % width, image))
        layer.biases.append(biases[filter])
      }
    }
    image = ImageShape(Shape([filters, height, width]))
    guard let next = cursor.next, ["AveragePool", "MaxPool"].contains(next) else {
      return (layer, node.outputs[0])
    }
    let pooling = try cursor.take("AveragePool", "MaxPool", after: node.name)
    try pool(pooling, &layer, &image)
    return (layer, pooling.outputs[0])
  }

  private static func pool(
    _ node: Graph.Node, _ layer: inout Layer, _ image: inout ImageShape
  ) throws(ComponentError) {
    guard node.operation == "AveragePool" else {
      throw .unsupported(
        "the 6502 target does not support operator MaxPool (node '\(node.name)', after \(layer.name)); set "
          + "model.pooling to mean or none")
    }
    let window = try Window(node, kernelOf: nil)
    guard window.pads == [0, 0, 0, 0] else {
      throw .unsupported(
        "the 6502 target does not support a mean with margins (node '\(node.name)')")
    }
    let (height, width) = (window.places(image.height, 0), window.places(image.width, 1))
    var (weights, biases): ([[Double]], [Double]) = ([], [])
    let part = 1 / Double(window.kernel[0] * window.kernel[1])
    for channel in 0..<image.channels {
      for y in 0..<height {
        for x in 0..<width {
          var row = [Double](repeating: 0, count: layer.weights[0].count)
          for i in 0..<window.kernel[0] * window.kernel[1] {
            let above = channel * image.height + y * window.strides[0] + i / window.kernel[1]
            let source = above * image.width + x * window.strides[1] + i % window.kernel[1]
            for (place, value) in layer.weights[source].enumerated() { row[place] += part * value }
          }
          weights.append(row)
          biases.append(layer.biases[channel * image.height * image.width])
        }
      }
    }
    (layer.weights, layer.biases) = (weights, biases)
    image = ImageShape(Shape([image.channels, height, width]))
  }
}

/// A window that moves over images.
private struct Window {
  let kernel: [Int]
  let strides: [Int]
  /// Above, left, below, right.
  let pads: [Int]

  init(_ node: Graph.Node, kernelOf cursor: GraphCursor?) throws(ComponentError) {
    func list(_ name: String) -> [Int]? {
      if case .integers(let values) = node.attributes[name] { return values }
      return nil
    }
    let weight = cursor.flatMap { cursor in
      node.inputs.compactMap { cursor.constant($0) }.first?.shape.extents.suffix(2)
    }
    kernel = list("kernel_shape") ?? weight.map(Array.init) ?? []
    strides = list("strides") ?? [1, 1]
    pads = list("pads") ?? [0, 0, 0, 0]
    let plain = ["dilations", "group"].allSatisfy { list($0)?.allSatisfy { $0 == 1 } ?? true }
    guard kernel.count == 2, strides.count == 2, pads.count == 4, plain,
      (kernel + strides).allSatisfy({ $0 > 0 }), pads.allSatisfy({ $0 >= 0 })
    else {
      throw .unsupported(
        "there is code for windows of two extents without dilations and groups; node "
          + "'\(node.name)' (\(node.operation)) has others")
    }
  }

  /// Places of the window along an axis of so many values.
  func places(_ extent: Int, _ axis: Int) -> Int {
    let room = extent + pads[axis] + pads[axis + 2] - kernel[axis]
    return room < 0 ? 0 : room / strides[axis] + 1
  }

  /// The weights of one place over all inputs; `values` are [filters × channels × kernel].
  func row(
    _ values: [Double], _ filter: Int, y: Int, x: Int, _ image: ImageShape
  ) -> [Double] {
    var row = [Double](repeating: 0, count: image.count)
    for channel in 0..<image.channels {
      for i in 0..<kernel[0] {
        let above = y * strides[0] + i - pads[0]
        guard (0..<image.height).contains(above) else { continue }
        for j in 0..<kernel[1] {
          let left = x * strides[1] + j - pads[1]
          guard (0..<image.width).contains(left) else { continue }
          let source = ((filter * image.channels + channel) * kernel[0] + i) * kernel[1] + j
          row[(channel * image.height + above) * image.width + left] = values[source]
        }
      }
    }
    return row
  }
}
