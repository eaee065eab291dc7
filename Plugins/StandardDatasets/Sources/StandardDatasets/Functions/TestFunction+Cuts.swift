/// The base point of cuts of a shifted function.
struct AlignedBase<Function: TestFunction> {
  /// The minimum s, [n].
  let optimum: [Double]
  /// The base point, [n].
  var x: [Double]
  /// The base point as the plain function sees it, [n].
  var z: [Double]
  /// The parts there.
  var tree: FoldTree<Function>
}

extension TestFunction {
  /// One or two parts change, the others come from the tree: O(log n) once, O(1) an offset.
  func cut(
    _ base: AlignedBase<Self>, _ index: Int, offsets: UnsafeBufferPointer<Double>,
    losses: UnsafeMutableBufferPointer<Double>
  ) {
    let parts = parts(of: index)
    let rest = base.tree.fold(excluding: parts)
    let (start, place, origin) = (base.x[index], base.optimum[index], optimum)
    let before = index > 0 ? base.z[index - 1] : 0
    let after = index + 1 < base.z.count ? base.z[index + 1] : 0
    for k in offsets.indices {
      let moved = start + offsets[k] - place + origin
      var total = rest
      for part in parts {
        let isOwn = part == index
        total = Self.combined(
          total, self.part(part, isOwn ? moved : before, next: isOwn ? after : moved))
      }
      losses[k] = admissible(loss(total))
    }
  }

  /// One or two parts are replaced, O(log n).
  func move(_ base: inout AlignedBase<Self>, _ index: Int, delta: Double) {
    base.x[index] += delta
    base.z[index] = base.x[index] - base.optimum[index] + optimum
    for part in parts(of: index) {
      let next = part + 1 < base.z.count ? base.z[part + 1] : 0
      base.tree.replace(part, with: self.part(part, base.z[part], next: next))
    }
  }

  /// All parts change, O(n) an offset.
  func cut(
    _ z: UnsafeBufferPointer<Double>, along column: UnsafeBufferPointer<Double>,
    offsets: UnsafeBufferPointer<Double>, losses: UnsafeMutableBufferPointer<Double>
  ) {
    let n = z.count
    for k in offsets.indices {
      let offset = offsets[k]
      var total = Self.empty
      var moved = z[0] + offset * column[0]
      for part in 0..<partCount {
        let after = part + 1
        let next = after < n ? z[after] + offset * column[after] : 0
        total = Self.combined(total, self.part(part, moved, next: next))
        moved = next
      }
      losses[k] = admissible(loss(total))
    }
  }
}
