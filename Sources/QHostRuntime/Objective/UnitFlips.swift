internal import CQHostRuntime
internal import QHostInterfaces
internal import QHostMemory
internal import QHostRandomness

/// The noise that cuts are smoothed by, as it was when they were opened.
struct CutNoise: Equatable {
  /// Its width w: a unit with sum z has its higher output with probability 1/(1 + exp(−2 z/w)).
  var width: Double
  /// The run's stream.
  var key: UInt64
  /// Which random numbers: the same for a run that is resumed.
  var draw: UInt64
}

/// What the rows of a block gain when one unit with two outputs flips.
///
/// For each row E loss = low + p(z)·gain, with z the unit's sum and p its chance to be high; it serves the cuts of
/// all weights of that unit, as long as nothing else moves.
final class UnitFlips {
  /// The unit; `nil`: none is open.
  private(set) var unit: Int?
  /// Σ over rows of the expected loss.
  private(set) var sum = 0.0
  /// w of the noise that was drawn last.
  private(set) var width = 0.0
  private let rowCount: Int
  private let unitCount: Int
  private let noise: UnsafeMutableBufferPointer<Float>
  private let sums: UnsafeMutableBufferPointer<Float>
  private let low: UnsafeMutableBufferPointer<Float>
  private let high: UnsafeMutableBufferPointer<Float>
  /// z without noise and the gain of each row, [B × 2].
  private let pairs: UnsafeMutableBufferPointer<Float>
  private let raw: UnsafeMutablePointer<qhost_kernel_unit>

  /// Makes room for a block of rows.
  init(unitCount: Int, rowCount: Int) {
    self.unitCount = unitCount
    self.rowCount = rowCount
    noise = AlignedMemory.zeros(unitCount * rowCount)
    sums = AlignedMemory.zeros(rowCount)
    // Losses are written sixteen at a time.
    low = AlignedMemory.zeros((rowCount + 15) & ~15)
    high = AlignedMemory.zeros((rowCount + 15) & ~15)
    pairs = AlignedMemory.zeros(2 * rowCount)
    raw = .allocate(capacity: 1)
    raw.initialize(to: qhost_kernel_unit(rows: pairs.baseAddress, steepness: 0))
  }

  deinit {
    for buffer in [noise, sums, low, high, pairs] { buffer.deallocate() }
    raw.deallocate()
  }

  /// Draws the noise of a block.
  ///
  /// - Parameters:
  ///   - noise: how wide, and which numbers.
  ///   - block: its place among the blocks.
  /// - Returns: [U × B].
  func draw(_ noise: CutNoise, block: Int) -> UnsafePointer<Float>? {
    close()
    width = noise.width
    raw.pointee.steepness = Float(1 / noise.width)
    guard let start = self.noise.baseAddress else { return nil }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: rowCount) { uniforms in
      for unit in 0..<unitCount {
        RandomFill.uniform(
          key: noise.key, step: noise.draw, index: UInt64(block * unitCount + unit), uniforms)
        guard let from = uniforms.baseAddress else { return }
        qhost_kernel_logistic_noise(
          from, rowCount, Float(noise.width), start + unit * rowCount)
      }
    }
    return UnsafePointer(start)
  }

  /// Forgets the unit.
  func close() { unit = nil }

  /// Takes a unit's sums with noise, and what the rows lose with it low and high.
  ///
  /// - Parameters:
  ///   - unit: which.
  ///   - body: writes the sums [B], and the losses [B] with the unit low and high.
  /// - Throws: what `body` throws.
  func open(
    _ unit: Int,
    _ body: (
      _ sums: UnsafeMutableBufferPointer<Float>, _ low: UnsafeMutablePointer<Float>,
      _ high: UnsafeMutablePointer<Float>
    ) throws(ComponentError) -> Void
  ) throws(ComponentError) {
    close()
    guard let lowStart = low.baseAddress, let highStart = high.baseAddress else { return }
    try body(sums, lowStart, highStart)
    var total = 0.0
    for row in 0..<rowCount {
      pairs[2 * row] = sums[row] - noise[unit * rowCount + row]
      pairs[2 * row + 1] = high[row] - low[row]
      total += Double(low[row])
    }
    sum = total + qhost_kernel_unit_sum(raw, rowCount)
    self.unit = unit
  }

  /// Writes the sums of expected losses at offsets [K] of a parameter.
  func cut(
    _ factors: SumFactors, offsets: UnsafeBufferPointer<Double>,
    into losses: UnsafeMutablePointer<Double>
  ) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: offsets.count) { small in
      guard let start = small.baseAddress else { return }
      for place in offsets.indices { start[place] = Float(offsets[place]) }
      withUnsafePointer(to: factors.raw) {
        qhost_kernel_unit_cut(raw, $0, start, offsets.count, losses)
      }
    }
    for place in offsets.indices { losses[place] += sum }
  }

  /// Takes a move of a parameter of the unit.
  func move(_ factors: SumFactors, by offset: Double) {
    withUnsafePointer(to: factors.raw) {
      sum += qhost_kernel_unit_move(raw, $0, Float(offset))
    }
  }
}

extension SumFactors {
  fileprivate var raw: qhost_kernel_factors {
    qhost_kernel_factors(count: count, rows: rows, values: values)
  }
}
