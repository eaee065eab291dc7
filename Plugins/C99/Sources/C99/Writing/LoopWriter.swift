/// Writes loops as C functions.
struct LoopWriter {
  let graph: TypedGraph
  let types: TypePlan
  let flash: String
  private(set) var pool = ConstantPool()
  var names: NameTable
  private var identifiers: [Int: String] = [:]
  private var targets: [Int: String] = [:]
  /// What is at hand in the loop that is being written.
  private var local: [Int: Operand] = [:]
  var text = SourceText()

  init(_ graph: TypedGraph, _ types: TypePlan, flash: String, names: NameTable) {
    (self.graph, self.types, self.flash, self.names) = (graph, types, flash, names)
  }

  /// Writes a function and returns its name; it takes what the loop loads, then what it stores.
  mutating func write(_ loop: Loop) -> String {
    let function = names.identifier("run_" + loop.name)
    local = [:]
    let loads = loop.loads.map { "const \(types.type($0).rawValue) *restrict \(identifier($0))" }
    let stores = loop.stores.map { "\(types.type($0).rawValue) *restrict \(target($0))" }
    let parts = loop.nodes.map { Literal.comment("\($0.name) (\($0.operation))") }
    text.add("/* \(parts.joined(separator: ", ")) */")
    let head = "static void \(function)("
    let list = (loads + stores).joined(separator: ", ")
    if head.count + list.count < 96 {
      text.open(head + list + ")")
    } else {
      text.add(head)
      text.open("    " + (loads + stores).joined(separator: ",\n    ") + ")")
    }
    switch loop.producer?.kind {
    case .product(let product)?: writeProduct(product, loop)
    case .convolution(let convolution)?: writeConvolution(convolution, loop)
    case .pool(let pool)?: writePool(pool, loop)
    case .transposition(let made)?: writeTransposition(made, loop)
    case .elementwise?, nil:
      text.add("position i;")
      text.add("")
      text.loop("i", loop.count)
      writeBody(loop, [], isBlock: true)
      text.close()
    }
    text.close()
    text.add("")
    return function
  }

  /// What a value is called.
  mutating func identifier(_ root: Int) -> String {
    if let known = identifiers[root] { return known }
    let made = names.identifier(graph.values[root].name)
    identifiers[root] = made
    return made
  }

  /// What the place is called that a value is written to.
  private mutating func target(_ root: Int) -> String {
    if let known = targets[root] { return known }
    let made = names.identifier(graph.values[root].name + "_out")
    targets[root] = made
    return made
  }

  /// The array of a constant.
  mutating func array(_ index: Int) -> ConstantPool.Array {
    let value = graph.values[index]
    if let reals = value.reals { return pool.reals(reals, value.name, &names) }
    return pool.integers(value.integers ?? [], value.name, &names)
  }

  /// Writes what is done with the element that `sum` has.
  mutating func writeElement(_ loop: Loop, producer: Step) {
    let type = types.type(producer.result)
    let isWrapped = types.isWrapped(producer.result)
    let range = graph.values[producer.result].bounds.hull
    local[producer.result] = Operand(text: "sum", type: type, range: range, isWrapped: isWrapped)
    guard type != .float, type != .int32, !isWrapped else { return writeBody(loop, []) }
    let name = identifier(producer.result)
    local[producer.result] = Operand(text: name, type: type, range: range)
    writeBody(loop, ["const \(type.rawValue) \(name) = (\(type.rawValue))sum;"])
  }

