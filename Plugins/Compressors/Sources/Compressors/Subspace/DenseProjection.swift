package import QHostInterfaces
internal import QHostMemory
internal import QHostNetworks

/// p = p0 + S R θ with a random matrix R [n × k] whose columns have length 1, and S the spreads of weights.
///
/// Entries are normal numbers of the host's streams over their column's length, in single precision. Up to
/// ``storageLimit`` bytes the matrix is kept, beyond it is drawn again for each product.
///
/// Source: Li, Farkhoor, Liu, Yosinski, *Measuring the intrinsic dimension of objective landscapes*, ICLR 2018,
/// equation 2.
///
/// *Deviation*: weights are in units of their spread.
package final class DenseProjection: ParameterGenerator, @unchecked Sendable {
  /// The most bytes of a matrix that is kept: 256 MiB.
  package static let storageLimit = 1 << 28
  /// Columns that are worked on at once.
  private static let chunk = 8

  /// p0, [n].
  private let start: [Double]
  /// S, [n].
  private let scales: [Double]
  private let columnCount: Int
  private let host: any HostServices
  /// Rᵀ [k × n], not changed once made; `nil`: too large to be kept.
  private let kept: AlignedBuffer<Float>?

  /// Whether the matrix is kept.
  package var isKept: Bool { kept != nil }

  /// Draws the matrix.
  ///
  /// - Parameters:
  ///   - inner: whose weights are generated; n.
  ///   - numberCount: k.
  ///   - host: whose random numbers the entries are.
  ///   - storageLimit: in bytes.
  package init(
    _ inner: InnerNetwork, numberCount: Int, host: any HostServices,
    storageLimit: Int = DenseProjection.storageLimit
  ) {
    start = inner.start
    scales = inner.scales
    columnCount = numberCount
    self.host = host
    let count = inner.count
    guard count * numberCount <= storageLimit / MemoryLayout<Float>.size else {
      kept = nil
      return
    }
    let matrix = AlignedBuffer<Float>(count: count * numberCount)
    let columns = Columns(start: matrix.start)
    host.parallelFor(numberCount) { column in
      Self.draw(column, count: count, host: host, into: columns.start + column * count)
    }
    kept = matrix
  }

  /// Where threads write, each its own columns.
  private struct Columns: @unchecked Sendable {
    let start: UnsafeMutablePointer<Float>
  }

  /// Writes a column of R, [n].
  private static func draw(
    _ column: Int, count: Int, host: any HostServices, into out: UnsafeMutablePointer<Float>
  ) {
    let normals = host.normals(
      step: UInt64(column), index: Subspace.projectionStream, count: count)
    let factor = 1 / normals.reduce(0) { $0 + $1 * $1 }.squareRoot()
    for row in 0..<count { out[row] = Float(normals[row] * factor) }
  }

  /// Calls with some columns, [count × n], and the number of the first.
  private func forEachChunk(
    _ body: (_ first: Int, _ count: Int, _ columns: UnsafePointer<Float>) -> Void
  ) {
    let n = start.count
    let scratch = kept == nil ? AlignedBuffer<Float>(count: Self.chunk * n) : nil
    for first in stride(from: 0, to: columnCount, by: Self.chunk) {
      let count = min(Self.chunk, columnCount - first)
      if let kept {
        body(first, count, kept.start + first * n)
      } else if let scratch {
        for column in 0..<count {
          Self.draw(first + column, count: n, host: host, into: scratch.start + column * n)
        }
        body(first, count, scratch.start)
      }
    }
  }

  /// Writes p.
  package func generate(
    _ parameters: UnsafeBufferPointer<Double>, into inner: UnsafeMutableBufferPointer<Double>
  ) {
    let n = start.count
    let numbers = AlignedBuffer<Float>(count: columnCount)
    for column in 0..<columnCount { numbers.start[column] = Float(parameters[column]) }
    let (part, sum) = (AlignedBuffer<Float>(count: n), AlignedBuffer<Float>(count: n))
    forEachChunk { first, count, columns in
      DenseKernel.forward(
        weights: numbers.start + first, rowStep: count, columnStep: 1, bias: nil, x: columns,
        xStride: n, inputCount: count, outputCount: 1, rowCount: n, z: part.start, zStride: n)
      for row in 0..<n { sum.start[row] += part.start[row] }
    }
    for row in 0..<n { inner[row] = start[row] + scales[row] * Double(sum.start[row]) }
  }

  /// Writes (S R)ᵀ ∂L/∂p.
  package func pullBack(
    _ innerGradient: UnsafeBufferPointer<Double>, at parameters: UnsafeBufferPointer<Double>,
    into gradient: UnsafeMutableBufferPointer<Double>
  ) {
    let n = start.count
    let (scaled, part) = (AlignedBuffer<Float>(count: n), AlignedBuffer<Float>(count: Self.chunk))
    for row in 0..<n { scaled.start[row] = Float(scales[row] * innerGradient[row]) }
    forEachChunk { first, count, columns in
      DenseKernel.weightGradient(
        g: scaled.start, gStride: n, x: columns, xStride: n, inputCount: count, outputCount: 1,
        rowCount: n, gradient: part.start)
      for column in 0..<count { gradient[first + column] = Double(part.start[column]) }
    }
  }
}
