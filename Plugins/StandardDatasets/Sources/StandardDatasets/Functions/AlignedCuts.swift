import QHostInterfaces

/// Cuts of a shifted test function: O(log n) a cut or move, O(1) an offset.
final class AlignedCuts<Function: TestFunction>: ScenarioCuts {
  private let function: Function
  private var base: AlignedBase<Function>

  /// Starts at a base point [n].
  init(function: Function, optimum: [Double], base point: UnsafeBufferPointer<Double>) {
    precondition(point.count == optimum.count, "a base point of \(point.count) coordinates")
    self.function = function
    let x = Array(point)
    let z = x.indices.map { x[$0] - optimum[$0] + function.optimum }
    let parts = (0..<function.partCount).map { part in
      function.part(part, z[part], next: part + 1 < z.count ? z[part + 1] : 0)
    }
    base = AlignedBase(optimum: optimum, x: x, z: z, tree: FoldTree(parts))
  }

  /// Writes the losses [K] at base + offsets[k]·e_output.
  func cut(
    output: Int, offsets: UnsafeBufferPointer<Double>, losses: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    function.cut(base, output, offsets: offsets, losses: losses)
  }

  /// Makes base + delta·e_output the base point.
  func move(output: Int, delta: Double) throws(ComponentError) {
    function.move(&base, output, delta: delta)
  }
}
