internal import CNeuralModels
internal import QHostMemory
public import QHostNetworks

/// Losses along the weights of one unit, from what each row loses at the unit's places.
///
/// Row r loses Σ_p c[p·B + r]·t^p with the unit at t, its place between the bounds of its output; see ``Activation``'s
/// ``QHostNetworks/Activation/bounds``. It keeps the unit's sums. One thread at a time.
public final class PotentialKernel {
  private let rowCount: Int
  private let rows: AlignedBuffer<Float>
  private var padded: [Float] = []
  private var raw: qhost_kernel_potential

  /// How many coefficients a row has room for; polynomials of fewer are filled up with zeros.
  private static let counts = [2, 5, 9, Int(QHOST_KERNEL_COEFFICIENTS)]

  /// Makes room for a block of rows.
  public init(rowCount: Int) {
    self.rowCount = rowCount
    let padded = (rowCount + 15) / 16 * 16
    rows = AlignedBuffer<Float>(count: padded * Int(QHOST_KERNEL_POTENTIAL_LINE))
    raw = qhost_kernel_potential(
      rows: rows.start, coefficient_count: 2, place: 0, steepness: 1)
  }

  /// Takes a unit's rows.
  ///
  /// - Parameters:
  ///   - activation: the unit's, with bounds.
  ///   - noiseWidth: w > 0: the unit is at t = tanh(z/w), whatever its activation; 0: where that puts it.
  ///   - z: its sums, [B].
  ///   - coefficients: [P × B].
  ///   - coefficientCount: P, 1 to 13.
  /// - Returns: Σ over rows of what they lose.
  public func open(
    _ activation: Activation, noiseWidth: Double, z: UnsafePointer<Float>,
    coefficients: UnsafePointer<Float>, coefficientCount: Int
  ) -> Double {
    raw.place = noiseWidth > 0 ? QHOST_KERNEL_PLACE_TANH : activation.place
    raw.steepness = noiseWidth > 0 ? Float(1 / noiseWidth) : (activation == .sigmoid ? 0.5 : 1)
    // Straight lines are all that a step needs.
    let isLine = raw.place == QHOST_KERNEL_PLACE_STEP || raw.place == QHOST_KERNEL_PLACE_SIGN
    guard let count = Self.counts.first(where: { $0 >= coefficientCount }), !isLine || count == 2
    else { preconditionFailure("\(coefficientCount) coefficients for \(activation)") }
    raw.coefficient_count = count
    guard count > coefficientCount else {
      return qhost_kernel_potential_open(&raw, z, coefficients, rowCount)
    }
    padded.removeAll(keepingCapacity: true)
    padded.append(
      contentsOf: UnsafeBufferPointer(start: coefficients, count: coefficientCount * rowCount))
    padded.append(
      contentsOf: repeatElement(0, count: (count - coefficientCount) * rowCount))
    return qhost_kernel_potential_open(&raw, z, padded, rowCount)
  }

  /// Writes what the sum over rows changes by where z grows by offsets[k] · x.
  ///
  /// - Parameters:
  ///   - inputs: x, in the rows where it is not 0.
  ///   - offsets: [K].
  ///   - changes: [K], written.
  public func cut(
    _ inputs: InputRows, offsets: UnsafeBufferPointer<Float>,
    into changes: UnsafeMutablePointer<Double>
  ) {
    guard let start = offsets.baseAddress else { return }
    var slopes = inputs.slopes
    qhost_kernel_potential_cut(&raw, &slopes, start, offsets.count, changes)
  }

  /// Makes such a change.
  ///
  /// - Parameters:
  ///   - inputs: x, in the rows where it is not 0.
  ///   - offset: what its weight grows by.
  /// - Returns: what the sum over rows changes by.
  public func move(_ inputs: InputRows, offset: Float) -> Double {
    var slopes = inputs.slopes
    return qhost_kernel_potential_move(&raw, &slopes, offset)
  }

  /// Writes the unit's sums, [B].
  public func writeSums(to z: UnsafeMutablePointer<Float>) {
    qhost_kernel_potential_sums(&raw, rowCount, z)
  }
}

extension InputRows {
  fileprivate var slopes: qhost_kernel_slopes {
    qhost_kernel_slopes(rows: rows, x: values, count: count)
  }
}

extension Activation {
  fileprivate var place: UInt32 {
    switch self {
    case .step: QHOST_KERNEL_PLACE_STEP
    case .sign: QHOST_KERNEL_PLACE_SIGN
    case .sine: QHOST_KERNEL_PLACE_SINE
    default: QHOST_KERNEL_PLACE_TANH
    }
  }
}
