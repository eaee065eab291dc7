import QHostInterfaces

/// A test function that is shifted and rotated: f(x) = g(R (x − s) + z*).
struct RotatedLandscape<Function: TestFunction>: Landscape {
  let function: Function
  let optimum: [Double]
  let rotation: Rotation

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
    function.score(
      points, rowCount: rowCount, optimum: optimum, rotation: rotation, losses: losses)
  }

  func makeCuts(_ base: UnsafeBufferPointer<Double>) -> any ScenarioCuts {
    RotatedCuts(landscape: self, base: base)
  }
}
