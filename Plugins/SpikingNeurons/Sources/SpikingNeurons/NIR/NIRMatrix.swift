internal import QHostInterfaces

/// A matrix of weights, [rows × columns]: from inputs to units.
package struct NIRMatrix: Sendable, Equatable {
  package var rows: Int
  package var columns: Int
  package var values: [Double]

  package init(rows: Int, columns: Int, _ values: [Double]? = nil) {
    (self.rows, self.columns) = (rows, columns)
    self.values = values ?? [Double](repeating: 0, count: rows * columns)
  }

  static func identity(_ count: Int) -> NIRMatrix {
    var matrix = NIRMatrix(rows: count, columns: count)
    for place in 0..<count { matrix.values[place * count + place] = 1 }
    return matrix
  }

  /// Units times factors.
  func scaled(_ factors: [Double]) -> NIRMatrix {
    var other = self
    for place in values.indices { other.values[place] *= factors[place % columns] }
    return other
  }

  static func * (a: NIRMatrix, b: NIRMatrix) -> NIRMatrix {
    var product = NIRMatrix(rows: a.rows, columns: b.columns)
    for i in 0..<a.rows {
      for k in 0..<min(a.columns, b.rows) {
        for j in 0..<b.columns {
          product.values[i * b.columns + j] +=
            a.values[i * a.columns + k] * b.values[k * b.columns + j]
        }
      }
    }
    return product
  }

  /// inputs · self + bias.
  func apply(_ inputs: [Double], _ bias: [Double]) -> [Double] {
    (0..<columns).map { j in
      zip(inputs.indices, inputs).reduce(bias[j]) { $0 + $1.1 * values[$1.0 * columns + j] }
    }
  }

  /// Weights and bias of a node that has them; `nil`: it has none.
  static func affine(
    _ node: NIRFile.Node, _ name: String
  ) throws(ComponentError) -> (weights: NIRMatrix, bias: [Double])? {
    guard ["Linear", "Affine", "Conv1d", "Conv2d"].contains(node.type) else { return nil }
    guard let weight = node.values["weight"] else {
      throw .data("node '\(name)' of the NIR file, \(node.type), has no weight")
    }
    if node.type.hasPrefix("Conv") { return try NIRConvolution(node, name, weight).unrolled() }
    guard weight.extents.count == 2 else {
      throw .data(
        "weight of node '\(name)' of the NIR file has the shape \(weight.extents), not two extents")
    }
    let (units, inputs) = (weight.extents[0], weight.extents[1])
    var matrix = NIRMatrix(rows: inputs, columns: units)
    for unit in 0..<units {
      for input in 0..<inputs {
        matrix.values[input * units + unit] = weight.numbers[unit * inputs + input]
      }
    }
    return (matrix, node.values["bias"]?.numbers ?? [Double](repeating: 0, count: units))
  }
}

/// A convolution of a NIR file, as the matrix that it is.
struct NIRConvolution {
  private let name: String
  private let weight: NIRFile.Values
  private let bias: [Double]
  private let kernel: [Int]
  private let input: [Int]
  private let stride: [Int]
  private let padding: [Int]
  private let dilation: [Int]

  init(
    _ node: NIRFile.Node, _ name: String, _ weight: NIRFile.Values
  ) throws(ComponentError) {
    let isFlat = node.type == "Conv1d"
    func pair(_ key: String, _ other: Int) -> [Int] {
      let own = (node.values[key]?.numbers ?? [Double(other)]).map { Int($0) }
      return isFlat ? [other == 0 ? 0 : 1, own[0]] : own.count == 1 ? [own[0], own[0]] : own
    }
    let size = (node.values["input_shape"]?.numbers ?? []).map { Int($0) }
    guard weight.extents.count == (isFlat ? 3 : 4), size.count == (isFlat ? 1 : 2) else {
      throw .data(
        "convolution '\(name)' of the NIR file has no input_shape, or a weight of \(weight.extents)"
      )
    }
    guard node.values["padding"] != nil || node.values["stride"] != nil else {
      throw .data(
        "convolution '\(name)' of the NIR file has no numbers as padding; write it with numbers")
    }
    guard (node.values["groups"]?.numbers.first ?? 1) == 1 else {
      throw .data("convolution '\(name)' of the NIR file has groups; this model takes one")
    }
    self.name = name
    self.weight = weight
    bias = node.values["bias"]?.numbers ?? [Double](repeating: 0, count: weight.extents[0])
    kernel = isFlat ? [1, weight.extents[2]] : [weight.extents[2], weight.extents[3]]
    input = isFlat ? [1, size[0]] : size
    (stride, padding, dilation) = (pair("stride", 1), pair("padding", 0), pair("dilation", 1))
  }

  func unrolled() throws(ComponentError) -> (weights: NIRMatrix, bias: [Double]) {
    let (filters, channels) = (weight.extents[0], weight.extents[1])
    let output = (0..<2).map { (axis: Int) -> Int in
      let reach = dilation[axis] * (kernel[axis] - 1) + 1
      return (input[axis] + 2 * padding[axis] - reach) / stride[axis] + 1
    }
    let (columns, plane) = (filters * output[0] * output[1], output[0] * output[1])
    guard output.allSatisfy({ $0 > 0 }), channels * input[0] * input[1] * columns <= 1 << 28 else {
      throw .data("convolution '\(name)' of the NIR file is empty, or too large as a dense layer")
    }
    var matrix = NIRMatrix(rows: channels * input[0] * input[1], columns: columns)
    for unit in 0..<columns {
      let (filter, place) = (unit / plane, unit % plane)
      let top = place / output[1] * stride[0] - padding[0]
      let left = place % output[1] * stride[1] - padding[1]
      for tap in 0..<channels * kernel[0] * kernel[1] {
        let (channel, within) = (tap / (kernel[0] * kernel[1]), tap % (kernel[0] * kernel[1]))
        let y = top + within / kernel[1] * dilation[0]
        let x = left + within % kernel[1] * dilation[1]
        guard (0..<input[0]).contains(y), (0..<input[1]).contains(x) else { continue }
        let row = (channel * input[0] + y) * input[1] + x
        matrix.values[row * columns + unit] +=
          weight.numbers[filter * channels * kernel[0] * kernel[1] + tap]
      }
    }
    return (matrix, (0..<columns).map { bias[$0 / plane] })
  }
}
