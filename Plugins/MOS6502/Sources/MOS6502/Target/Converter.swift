internal import QHostInterfaces

/// A routine that makes the levels of a network of measurements, a byte each: x = zero + step · byte.
///
/// A table of 256 levels for each input, equal ones once; it lies behind the network, so that both may be loaded.
struct Converter {
  /// The program: a subroutine `convert` that reads F bytes at `raw` and writes the network's `input`.
  let source: Program
  /// The machine code.
  let code: AssembledProgram
  private let step: Double
  private let zero: Double

  /// Inputs and tables beyond which there is no routine: it would be longer than most networks.
  private static let mostInputs = 256
  private static let mostTables = 32

  /// Why there is none.
  struct Obstacle: Error {
    let reason: String
  }

  /// Makes the routine for a program.
  ///
  /// - Throws: where measurements do not fit bytes, or lie between bytes that are further apart than levels, or it
  ///   would be too long.
  init(
    _ program: NetworkProgram, _ model: DeployedModel, _ ends: NetworkEnds, _ notes: InputNotes,
    for measurements: [Float], step: Double, zero: Double
  ) throws(Obstacle) {
    let count = model.network.inputCount
    guard count <= Self.mostInputs else {
      throw Obstacle(reason: "\(count) inputs are more than \(Self.mostInputs)")
    }
    for (input, range) in notes.ranges.enumerated() {
      let places = [range.lowerBound, range.upperBound].map {
        ((Double($0) - zero) / step).rounded()
      }
      guard places[0] >= 0, places[1] <= 255 else {
        throw Obstacle(
          reason:
            "\(notes.name(input)) goes from \(range.lowerBound) to \(range.upperBound), and bytes from "
            + "\(zero) to \(zero + 255 * step); set target.byte_step and target.byte_zero")
      }
    }
    for (place, value) in measurements.enumerated() {
      let rest = ((Double(value) - zero) / step).rounded() * step + zero - Double(value)
      let input = place % count
      guard abs(rest) > 1e-3 * step, step > Double(notes.level(input).step) else { continue }
      throw Obstacle(
        reason:
          "\(notes.name(input)) is \(value) in a row, between bytes that are \(step) apart, more than a "
          + "level; set target.byte_step")
    }
    let rows = (0..<256).flatMap { byte in
      Array(repeating: Float(zero + step * Double(byte)), count: count)
    }
    let levels = model.levels(ends.inputs(rows))
    var tables: [[UInt8]] = []
    let places = (0..<count).map { input in
      let table = levels.map { $0[input] }
      if let known = tables.firstIndex(of: table) { return known }
      tables.append(table)
      return tables.count - 1
    }
    guard tables.count <= Self.mostTables else {
      throw Obstacle(reason: "\(tables.count) tables are more than \(Self.mostTables)")
    }
    var source = Program(origin: (program.code.end + 255) & ~255)
    source.define("input", Int(program.address("input")))
    source.comment("levels of \(count) measurements at 'raw', x = \(zero) + \(step) * byte")
    for line in notes.lines { source.comment(line) }
    source.label("convert")
    for (input, table) in places.enumerated() {
      source.emit("ldx", .absolute, Expression("raw", plus: input))
      source.emit("lda", .absoluteX, Expression("levels\(table)"))
      source.emit("sta", at: Expression("input", plus: input))
    }
    source.emit("rts")
    for (place, table) in tables.enumerated() {
      source.label("levels\(place)")
      source.bytes(table)
    }
    source.label("raw")
    source.reserve(count)
    guard source.origin + source.byteCount <= Memory.byteCount else {
      throw Obstacle(reason: "there is no room for it behind the network")
    }
    do throws(AssemblyError) {
      code = try source.assembled()
    } catch { throw Obstacle(reason: "it cannot be assembled: \(error); report it to its author") }
    self.source = source
    (self.step, self.zero) = (step, zero)
  }

  /// Rows [B × F] of measurements as bytes, [B][F].
  func bytes(_ measurements: [Float], width: Int) -> [[UInt8]] {
    stride(from: 0, to: measurements.count, by: width).map { start in
      measurements[start..<start + width].map { value in
        UInt8(min(max(((Double(value) - zero) / step).rounded(), 0), 255))
      }
    }
  }
}
