public import QHostInterfaces

/// A processor with a network's code, to run rows on.
public final class NetworkMachine {
  /// What one row gave.
  public struct Row {
    /// [C], as in the network's definition.
    public var outputs: [Int]
    /// What the code left in A.
    public var bestClass: Int
    /// What the subroutine took, its return included.
    public var cycles: UInt64
  }

  private let program: NetworkProgram
  private let memory = Memory()
  private let input: Int
  private let lows: Int
  private let highs: Int

  /// Where the subroutine returns to: no code is there.
  private static let home: UInt16 = 0x0400
  /// More than any inference of 64 KB of code with loops needs, and than looks at as many numbers as can be asked for.
  private static let limit: UInt64 = 20_000_000_000

  /// Loads a program.
  public init(_ program: NetworkProgram) {
    self.program = program
    memory.load(program.code.bytes, at: program.code.origin)
    input = Int(program.address("input"))
    lows = Int(program.address("output_low"))
    highs = Int(program.address("output_high"))
  }

  /// Runs the code on inputs [F] from `row`.
  ///
  /// - Throws: when the code does not come back, which is a bug of ours.
  public func run(
    _ row: some Collection<UInt8>, profile: UnsafeMutableBufferPointer<UInt64>? = nil
  ) throws(ComponentError) -> Row {
    memory.load(row, at: input)
    let processor = try call("infer", profile: profile)
    let outputs = (0..<program.outputCount).map { index in
      Int(memory.bytes[lows + index]) + 256 * Int(memory.bytes[highs + index]) - program.outputZero
    }
    return Row(
      outputs: outputs, bestClass: Int(processor.registers.a), cycles: processor.cycles)
  }

  /// Calls a subroutine with `a` in A; the processor behind it.
  ///
  /// - Throws: when the code does not come back, which is a bug of ours.
  private func call(
    _ name: String, a: UInt8 = 0, profile: UnsafeMutableBufferPointer<UInt64>? = nil
  ) throws(ComponentError) -> Processor {
    let back = Self.home &- 1
    memory[0x1FE] = UInt8(back & 0xFF)
    memory[0x1FF] = UInt8(back >> 8)
    var processor = Processor(
      memory, registers: Registers(pc: program.address(name), a: a, s: 0xFD))
    let stop =
      if let profile {
        processor.run(until: Self.home, limit: Self.limit, profile: profile)
      } else {
        processor.run(until: Self.home, limit: Self.limit)
      }
    guard stop == .reached else {
      throw ComponentError("the code for the 6502 did not return: \(stop); report it to its author")
    }
    return processor
  }

  /// Keeps a row [F] of a class, in a program that learns.
  ///
  /// - Parameters:
  ///   - row: the levels of its inputs, [F].
  ///   - label: its class, from 0.
  /// - Returns: the cycles.
  /// - Throws: when the code does not come back, which is a bug of ours.
  @discardableResult
  public func remember(_ row: some Collection<UInt8>, label: UInt8) throws(ComponentError) -> UInt64
  {
    memory.load(row, at: input)
    return try call("remember", a: label).cycles
  }

  /// Looks at the next numbers of a program that learns.
  ///
  /// - Returns: the cycles.
  /// - Throws: when the code does not come back, which is a bug of ours.
  @discardableResult
  public func improve() throws(ComponentError) -> UInt64 { try call("improve").cycles }

  /// Keeps a row [F] of a class and looks at the next numbers.
  ///
  /// - Parameters:
  ///   - row: the levels of its inputs, [F].
  ///   - label: its class, from 0.
  /// - Returns: the cycles.
  /// - Throws: when the code does not come back, which is a bug of ours.
  @discardableResult
  public func learn(_ row: some Collection<UInt8>, label: UInt8) throws(ComponentError) -> UInt64 {
    memory.load(row, at: input)
    return try call("learn", a: label).cycles
  }

  /// Runs a routine that makes levels of measurements, a byte each [F].
  ///
  /// - Returns: the levels [F], and the cycles of it.
  /// - Throws: when the code does not come back, which is a bug of ours.
  func convert(_ row: [UInt8], by converter: Converter) throws(ComponentError) -> (
    levels: [UInt8], cycles: UInt64
  ) {
    let symbols = converter.code.symbols
    guard let entry = symbols["convert"], let raw = symbols["raw"] else {
      throw ComponentError("the routine for measurements has no entry; report it to its author")
    }
    memory.load(converter.code.bytes, at: converter.code.origin)
    memory.load(row, at: raw)
    let back = Self.home &- 1
    memory[0x1FE] = UInt8(back & 0xFF)
    memory[0x1FF] = UInt8(back >> 8)
    var processor = Processor(memory, registers: Registers(pc: UInt16(entry), s: 0xFD))
    let stop = processor.run(until: Self.home, limit: Self.limit)
    guard stop == .reached else {
      throw ComponentError(
        "the routine for measurements did not return: \(stop); report it to its author")
    }
    let levels = UnsafeBufferPointer(start: memory.bytes + input, count: row.count)
    return (Array(levels), processor.cycles)
  }
}
