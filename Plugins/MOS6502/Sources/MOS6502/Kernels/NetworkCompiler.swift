public import QHostInterfaces

/// Turns a network of integers into a program.
public struct NetworkCompiler {
  /// What is compiled.
  public let network: IntegerNetwork
  /// [B][F], typical inputs: they decide which code may be skipped.
  public let calibration: [[UInt8]]
  /// Where the program begins: a multiple of 256, so that no table crosses a page.
  public var origin: Int

  /// Makes a compiler; the program begins at `origin`, a multiple of 256.
  public init(_ network: IntegerNetwork, calibration: [[UInt8]], origin: Int = 0x2000) {
    (self.network, self.calibration, self.origin) = (network, calibration, origin)
  }

  /// The program with one kernel a layer.
  ///
  /// - Throws: when a sum does not fit, or the program does not fit in memory.
  public func program(_ kernels: [LayerKernel]) throws(ComponentError) -> NetworkProgram {
    var plan = MemoryPlan()
    let layout = NetworkLayout(network, kernels: kernels, plan: &plan)
    let tables = ActivationTables(network)
    var program = Program(origin: origin)
    for (name, value) in plan.equates { program.define(name, value) }
    program.comment("inputs 0 ... \(network.inputMaximum) at 'input'; the class is in A in the end")
    for (name, bytes) in tables.distinct {
      program.label(name)
      program.bytes(bytes)
    }
    program.label("infer")
    program.emit("cld")
    var (zero, data) = (0, CodeFragment(prefix: "data"))
    for (index, kernel) in kernels.enumerated() {
      program.label(NetworkProgram.layerLabel(index))
      let context = layout.context(index, tables: tables)
      let code = try layerCode(kernel, context, layout)
      for fragment in code.fragments { program.append(fragment.statements) }
      data.append(contentsOf: code.data)
      zero = code.zero
    }
    program.label(NetworkProgram.layerLabel(kernels.count))
    program.emit("tya")
    program.emit("rts")
    program.append(data.statements)
    for (name, count) in plan.reserved {
      program.label(name)
      program.reserve(count)
    }
    return try assembled(program, kernels, zero)
  }

  private func assembled(
    _ program: Program, _ kernels: [LayerKernel], _ zero: Int
  ) throws(ComponentError) -> NetworkProgram {
    let room = Memory.byteCount - origin
    guard program.byteCount <= room else {
      let weights = network.layers.reduce(0) { $0 + $1.unitCount * $1.inputCount }
      throw .unsupported(
        "the network of \(weights) weights needs \(program.byteCount) bytes "
          + "(\(kernels.map(\.name).joined(separator: ", "))), \(program.byteCount - room) more than a 6502 has "
          + "from \(Expression.hexadecimal(origin)) on; about \(weights * room / program.byteCount) weights would fit"
      )
    }
    do throws(AssemblyError) {
      return NetworkProgram(
        source: program, code: try program.assembled(), kernels: kernels, outputZero: zero,
        outputCount: network.outputCount)
    } catch {
      throw ComponentError(
        "the code for the 6502 cannot be assembled: \(error); report it to its author")
    }
  }

  private func layerCode(
    _ kernel: LayerKernel, _ context: LayerContext, _ layout: NetworkLayout
  ) throws(ComponentError) -> LayerCode {
    switch kernel.form {
    case .direct: return try DirectLayer(context: context).code()
    case .skipping(let largest, let perMille):
      let blocks = ZeroBlocks(
        rows: calibration, largest: largest, perMille: perMille, costs: BlockCosts(context))
      return try SkippingLayer(
        context: context, blocks: blocks, lows: layout.sums[0], highs: layout.sums[1]
      ).code()
    case .loop: return try LoopLayer(context: context, sums: layout.sums).code()
    }
  }
}
