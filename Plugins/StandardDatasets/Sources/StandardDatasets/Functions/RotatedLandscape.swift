import QHostInterfaces

/// A test function that is shifted and rotated: f(x) = g(R (x − s) + z*).
struct RotatedLandscape<Function: TestFunction>: Landscape {
  let function: Function
  let optimum: [Double]
  let rotation: Rotation

  /// Points that share one pass over the matrix, which may not fit in cache.
  private static var blockSize: Int { 4 }

  var cutCost: Double {
    let facts = Function.facts
    let n = Double(optimum.count)
    let fold = Double(function.partCount) * facts.partCost + facts.lossCost
    return (n + fold) / (n * n + fold)
  }

  func score(
    _ points: UnsafeBufferPointer<Double>, rowCount: Int,
    losses: UnsafeMutableBufferPointer<Double>
  ) {
    let n = optimum.count
    withUnsafeTemporaryAllocation(of: Double.self, capacity: Self.blockSize * n) { distances in
      for first in stride(from: 0, to: losses.count, by: Self.blockSize) {
        let block = first..<min(first + Self.blockSize, losses.count)
        for (place, index) in block.enumerated() {
          let start = index / rowCount * n * rowCount + index % rowCount
          for i in 0..<n {
            distances.initializeElement(
              at: place * n + i, to: points[start + i * rowCount] - optimum[i])
          }
        }
        fold(
          UnsafeBufferPointer(distances), UnsafeMutableBufferPointer(rebasing: losses[block]))
      }
    }
  }

  func makeCuts(_ base: UnsafeBufferPointer<Double>) -> any ScenarioCuts {
    RotatedCuts(landscape: self, base: base)
  }

  /// The losses of up to four points, from x − s of each [4 × n].
  @inline(__always)
  private func fold(
    _ distances: UnsafeBufferPointer<Double>, _ losses: UnsafeMutableBufferPointer<Double>
  ) {
    let n = optimum.count
    let origin = function.optimum
    rotation.rows.withUnsafeBufferPointer { rows in
      for group in losses.indices {
        let d = UnsafeBufferPointer(rebasing: distances[group * n..<(group + 1) * n])
        var total = Function.empty
        var z = dotProduct(UnsafeBufferPointer(rebasing: rows[..<n]), d) + origin
        for index in 0..<function.partCount {
          let after = index + 1
          let next =
            after < n
            ? dotProduct(UnsafeBufferPointer(rebasing: rows[after * n..<(after + 1) * n]), d)
              + origin : 0
          total = Function.combined(total, function.part(index, z, next: next))
          z = next
        }
        losses[group] = admissible(function.loss(total))
      }
    }
  }
}
