public import CQHost
public import QHostInterfaces

extension ModelDescription {
  /// Reads what a plugin's model is.
  init(reading raw: qhost_model_description, culprit: String) throws(ComponentError) {
    let n = Int(clamping: raw.parameter_count)
    guard n >= 1, n < TableLimits.parameters, raw.multiply_adds >= 1 else {
      throw ComponentError(
        "\(culprit) says that it has \(raw.parameter_count) parameters and costs "
          + "\(raw.multiply_adds) multiply-adds; both must be at least 1, and parameters below "
          + "\(TableLimits.parameters)")
    }
    try Self.checkMemory(parameterCount: n, culprit)
    self.init(parameterCount: n, multiplyAdds: Int(clamping: raw.multiply_adds))
    isIdentity = raw.flags & QHOST_MODEL_IDENTITY != 0
    hasGradient = raw.flags & QHOST_MODEL_GRADIENT != 0
    hasCuts = raw.flags & QHOST_MODEL_CUTS != 0
    hasGraph = raw.flags & QHOST_MODEL_GRAPH != 0
    hasCutChanges = hasCuts && raw.flags & QHOST_MODEL_CUT_CHANGES != 0
    hasApproximation = raw.flags & QHOST_MODEL_APPROXIMATION != 0
    if let pointer = raw.kinds {
      kinds = try kindArray(pointer, n, culprit, of: "parameter")
    }
    lower = realArray(raw.lower, n)
    upper = realArray(raw.upper, n)
    scales = realArray(raw.scales, n)
    try checkSpace(culprit)
    try takeWork(raw, culprit: culprit)
    blocks = try ParameterBlock.reading(raw.blocks, raw.block_count, n, culprit)
    guard blocks.isEmpty || blocksCover(n) else {
      throw ComponentError(
        "\(culprit): its parameter blocks leave out some of its \(n) parameters, or name some twice; "
          + "report it to its author")
    }
    var names: Set<String> = []
    for block in blocks where !names.insert(block.name).inserted {
      throw ComponentError(
        "\(culprit): two of its parameter blocks are called '\(block.name)', and a model's file has them by "
          + "name; rename one of them")
    }
  }

  /// Refuses what no machine of this size can train, by its size: the host keeps some copies of the parameters.
  private static func checkMemory(parameterCount n: Int, _ culprit: String) throws(ComponentError) {
    guard let flaw = MachineMemory.flaw(parameterCount: n) else { return }
    throw ComponentError("\(culprit): \(flaw)", kind: .parameter)
  }

  /// Checks that bounds leave room and scales are above 0.
  private func checkSpace(_ culprit: String) throws(ComponentError) {
    for index in scales.indices where !(scales[index] > 0 && scales[index].isFinite) {
      throw ComponentError(
        "\(culprit) says that the scale of parameter \(index) is \(scales[index]), which must be finite and "
          + "above 0; report it to its author")
    }
    for index in lower.indices where lower[index].isNaN || lower[index] == .infinity {
      throw wrongBounds(culprit, index)
    }
    for index in upper.indices where upper[index].isNaN || upper[index] == -.infinity {
      throw wrongBounds(culprit, index)
    }
    guard !lower.isEmpty, !upper.isEmpty else { return }
    for index in lower.indices where lower[index] > upper[index] {
      throw wrongBounds(culprit, index)
    }
  }

  private func wrongBounds(_ culprit: String, _ index: Int) -> ComponentError {
    ComponentError(
      "\(culprit) says that parameter \(index) lies between \(lower.isEmpty ? -.infinity : lower[index]) "
        + "and \(upper.isEmpty ? .infinity : upper[index]), which is not a range; report it to its author"
    )
  }

  /// Checks that a start lies within the bounds.
  func checkStart(_ parameters: [Double], _ culprit: String) throws(ComponentError) {
    for (index, value) in parameters.enumerated() {
      let low = lower.isEmpty ? -Double.infinity : lower[index]
      let high = upper.isEmpty ? Double.infinity : upper[index]
      guard !(value >= low && value <= high) else { continue }
      throw ComponentError(
        "\(culprit) starts with \(value) for parameter \(index), which lies between \(low) and \(high); "
          + "report it to its author")
    }
  }

  /// Takes what passes cost; what was left out is 0.
  private mutating func takeWork(
    _ raw: qhost_model_description, culprit: String
  ) throws(ComponentError) {
    let members = [
      ("gradient_cost", raw.gradient_cost), ("row_work", raw.row_work),
      ("pass_work", raw.pass_work), ("gradient_row_work", raw.gradient_row_work),
      ("gradient_pass_work", raw.gradient_pass_work),
    ]
    for (name, value) in members where !(value >= 0 && value.isFinite) {
      throw ComponentError(
        "\(culprit) says that its \(name) is \(value), which must be finite and above 0; "
          + "report it to its author")
    }
    func said(_ value: Double, or standard: Double) -> Double { value > 0 ? value : standard }
    gradientCost = said(raw.gradient_cost, or: 3)
    guard members.dropFirst().contains(where: { $0.1 > 0 }) else { return }
    var found = PassWork(
      row: said(raw.row_work, or: passWork.row), pass: said(raw.pass_work, or: passWork.pass),
      gradientCost: gradientCost)
    found.gradientRow = said(raw.gradient_row_work, or: found.gradientRow)
    found.gradientPass = said(raw.gradient_pass_work, or: found.gradientPass)
    work = found
  }

