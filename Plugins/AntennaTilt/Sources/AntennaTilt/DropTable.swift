internal import QHostInterfaces
internal import QHostMemory
internal import QHostRandomness

/// The rows of one split: inputs [N × 15] and utilities [N].
///
/// Rows of one drop follow each other and differ in the own tilt alone: of the training split one, of the others a sweep, at the
/// middles of as many equal parts of the tilts' range.
struct DropTable: Sendable {
  static let width = TiltInput.allCases.count
  private static let chunkDrops = 256

  let inputs: [Float]
  let utilities: [Double]
  /// Rows of a drop.
  let sweepCount: Int

  /// Draws and simulates a split on the host's threads; what is drawn depends on the seed, the split and the drop's number alone.
  ///
  /// - Throws: severity `cancelled` when the user asked to stop.
  init(
    _ split: Split, _ settings: TiltSettings, _ simulator: TiltSimulator, host: any HostServices
  ) throws(ComponentError) {
    let sweep = split == .train ? 1 : settings.sweepCount
    sweepCount = sweep
    let rows = settings.rowCount(split)
    let drops = rows / sweep
    let width = Self.width
    let ranges = TiltInput.allCases.map { settings.range($0) }
    let inputs = AlignedBuffer<Float>(count: rows * width)
    let utilities = AlignedBuffer<Double>(count: rows)
    let output = Output(inputs: inputs.start, utilities: utilities.start)
    let key = Philox.key(
      seed: UInt64(bitPattern: Int64(settings.seed)), component: "antenna-tilt.\(split)")
    let chunks = (drops + Self.chunkDrops - 1) / Self.chunkDrops
    host.parallelFor(chunks) { chunk in
      guard !host.isCancelled else { return }
      let first = chunk * Self.chunkDrops
      let count = min(Self.chunkDrops, drops - first)
      let draws = [Double](unsafeUninitializedCapacity: count * width) { buffer, filled in
        filled = count * width
        RandomFill.uniform(
          key: key, step: UInt64(chunk), index: 0,
          UnsafeMutableBufferPointer(rebasing: buffer[..<filled]))
      }
      for drop in 0..<count {
        for step in 0..<sweep {
          let row = output.inputs + ((first + drop) * sweep + step) * width
          for input in 0..<width {
            var part = draws[drop * width + input]
            if sweep > 1, input == TiltInput.ownTilt.rawValue {
              part = (Double(step) + 0.5) / Double(sweep)
            }
            let range = ranges[input]
            row[input] = Float(range.lowerBound + part * (range.upperBound - range.lowerBound))
          }
        }
      }
      let start = first * sweep
      simulator.utilities(
        UnsafeBufferPointer(start: output.inputs + start * width, count: count * sweep * width),
        into: UnsafeMutableBufferPointer(start: output.utilities + start, count: count * sweep))
    }
    guard !host.isCancelled else {
      throw ComponentError("the drops were not all simulated", severity: .cancelled)
    }
    self.inputs = Array(UnsafeBufferPointer(start: inputs.start, count: rows * width))
    self.utilities = Array(UnsafeBufferPointer(start: utilities.start, count: rows))
  }

  /// Where threads write, each in rows of its own.
  private struct Output: @unchecked Sendable {
    let inputs: UnsafeMutablePointer<Float>
    let utilities: UnsafeMutablePointer<Double>
  }

  /// How many rows there are.
  var rowCount: Int { utilities.count }

  /// Mean and deviation of the utilities.
  var scale: (mean: Double, deviation: Double) {
    let mean = utilities.reduce(0, +) / Double(rowCount)
    let variance = utilities.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rowCount)
    return (mean, variance.squareRoot())
  }
}
