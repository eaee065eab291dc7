internal import QHostInterfaces

/// A program with what it needs, measured.
public struct Candidate: Sendable {
  /// The machine code.
  public let program: NetworkProgram
  /// Bytes of code, tables and variables outside of page 0.
  public let byteCount: Int
  /// The mean over the calibration rows.
  public let meanCycles: Double
  /// The most cycles of a calibration row.
  public let maximumCycles: UInt64

  /// Runs a program on rows of levels.
  init(_ program: NetworkProgram, rows: some Collection<[UInt8]>) throws(ComponentError) {
    self.program = program
    byteCount = program.code.bytes.count
    let machine = NetworkMachine(program)
    var (total, largest) = (UInt64(0), UInt64(0))
    for row in rows {
      let cycles = try machine.run(row).cycles
      total += cycles
      largest = max(largest, cycles)
    }
    meanCycles = Double(total) / Double(max(rows.count, 1))
    maximumCycles = largest
  }

  /// The kernels of its layers.
  public var kernelNames: String { program.kernels.map(\.name).joined(separator: ", ") }
}