  private func blocksCover(_ n: Int) -> Bool {
    var end = 0
    for block in blocks.sorted(by: { $0.offset < $1.offset }) where block.shape.count > 0 {
      guard block.offset == end else { return false }
      end += block.shape.count
    }
    return end == n
  }

  /// The description as a C struct in an arena.
  public func stored(in arena: Arena) -> UnsafePointer<qhost_model_description> {
    var raw = qhost_model_description.sized()
    raw.flags =
      (isIdentity ? QHOST_MODEL_IDENTITY : 0) | (hasGradient ? QHOST_MODEL_GRADIENT : 0)
      | (hasCuts ? QHOST_MODEL_CUTS : 0) | (hasGraph ? QHOST_MODEL_GRAPH : 0)
      | (hasCutChanges ? QHOST_MODEL_CUT_CHANGES : 0)
      | (hasApproximation ? QHOST_MODEL_APPROXIMATION : 0)
    raw.parameter_count = UInt64(parameterCount)
    raw.kinds = kinds.isEmpty ? nil : UnsafePointer(arena.array(kinds.map(\.rawValue)))
    raw.lower = lower.isEmpty ? nil : UnsafePointer(arena.array(lower))
    raw.upper = upper.isEmpty ? nil : UnsafePointer(arena.array(upper))
    raw.scales = scales.isEmpty ? nil : UnsafePointer(arena.array(scales))
    raw.multiply_adds = UInt64(multiplyAdds)
    raw.gradient_cost = gradientCost
    raw.row_work = work?.row ?? 0
    raw.pass_work = work?.pass ?? 0
    raw.gradient_row_work = work?.gradientRow ?? 0
    raw.gradient_pass_work = work?.gradientPass ?? 0
    raw.block_count = UInt64(blocks.count)
    raw.blocks = ParameterBlock.stored(blocks, in: arena)
    return UnsafePointer(arena.value(raw))
  }
}

extension ParameterBlock {
  /// Reads named parts of n parameters.
  public static func reading(
    _ blocks: UnsafePointer<UnsafePointer<qhost_parameter_block>?>?, _ count: UInt64, _ n: Int,
    _ culprit: String
  ) throws(ComponentError) -> [ParameterBlock] {
    var list: [ParameterBlock] = []
    for index in 0..<Int(clamping: count) {
      guard let pointer = blocks?[index], let block = qhost_parameter_block.reading(pointer),
        let name = block.name
      else { throw ComponentError("\(culprit): parameter block \(index) is incomplete") }
      let shape = try Shape(reading: block.shape, role: "\(culprit): a parameter block")
      guard block.offset <= UInt64(n), Int(block.offset) + shape.count <= n else {
        throw ComponentError("\(culprit): parameter block \(index) goes beyond the parameters")
      }
      list.append(
        ParameterBlock(name: String(cString: name), shape: shape, offset: Int(block.offset)))
    }
    return list
  }

  /// Named parts as C structs in an arena.
  static func stored(
    _ blocks: [ParameterBlock], in arena: Arena
  ) -> UnsafePointer<UnsafePointer<qhost_parameter_block>?>? {
    arena.pointers(
      blocks.map { block in
        var stored = qhost_parameter_block.sized()
        stored.name = arena.text(block.name)
        stored.shape = block.shape.stored(in: arena)
        stored.offset = UInt64(block.offset)
        return stored
      })
  }
}

extension Mapping {
  /// Reads what a model is to map to what.
  public init(reading raw: qhost_mapping) throws(ComponentError) {
    let output = try Shape(reading: raw.output, role: "the mapping's output")
    self.init(
      task: Task(rawValue: raw.task) ?? .scenario,
      input: try Shape(reading: raw.input, role: "the mapping's input"), output: output,
      outputLower: realArray(raw.output_lower, output.count),
      outputUpper: realArray(raw.output_upper, output.count))
    outputKinds = try kindArray(raw.output_kinds, output.count, "the mapping")
  }

  /// The mapping as a C struct in an arena.
  func stored(in arena: Arena) -> UnsafePointer<qhost_mapping> {
    var raw = qhost_mapping.sized()
    raw.task = task.rawValue
    raw.input = input.stored(in: arena)
    raw.output = output.stored(in: arena)
    raw.output_lower = outputLower.isEmpty ? nil : UnsafePointer(arena.array(outputLower))
    raw.output_upper = outputUpper.isEmpty ? nil : UnsafePointer(arena.array(outputUpper))
    raw.output_kinds =
      outputKinds.isEmpty ? nil : UnsafePointer(arena.array(outputKinds.map(\.rawValue)))
    return UnsafePointer(arena.value(raw))
  }
}