  /// Writes declarations, then assignments: older compilers want them in this order, in a block.
  private mutating func writeBody(_ loop: Loop, _ first: [String], isBlock: Bool = false) {
    var declarations = first
    var assignments: [String] = []
    for stored in loop.stores {
      if let made = local[stored] { assignments.append("\(target(stored))[i] = \(made.text);") }
    }
    for (place, step) in loop.body.enumerated() {
      let type = types.type(step.result)
      let expression = expression(step)
      let isUsed = loop.body[(place + 1)...].contains {
        $0.operands.contains { graph.root($0) == step.result }
      }
      if isUsed {
        let name = identifier(step.result)
        declarations.append("const \(type.rawValue) \(name) = \(expression);")
        local[step.result] = Operand(
          text: name, type: type, range: graph.values[step.result].bounds.hull,
          isWrapped: types.isWrapped(step.result))
      }
      guard loop.stores.contains(step.result) else { continue }
      let value = isUsed ? local[step.result]?.text ?? "" : expression
      assignments.append("\(target(step.result))[i] = \(value);")
    }
    if declarations.isEmpty { return text.add(assignments) }
    if !isBlock { text.open("") }
    text.add(declarations + [""] + assignments)
    if !isBlock { text.close() }
  }

  private mutating func expression(_ step: Step) -> String {
    guard case .elementwise(let operation) = step.kind else { return "" }
    let result = graph.values[step.result]
    if operation == .gather {
      let index = operand(step.operands[1], shape: result.shape)
      return "\(array(step.operands[0]).name)[\(index.text)]"
    }
    if let shift = shift(step, operation, result.shape) { return shift }
    let operands = step.operands.map { operand($0, shape: result.shape) }
    if operation.isComparison, operands[0].type == .float {
      let sign: [Elementwise: String] = [
        .greater: ">", .less: "<", .greaterOrEqual: ">=", .lessOrEqual: "<=",
      ]
      return Expression.comparison(sign[operation] ?? "", operation, operands)
    }
    guard result.type.isReal else {
      return Expression.whole(
        operation, operands, types.type(step.result), isWrapped: types.isWrapped(step.result))
    }
    return Expression.real(operation, operands, result.bounds)
  }

  /// A division of what is not negative by constant powers of two.
  private mutating func shift(
    _ step: Step, _ operation: Elementwise, _ shape: [Int]
  ) -> String? {
    guard operation == .divide, let divisors = graph.values[step.operands[1]].integers,
      divisors.allSatisfy({ $0 > 0 && $0 & ($0 - 1) == 0 })
    else { return nil }
    let first = operand(step.operands[0], shape: shape)
    guard first.range.lowerBound >= 0 else { return nil }
    let shifts = divisors.map(\.trailingZeroBitCount)
    var amount = "\(shifts[0])"
    if shifts.count > 1 {
      let place = index(graph.values[step.operands[1]].shape, shape)
      amount =
        pool.integers(shifts, step.name + ".bits", &names).name + "[\(place)]"
    }
    return "(\(types.type(step.result).rawValue))(\(first.text) >> \(amount))"
  }

  private mutating func operand(_ index: Int, shape: [Int]) -> Operand {
    let value = graph.values[index]
    if let known = local[value.root] { return known }
    let place = self.index(value.shape, shape)
    if value.isConstant {
      if value.count == 1 {
        let literal =
          value.reals.map { Literal.real($0[0]) } ?? Literal.whole(value.integers?[0] ?? 0)
        return Operand(
          text: Literal.operand(literal),
          type: value.type.isReal ? .float : CType.holding(value.bounds.hull),
          range: value.bounds.hull, isLiteral: true)
      }
      let array = array(index)
      return Operand(text: "\(array.name)[\(place)]", type: array.type, range: value.bounds.hull)
    }
    return Operand(
      text: "\(identifier(value.root))[\(place)]", type: types.type(value.root),
      range: value.bounds.hull, isWrapped: types.isWrapped(value.root))
  }

  /// The place in an operand that goes with place i of a result.
  private func index(_ operand: [Int], _ result: [Int]) -> String {
    let terms = Broadcast.runs(operand: operand, result: result).map { run in
      var term = run.inner == 1 ? "i" : "i / \(run.inner)"
      if !run.isFirst { term += " % \(run.extent)" }
      return run.operandStride == 1 ? term : "\(term) * \(run.operandStride)"
    }
    return terms.isEmpty ? "0" : terms.reversed().joined(separator: " + ")
  }
}
