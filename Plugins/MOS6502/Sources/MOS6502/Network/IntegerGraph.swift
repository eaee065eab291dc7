internal import QHostInterfaces

/// Reads the graph of a network that is in integers already.
///
/// Mul, Floor, Clip, Cast make levels of the inputs; MatMulInteger and Add make sums; Max, Div, Min,
/// Add, Gather, Cast make levels of hidden units; Cast and Mul make the outputs.
struct IntegerGraph {
  private var cursor: GraphCursor
  private let width: Int

  init(_ graph: Graph) throws(ComponentError) {
    cursor = try GraphCursor(graph)
    width = graph.inputShape.count
  }

  /// The network, exactly.
  mutating func model() throws(ComponentError) -> DeployedModel {
    cursor.skipShapes()
    let factor = try scalar("Mul", after: "the input")
    _ = try cursor.take("Floor", after: "the input")
    let maximum = try inputMaximum()
    _ = try cursor.take("Cast", after: "the input")
    var layers: [IntegerNetwork.Layer] = []
    while cursor.next == "MatMulInteger" {
      layers.append(try layer(layers.last?.unitCount ?? width))
    }
    let scale = try scalar("Mul", after: layers.last?.name ?? "the input")
    guard cursor.next == nil, let last = layers.last, last.activations.isEmpty, scale > 0,
      layers.dropLast().allSatisfy({ !$0.activations.isEmpty })
    else {
      throw .unsupported(
        "it needs layers that end in one scale above 0; the model's graph is another")
    }
    return DeployedModel(
      network: IntegerNetwork(inputMaximum: maximum, layers: layers), inputShift: 0,
      inputFactor: factor, inputRounding: 0, outputScale: scale)
  }

  private mutating func scalar(
    _ operation: String, after layer: String
  ) throws(ComponentError) -> Float {
    let constant = try cursor.operand(try cursor.take(operation, after: layer))
    let values = try GraphCursor.reals(constant)
    guard values.count == 1 else {
      throw .unsupported(
        "it needs one number in constant '\(constant.name)', not \(values.count)")
    }
    return values[0]
  }

  private mutating func inputMaximum() throws(ComponentError) -> Int {
    let node = try cursor.take("Clip", after: "the input")
    let bounds = node.inputs.compactMap { cursor.constant($0) }
    guard bounds.count == 2, case .float(let low) = bounds[0].elements,
      case .float(let high) = bounds[1].elements, low == [0], let top = high.first,
      (1...127).contains(top)
    else {
      throw .unsupported(
        "there is code for inputs of 1 to 7 bits; set model.input_bits to at most 7")
    }
    return Int(top)
  }

  private mutating func layer(_ inputCount: Int) throws(ComponentError) -> IntegerNetwork.Layer {
    let product = try cursor.take("MatMulInteger", after: "a layer")
    let name = product.name.hasSuffix(".sum") ? String(product.name.dropLast(4)) : product.name
    let constant = try cursor.operand(product)
    let values = try GraphCursor.integers(constant)
    guard constant.shape.extents.count == 2, constant.shape.extents[0] == inputCount else {
      throw .data(
        "constant '\(constant.name)' is \(constant.shape), its layer has \(inputCount) inputs"
      )
    }
    let units = constant.shape.extents[1]
    let weights = (0..<units).map { unit in (0..<inputCount).map { values[$0 * units + unit] } }
    let offsets = try integers("Add", count: units, after: name)
    var layer = IntegerNetwork.Layer(name: name, weights: weights, offsets: offsets)
    if cursor.next == "Max" { layer.activations = try activations(units, name) }
    _ = try cursor.take("Cast", after: name)
    return layer
  }

  private mutating func integers(
    _ operation: String, count: Int, after layer: String
  ) throws(ComponentError) -> [Int] {
    let constant = try cursor.operand(try cursor.take(operation, after: layer))
    let values = try GraphCursor.integers(constant)
    guard values.count == count || values.count == 1 else {
      throw .data(
        "constant '\(constant.name)' has \(values.count) numbers, not \(count)")
    }
    return values.count == count ? values : Array(repeating: values[0], count: count)
  }

  private mutating func activations(
    _ units: Int, _ name: String
  ) throws(ComponentError) -> [IntegerNetwork.Activation] {
    let lowest = try integers("Max", count: units, after: name)
    let divisors = try integers("Div", count: units, after: name)
    let highest = try integers("Min", count: units, after: name)
    let starts = try integers("Add", count: units, after: name)
    let tables = try integers("Gather", count: 256 * units, after: name)
    guard lowest.allSatisfy({ $0 == 0 }), highest.allSatisfy({ $0 == 255 }),
      starts.elementsEqual((0..<units).map { 256 * $0 }),
      divisors.allSatisfy({ $0 > 0 && $0 & ($0 - 1) == 0 && $0 <= 0x8000 }),
      tables.allSatisfy({ (0...127).contains($0) })
    else {
      throw .unsupported(
        "it needs tables of 256 levels, 0 to 127, behind a division by a power of two; those of "
          + "\(name) are others")
    }
    return (0..<units).map { unit in
      IntegerNetwork.Activation(
        shift: divisors[unit].trailingZeroBitCount,
        table: tables[256 * unit..<256 * (unit + 1)].map { UInt8($0) })
    }
  }
}
