import QHostInterfaces

/// A test function that is only shifted: f(x) = g(x − s + z*).
struct AlignedLandscape<Function: TestFunction>: Landscape {
  let function: Function
  let optimum: [Double]

  var cutCost: Double {
    let facts = Function.facts
    let touched = (optimum.indices.map { function.parts(of: $0).count }.max() ?? 1)
    return min(
      1,
      (Double(touched) * facts.partCost + facts.lossCost)
        / (Double(function.partCount) * facts.partCost + facts.lossCost))
  }

  func score(
    _ points: UnsafeBufferPointer<Double>, rowCount: Int,
    losses: UnsafeMutableBufferPointer<Double>
  ) {
    let n = optimum.count
    optimum.withUnsafeBufferPointer { shift in
      for index in losses.indices {
        let start = index / rowCount * n * rowCount + index % rowCount
        losses[index] = loss(points, start: start, stride: rowCount, shift: shift)
      }
    }
  }

  func makeCuts(_ base: UnsafeBufferPointer<Double>) -> any ScenarioCuts {
    AlignedCuts(function: function, optimum: optimum, base: base)
  }

  @inline(__always)
  private func loss(
    _ points: UnsafeBufferPointer<Double>, start: Int, stride: Int,
    shift: UnsafeBufferPointer<Double>
  ) -> Double {
    let origin = function.optimum
    let n = shift.count
    var total = Function.empty
    var z = points[start] - shift[0] + origin
    for index in 0..<function.partCount {
      let after = index + 1
      let next = after < n ? points[start + after * stride] - shift[after] + origin : 0
      total = Function.combined(total, function.part(index, z, next: next))
      z = next
    }
    return admissible(function.loss(total))
  }
}
