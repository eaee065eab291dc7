import QHostInterfaces

/// n + 1 points with their losses, and the linear model that goes through them.
///
/// One point is the pole x₀, the others are x₀ + dⱼ. With the normals bⱼ, for which bᵢ·dⱼ is 1 for i = j and else 0, the
/// model's gradient is g = Σⱼ (fⱼ − f₀) bⱼ, and 1/‖bⱼ‖ is how far vertex j lies from the face of the others. Normals are
/// updated with n² steps when a vertex or the pole changes, and computed again only when they are no longer accurate.
struct InterpolationSet {
  let dimension: Int
  /// x₀, [n].
  private(set) var pole: [Double]
  /// f₀.
  private(set) var poleLoss = Double.infinity
  /// dⱼ, [n × n], a row each.
  private(set) var displacements: [Double]
  /// bⱼ, [n × n], a row each.
  private(set) var normals: [Double]
  /// fⱼ, [n].
  private(set) var losses: [Double]
  /// ‖dⱼ‖², [n].
  private(set) var squaredLengths: [Double]
  /// ‖bⱼ‖², [n].
  private(set) var squaredNormals: [Double]
  /// bⱼ·d of the last vertex that was looked at, [n].
  private(set) var shares: [Double]

  /// Points that lie along the axes from a pole.
  ///
  /// - Parameters:
  ///   - pole: x₀, [n].
  ///   - steps: how far vertex j lies along axis j, [n], none of them 0.
  init(pole: [Double], steps: [Double]) {
    let n = pole.count
    dimension = n
    self.pole = pole
    displacements = Array(repeating: 0, count: n * n)
    normals = displacements
    losses = Array(repeating: .infinity, count: n)
    squaredLengths = steps.map { $0 * $0 }
    squaredNormals = steps.map { 1 / ($0 * $0) }
    shares = Array(repeating: 0, count: n)
    for j in 0..<n {
      displacements[j * n + j] = steps[j]
      normals[j * n + j] = 1 / steps[j]
    }
  }

  /// Takes the losses of all points: f₀, then fⱼ.
  mutating func begin(_ values: [Double]) {
    poleLoss = values[0]
    losses = Array(values.dropFirst())
  }

  /// Brings the losses up to date with those of an answer.
  mutating func renew(_ answer: Answer) {
    answer.renew(&poleLoss)
    answer.renew(&losses)
  }

  /// g, [n]; a loss that is not finite counts as the highest finite one.
  func gradient() -> [Double] {
    let highest = losses.filter(\.isFinite).reduce(poleLoss.isFinite ? poleLoss : 0, max)
    let base = poleLoss.isFinite ? poleLoss : highest
    var gradient = [Double](repeating: 0, count: dimension)
    normals.withUnsafeBufferPointer { normals in
      gradient.withUnsafeMutableBufferPointer { gradient in
        for j in 0..<dimension {
          let rise = (losses[j].isFinite ? losses[j] : highest) - base
          if rise != 0 { Rows.add(rise, normals, j, to: gradient) }
        }
      }
    }
    return gradient
  }

  /// Fills ``shares`` with bⱼ·d.
  mutating func share(_ d: [Double]) {
    normals.withUnsafeBufferPointer { normals in
      d.withUnsafeBufferPointer { d in
        for j in 0..<dimension { shares[j] = Rows.dot(normals, j, d, 0, dimension) }
      }
    }
  }

  /// ‖d − dⱼ‖², [n].
  func squaredDistances(from d: [Double]) -> [Double] {
    displacements.withUnsafeBufferPointer { rows in
      d.withUnsafeBufferPointer { d in
        let square = Rows.dot(d, 0, d, 0, dimension)
        return (0..<dimension).map { j in
          max(0, square - 2 * Rows.dot(rows, j, d, 0, dimension) + squaredLengths[j])
        }
      }
    }
  }

  /// Puts x₀ + d in the place of vertex j; ``shares`` must be those of d, that of j not 0.
  mutating func replace(_ j: Int, by d: [Double], loss: Double) {
    let n = dimension
    losses[j] = loss
    for i in 0..<n { displacements[j * n + i] = d[i] }
    squaredLengths[j] = d.reduce(0) { $0 + $1 * $1 }
    let shares = shares
    normals.withUnsafeMutableBufferPointer { normals in
      Rows.scale(1 / shares[j], normals, j, count: n)
      let reference = UnsafeBufferPointer(normals)
      for i in 0..<n where i != j && shares[i] != 0 {
        Rows.add(-shares[i], reference, j, to: normals, i, n)
      }
    }
    measureNormals()
    refreshIfInaccurate(d)
  }

  /// Makes the vertex with the lowest loss the pole, if that is lower than the pole's.
  mutating func takeBestAsPole() {
    guard let best = losses.indices.min(by: { losses[$0] < losses[$1] }), losses[best] < poleLoss
    else { return }
    let n = dimension
    let d = Array(displacements[best * n..<(best + 1) * n])
    for i in 0..<n { pole[i] += d[i] }
    swap(&poleLoss, &losses[best])
    for j in 0..<n {
      for i in 0..<n {
        displacements[j * n + i] = (j == best ? 0 : displacements[j * n + i]) - d[i]
      }
    }
    var sum = [Double](repeating: 0, count: n)
    normals.withUnsafeMutableBufferPointer { normals in
      sum.withUnsafeMutableBufferPointer { sum in
        for j in 0..<n { Rows.add(-1, UnsafeBufferPointer(normals), j, to: sum) }
        for i in 0..<n { normals[best * n + i] = sum[i] }
      }
    }
    measureNormals()
    displacements.withUnsafeBufferPointer { rows in
      for j in 0..<n { squaredLengths[j] = Rows.dot(rows, j, rows, j, dimension) }
    }
  }

  private mutating func measureNormals() {
    normals.withUnsafeBufferPointer { rows in
      for j in 0..<dimension { squaredNormals[j] = Rows.dot(rows, j, rows, j, dimension) }
    }
  }
}

extension InterpolationSet {
  /// The largest error of bᵢ·d that is let be.
  private static let tolerance = 1e-6

  /// Normals are computed again when those of the last vertex are off.
  private mutating func refreshIfInaccurate(_ d: [Double]) {
    let j = losses.indices.first { place in
      displacements[place * dimension..<(place + 1) * dimension].elementsEqual(d)
    }
    share(d)
    let isAccurate = shares.indices.allSatisfy { i in
      abs(shares[i] - (i == j ? 1 : 0)) <= Self.tolerance
    }
    guard !isAccurate, let exact = Inverse.transposed(of: displacements, dimension) else { return }
    normals = exact
    measureNormals()
  }
}

extension InterpolationSet {
  func save(_ writer: inout StateWriter) {
    writer.write(pole)
    writer.write(poleLoss)
    for values in [displacements, normals, losses] { writer.write(values) }
  }

  mutating func load(_ reader: inout StateReader) throws(ComponentError) {
    let n = dimension
    pole = try reader.readReals(count: n)
    poleLoss = try reader.readReal()
    displacements = try reader.readReals(count: n * n)
    normals = try reader.readReals(count: n * n)
    losses = try reader.readReals(count: n)
    measureNormals()
    displacements.withUnsafeBufferPointer { rows in
      for j in 0..<n { squaredLengths[j] = Rows.dot(rows, j, rows, j, dimension) }
    }
  }
}
