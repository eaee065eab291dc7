import QHostInterfaces

/// A test function that is only shifted: f(x) = g(x − s + z*).
struct AlignedLandscape<Function: TestFunction>: Landscape {
  let function: Function
  let optimum: [Double]

  /// What reading the tree once costs, in multiply-adds for each of some 30 offsets (measured).
  private static var treeCost: Double { 16 }

  var cutCost: Double {
    let facts = Function.facts
    let touched = optimum.count > 2 ? function.parts(of: 1).count : 1
    let offset = Double(touched) * facts.partCost + facts.lossCost + Self.treeCost
    return min(1, offset / (Double(function.partCount) * facts.partCost + facts.lossCost))
  }

  func score(
    _ points: UnsafeBufferPointer<Double>, rowCount: Int,
    losses: UnsafeMutableBufferPointer<Double>
  ) {
    function.score(points, rowCount: rowCount, optimum: optimum, losses: losses)
  }

  func makeCuts(_ base: UnsafeBufferPointer<Double>) -> any ScenarioCuts {
    AlignedCuts(function: function, optimum: optimum, base: base)
  }
}
