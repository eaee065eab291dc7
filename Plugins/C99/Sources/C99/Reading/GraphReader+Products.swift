internal import QHostInterfaces

extension GraphReader {
  /// Gemm, MatMul and MatMulInteger of a row and constant weights.
  mutating func product(_ node: Graph.Node, _ inputs: [Int?]) throws(ComponentError) -> Int {
    let input = try operand(inputs, 0, node)
    let weight = weights(try operand(inputs, 1, node))
    let isWhole = node.operation == "MatMulInteger"
    try require(node, "transA", 0)
    let isByUnits = try integers(node, "transB", count: 1)?[0] ?? 0 != 0
    guard weight.isConstant, weight.shape.count == 2 else {
      throw .unsupported(
        "there is C for constant weights [inputs × units], and those of node '\(node.name)' "
          + "(\(node.operation)) are \(weight.isConstant ? "\(Shape(weight.shape))" : "computed")")
    }
    let width = weight.shape[isByUnits ? 1 : 0]
    let units = weight.shape[isByUnits ? 0 : 1]
    guard values[input].shape == [1, width] else {
      throw .data(
        "node '\(node.name)' (\(node.operation)) has weights for \(width) inputs and is given a row of "
          + "\(Shape(Array(values[input].shape.dropFirst()))); report it to the model's author")
    }
    try checkTypes(node, values[input].type, weight, isWhole: isWhole)
    let shape = [1, units]
    let made = Step.Product(
      inputCount: width, unitCount: units,
      weights: try addWeights(node, weight, isByUnits: isByUnits),
      biases: isWhole ? nil : try addBiases(node, inputs, units))
    let bounds = isWhole ? try sums(node, made, input) : .anyReal
    if isWhole { try checkZeroPoints(node, inputs) }
    let result = add(node.outputs[0], shape, isWhole ? .int32 : .float, bounds)
    append(node.operation, node.name, .product(made), [input], result)
    return result
  }

  /// A matrix of weights; of constant integers that a Cast makes real ones these, since C converts them as it goes.
  private func weights(_ index: Int) -> Value {
    guard !values[index].isConstant, let made = steps.last(where: { $0.result == index }),
      case .elementwise(.cast) = made.kind
    else { return values[index] }
    var integers = values[made.operands[0]]
    if integers.isConstant { integers.type = values[index].type }
    return integers.isConstant ? integers : values[index]
  }

  private func checkTypes(
    _ node: Graph.Node, _ input: ElementType, _ weight: Value, isWhole: Bool
  ) throws(ComponentError) {
    let fits =
      isWhole
      ? [.uint8, .int8].contains(input) && weight.type == .int8
      : input == .float && weight.type == .float
    guard fits else {
      throw .data(
        "node '\(node.name)' (\(node.operation)) is given \(input.name) and \(weight.type.name); "
          + "report it to the model's author")
    }
  }

  private func checkZeroPoints(_ node: Graph.Node, _ inputs: [Int?]) throws(ComponentError) {
    for case .some(let value) in inputs.dropFirst(2)
    where values[value].integers?.allSatisfy({ $0 == 0 }) != true {
      throw .unsupported(
        "c99 does not support zero points other than 0 in node '\(node.name)' (MatMulInteger)")
    }
  }

  /// A factor of Gemm; 1 where it is not given.
  private func factor(_ node: Graph.Node, _ name: String) throws(ComponentError) -> Float {
    switch node.attributes[name] {
    case nil: return 1
    case .reals(let numbers) where numbers.count == 1 && numbers[0].isFinite:
      return Float(numbers[0])
    default:
      throw .data(
        "attribute '\(name)' of node '\(node.name)' (Gemm) must be one number; report it to the model's "
          + "author")
    }
  }

  /// The weights [units × inputs], times Gemm's alpha.
  private mutating func addWeights(
    _ node: Graph.Node, _ weight: Value, isByUnits: Bool
  ) throws(ComponentError) -> Int {
    let (rows, columns) = (weight.shape[0], weight.shape[1])
    let shape = isByUnits ? weight.shape : [columns, rows]
    func ordered<T>(_ numbers: [T]) -> [T] {
      isByUnits ? numbers : (0..<rows * columns).map { numbers[$0 % rows * columns + $0 / rows] }
    }
    let alpha = node.operation == "Gemm" ? try factor(node, "alpha") : 1
    switch weight.elements {
    case .int8(let numbers) where alpha == 1:
      return try add(weight.name, shape, .int8(ordered(numbers)))
    case .int32(let numbers) where alpha == 1:
      return try add(weight.name, shape, .int32(ordered(numbers)))
    default: break
    }
    let reals = weight.reals ?? (weight.integers ?? []).map { Float($0) }
    let numbers = ordered(reals).map { $0 * alpha }
    return try add(weight.name, shape, .float(numbers))
  }

  /// The offsets [units], times Gemm's beta; `nil` where there are none.
  private mutating func addBiases(
    _ node: Graph.Node, _ inputs: [Int?], _ units: Int
  ) throws(ComponentError) -> Int? {
    guard inputs.count > 2, let third = inputs[2] else { return nil }
    let bias = values[third]
    guard let numbers = bias.reals, [1, units].contains(numbers.count),
      numbers.count == bias.shape.last ?? 1
    else {
      throw .unsupported(
        "there is C for \(units) constant offsets in node '\(node.name)' (\(node.operation)), and they "
          + "are \(bias.isConstant ? "\(Shape(bias.shape))" : "computed")")
    }
    let beta = try factor(node, "beta")
    let all = numbers.count == units ? numbers : Array(repeating: numbers[0], count: units)
    return try add(bias.name, [units], .float(all.map { $0 * beta }))
  }

  /// The bounds of each unit's sum.
  ///
  /// - Throws: where a sum may leave 32 bits.
  private func sums(
    _ node: Graph.Node, _ product: Step.Product, _ input: Int
  ) throws(ComponentError) -> Bounds {
    let weights = values[product.weights].integers ?? []
    let bounds = values[input].bounds
    var ranges: [ClosedRange<Int>] = []
    for unit in 0..<product.unitCount {
      var (low, high) = (0, 0)
      for place in 0..<product.inputCount {
        let weight = weights[unit * product.inputCount + place]
        let range = bounds.range(at: place)
        let ends = (weight * range.lowerBound, weight * range.upperBound)
        low += min(ends.0, ends.1)
        high += max(ends.0, ends.1)
      }
      try check(low...high, .int32, "unit \(unit) of node '\(node.name)' (\(node.operation))")
      ranges.append(low...high)
    }
    return .whole(ranges)
  }

  /// Refuses a range that does not fit in a type.
  func check(
    _ range: ClosedRange<Int>, _ type: ElementType, _ role: String
  ) throws(ComponentError) {
    guard type.range.lowerBound <= range.lowerBound, range.upperBound <= type.range.upperBound
    else {
      let bits = type == .int64 ? "32 bits" : type.name
      throw .unsupported(
        "\(role) may be \(range.lowerBound) to \(range.upperBound), which \(bits) does not hold; use "
          + "smaller weights or fewer inputs")
    }
  }
}
