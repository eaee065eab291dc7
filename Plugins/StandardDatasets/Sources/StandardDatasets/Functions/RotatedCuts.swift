import QHostInterfaces

/// Cuts of a rotated test function: O(n) an offset or move, where a whole loss is O(n²).
///
/// Along x_j the plain function's point moves along column j of the rotation. Moves add up in z; it
/// is made again from x after every n of them, which costs no more than they did.
final class RotatedCuts<Function: TestFunction>: ScenarioCuts {
  private let landscape: RotatedLandscape<Function>
  /// The base point, [n].
  private var x: [Double]
  /// The base point as the plain function sees it, [n].
  private var z: [Double]
  private var movesSinceRefresh = 0

  /// Starts at a base point [n].
  init(landscape: RotatedLandscape<Function>, base: UnsafeBufferPointer<Double>) {
    precondition(base.count == landscape.optimum.count, "a base of \(base.count) coordinates")
    self.landscape = landscape
    x = Array(base)
    z = x
    refresh()
  }

  /// Writes the losses [K] at base + offsets[k]·e_output.
  func cut(
    output: Int, offsets: UnsafeBufferPointer<Double>, losses: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    let n = x.count
    landscape.rotation.columns.withUnsafeBufferPointer { columns in
      z.withUnsafeBufferPointer { z in
        let column = UnsafeBufferPointer(rebasing: columns[output * n..<(output + 1) * n])
        landscape.function.cut(z, along: column, offsets: offsets, losses: losses)
      }
    }
  }

  /// Makes base + delta·e_output the base point.
  func move(output: Int, delta: Double) throws(ComponentError) {
    x[output] += delta
    movesSinceRefresh += 1
    guard movesSinceRefresh < x.count else { return refresh() }
    let n = x.count
    landscape.rotation.columns.withUnsafeBufferPointer { columns in
      for i in 0..<n { z[i] += delta * columns[output * n + i] }
    }
  }

  private func refresh() {
    movesSinceRefresh = 0
    let n = x.count
    let distance = x.indices.map { x[$0] - landscape.optimum[$0] }
    distance.withUnsafeBufferPointer { distance in
      landscape.rotation.rows.withUnsafeBufferPointer { rows in
        for i in 0..<n {
          let row = UnsafeBufferPointer(rebasing: rows[i * n..<(i + 1) * n])
          z[i] = dotProduct(row, distance) + landscape.function.optimum
        }
      }
    }
  }
}
