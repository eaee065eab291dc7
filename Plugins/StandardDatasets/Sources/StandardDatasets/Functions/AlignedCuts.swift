import QHostInterfaces

/// Cuts of a shifted test function: O(log n) a cut or move, O(1) an offset.
final class AlignedCuts<Function: TestFunction>: ScenarioCuts {
  private let function: Function
  private let optimum: [Double]
  /// The base point, [n].
  private var x: [Double]
  /// The base point as the plain function sees it, [n].
  private var z: [Double]
  private var tree: FoldTree<Function>

  /// Starts at a base point [n].
  init(function: Function, optimum: [Double], base: UnsafeBufferPointer<Double>) {
    precondition(base.count == optimum.count, "a base point of \(base.count) coordinates")
    self.function = function
    self.optimum = optimum
    let x = Array(base)
    let z = x.indices.map { x[$0] - optimum[$0] + function.optimum }
    self.x = x
    self.z = z
    tree = FoldTree(
      (0..<function.partCount).map { index in
        function.part(index, z[index], next: index + 1 < z.count ? z[index + 1] : 0)
      })
  }

  /// Writes the losses [K] at base + offsets[k]·e_output.
  func cut(
    output: Int, offsets: UnsafeBufferPointer<Double>, losses: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    let parts = function.parts(of: output)
    let rest = tree.fold(excluding: parts)
    let (start, shift, origin) = (x[output], optimum[output], function.optimum)
    let before = output > 0 ? z[output - 1] : 0
    let after = output + 1 < z.count ? z[output + 1] : 0
    for k in offsets.indices {
      let moved = start + offsets[k] - shift + origin
      var total = rest
      for index in parts {
        let part =
          index == output
          ? function.part(index, moved, next: after)
          : function.part(index, before, next: moved)
        total = Function.combined(total, part)
      }
      losses[k] = admissible(function.loss(total))
    }
  }

  /// Makes base + delta·e_output the base point.
  func move(output: Int, delta: Double) throws(ComponentError) {
    x[output] += delta
    z[output] = x[output] - optimum[output] + function.optimum
    for index in function.parts(of: output) {
      tree.replace(
        index,
        with: function.part(index, z[index], next: index + 1 < z.count ? z[index + 1] : 0))
    }
  }
}
