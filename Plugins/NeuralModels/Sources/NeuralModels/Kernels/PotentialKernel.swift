internal import CNeuralModels
internal import QHostMemory
public import QHostNetworks

/// Losses along the weights of one unit, from what each row loses at the unit's places.
///
/// Row r loses Σ_p c[p·B + r]·t^p with the unit at t: −1 or 1 where it has two outputs, else where its sum is z + reach·t,
/// z being the row's sum when it was opened. It keeps where the unit is in each row. One thread at a time.
public final class PotentialKernel {
  private let rowCount: Int
  private let rows: AlignedBuffer<Float>
  private var padded: [Float] = []
  private let raw: UnsafeMutablePointer<qhost_kernel_potential>

  /// How many coefficients a row has room for; polynomials of fewer are filled up with zeros.
  private static let counts = [5, 9, Int(QHOST_KERNEL_COEFFICIENTS)]

  /// Makes room for a block of rows.
  public init(rowCount: Int) {
    self.rowCount = rowCount
    let padded = (rowCount + 15) / 16 * 16
    rows = AlignedBuffer<Float>(count: padded * Int(QHOST_KERNEL_POTENTIAL_LINE))
    raw = .allocate(capacity: 1)
    raw.initialize(
      to: qhost_kernel_potential(
        rows: rows.start, coefficient_count: 2, place: 0, steepness: 1))
  }

  deinit { raw.deallocate() }

  /// Takes the rows of a unit with two outputs.
  ///
  /// - Parameters:
  ///   - activation: the unit's, step or sign.
  ///   - noiseWidth: w > 0: the unit is at t = tanh(z/w), whatever its activation; 0: where that puts it.
  ///   - z: its sums, [B].
  ///   - coefficients: [P × B].
  ///   - coefficientCount: P, 1 or 2.
  /// - Returns: Σ over rows of what they lose.
  public func open(
    _ activation: Activation, noiseWidth: Double, z: UnsafePointer<Float>,
    coefficients: UnsafePointer<Float>, coefficientCount: Int
  ) -> Double {
    raw.pointee.place = noiseWidth > 0 ? QHOST_KERNEL_PLACE_TANH : activation.place
    raw.pointee.steepness = noiseWidth > 0 ? Float(1 / noiseWidth) : 1
    return open(z, coefficients, from: coefficientCount, to: 2)
  }

  /// Takes the rows of another unit.
  ///
  /// - Parameters:
  ///   - reach: what z changes by from t = 0 to t = 1, [B].
  ///   - coefficients: [P × B].
  ///   - coefficientCount: P, 1 to 13.
  /// - Returns: Σ over rows of what they lose.
  public func open(
    reach: UnsafePointer<Float>, coefficients: UnsafePointer<Float>, coefficientCount: Int
  ) -> Double {
    guard let count = Self.counts.first(where: { $0 >= coefficientCount }) else {
      preconditionFailure("\(coefficientCount) coefficients are too many")
    }
    return open(reach, coefficients, from: coefficientCount, to: count)
  }

  private func open(
    _ numbers: UnsafePointer<Float>, _ coefficients: UnsafePointer<Float>, from given: Int,
    to count: Int
  ) -> Double {
    raw.pointee.coefficient_count = count
    guard count > given else {
      return qhost_kernel_potential_open(raw, numbers, coefficients, rowCount)
    }
    padded.removeAll(keepingCapacity: true)
    padded.append(
      contentsOf: UnsafeBufferPointer(start: coefficients, count: given * rowCount))
    padded.append(contentsOf: repeatElement(0, count: (count - given) * rowCount))
    return qhost_kernel_potential_open(raw, numbers, padded, rowCount)
  }

  /// Writes what the sum over rows changes by where z grows by offsets[k] · x.
  ///
  /// - Parameters:
  ///   - inputs: x, in the rows where it is not 0.
  ///   - offsets: [K].
  ///   - changes: [K], written.
  /// - Returns: how often a row is at no place from −1 to 1; above 0 the changes mean nothing.
  public func cut(
    _ inputs: InputRows, offsets: UnsafeBufferPointer<Float>,
    into changes: UnsafeMutablePointer<Double>
  ) -> Int {
    guard let start = offsets.baseAddress else { return 0 }
    var slopes = inputs.slopes
    return qhost_kernel_potential_cut(raw, &slopes, start, offsets.count, changes)
  }

  /// Makes such a change.
  ///
  /// - Parameters:
  ///   - inputs: x, in the rows where it is not 0.
  ///   - offset: what its weight grows by.
  /// - Returns: what the sum over rows changes by, and how many rows are at no place from −1 to 1.
  public func move(_ inputs: InputRows, offset: Float) -> (change: Double, outside: Int) {
    var slopes = inputs.slopes
    var outside = 0
    let change = qhost_kernel_potential_move(raw, &slopes, offset, &outside)
    return (change, outside)
  }

  /// Writes z of a unit with two outputs, or the places of another, [B].
  public func writePlaces(to places: UnsafeMutablePointer<Float>) {
    qhost_kernel_potential_places(raw, rowCount, places)
  }

  /// Adds x² to squares [B], and raises largest [B] to |x|.
  static func addSizes(
    of x: UnsafePointer<Float>, rowCount: Int, squares: UnsafeMutablePointer<Float>,
    largest: UnsafeMutablePointer<Float>
  ) {
    qhost_kernel_row_sizes(x, rowCount, squares, largest)
  }
}

extension InputRows {
  fileprivate var slopes: qhost_kernel_slopes {
    qhost_kernel_slopes(rows: rows, x: values, count: count)
  }
}

extension Activation {
  fileprivate var place: UInt32 {
    self == .step ? QHOST_KERNEL_PLACE_STEP : QHOST_KERNEL_PLACE_SIGN
  }
}
