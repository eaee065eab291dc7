import QHostInterfaces

/// A problem's space in units of its scales, u = x/s, so that one step size suits every parameter.
struct ScaledSpace {
  /// One coordinate.
  struct Axis {
    /// Its scale s.
    let scale: Double
    /// The bounds of u; infinite where there is none.
    let lower, upper: Double
    /// The bounds of x.
    let least, most: Double

    /// x of u, at the nearest bound where it lies beyond one.
    @inline(__always)
    func value(_ u: Double) -> Double { min(max(u * scale, least), most) }

    /// x of u, mirrored at the bounds as often as it takes.
    @inline(__always)
    func mirrored(_ u: Double) -> Double {
      u >= lower && u <= upper ? value(u) : value(reflected(u))
    }

    private func reflected(_ u: Double) -> Double {
      let width = upper - lower
      guard width.isFinite else { return u < lower ? 2 * lower - u : 2 * upper - u }
      guard width > 0 else { return lower }
      let place = abs((u - lower).truncatingRemainder(dividingBy: 2 * width))
      return lower + (place > width ? 2 * width - place : place)
    }

    /// u, at the nearest bound where it lies beyond one.
    @inline(__always)
    func confined(_ u: Double) -> Double { min(max(u, lower), upper) }
  }

  /// The coordinates, [n].
  let axes: [Axis]
  /// Whether no parameter has a bound.
  let isFree: Bool

  init(_ problem: Problem) {
    axes = problem.scales.enumerated().map { index, scale in
      let (least, most) = (problem.lower[index], problem.upper[index])
      return Axis(
        scale: scale, lower: least / scale, upper: most / scale, least: least, most: most)
    }
    isFree = !axes.contains { $0.least.isFinite || $0.most.isFinite }
  }

  /// n, the number of coordinates.
  var dimension: Int { axes.count }

  /// u of a point x, or of several one after another.
  func units(_ x: [Double]) -> [Double] {
    x.indices.map { x[$0] / axes[$0 % axes.count].scale }
  }

  /// x of u, at the nearest bound where it lies beyond one.
  func point(_ u: [Double]) -> [Double] { zip(u, axes).map { $1.value($0) } }
}
