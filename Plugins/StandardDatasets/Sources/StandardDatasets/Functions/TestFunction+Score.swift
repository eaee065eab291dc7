extension TestFunction {
  /// f(x) = g(x − s + z*).
  func score(
    _ points: UnsafeBufferPointer<Double>, rowCount: Int, optimum place: [Double],
    losses: UnsafeMutableBufferPointer<Double>
  ) {
    let n = place.count
    let origin = optimum
    place.withUnsafeBufferPointer { place in
      for index in losses.indices {
        let start = index / rowCount * n * rowCount + index % rowCount
        var total = Self.empty
        var z = points[start] - place[0] + origin
        for part in 0..<partCount {
          let after = part + 1
          let next = after < n ? points[start + after * rowCount] - place[after] + origin : 0
          total = Self.combined(total, self.part(part, z, next: next))
          z = next
        }
        losses[index] = admissible(loss(total))
      }
    }
  }

  /// f(x) = g(R (x − s) + z*).
  func score(
    _ points: UnsafeBufferPointer<Double>, rowCount: Int, optimum place: [Double],
    rotation: Rotation, losses: UnsafeMutableBufferPointer<Double>
  ) {
    let n = place.count
    let origin = optimum
    withUnsafeTemporaryAllocation(of: Double.self, capacity: n) { distance in
      rotation.rows.withUnsafeBufferPointer { rows in
        for index in losses.indices {
          let start = index / rowCount * n * rowCount + index % rowCount
          for i in 0..<n {
            distance.initializeElement(at: i, to: points[start + i * rowCount] - place[i])
          }
          let d = UnsafeBufferPointer(distance)
          var total = Self.empty
          var z = dotProduct(UnsafeBufferPointer(rebasing: rows[..<n]), d) + origin
          for part in 0..<partCount {
            let after = part + 1
            let row = after * n..<min(after + 1, n) * n
            let next =
              after < n ? dotProduct(UnsafeBufferPointer(rebasing: rows[row]), d) + origin : 0
            total = Self.combined(total, self.part(part, z, next: next))
            z = next
          }
          losses[index] = admissible(loss(total))
        }
      }
    }
  }
}
