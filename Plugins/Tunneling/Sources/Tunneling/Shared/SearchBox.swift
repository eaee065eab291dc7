package import QHostInterfaces

/// The movable parameters in units of the box: y = (x − origin)/half, bounds at ±1 where there are two.
///
/// A parameter without two bounds has its start as the origin and a half of 1/0.36 scales, so that
/// the first packets, 0.36 wide, are as wide as the parameter's scale.
package struct SearchBox {
  /// The standard deviation of the lowest state of an empty box of half-width 1.
  static let firstWidth = 0.36

  /// The parameters that can move.
  let coordinates: [Int]
  /// The lower bounds in units of the box.
  let lower: [Double]
  /// The upper bounds in units of the box.
  let upper: [Double]
  private let origins: [Double]
  private let halves: [Double]
  private let lowest: [Double]
  private let highest: [Double]
  private let problem: Problem

  /// The number of movable parameters, n.
  var dimension: Int { coordinates.count }

  /// Whether every parameter has two bounds.
  let isBounded: Bool

  /// Measures a problem whose movable parameters are real.
  package init(_ problem: Problem) {
    self.problem = problem
    parameterCount = problem.dimension
    let movable = (0..<problem.dimension).filter { problem.upper[$0] > problem.lower[$0] }
    coordinates = movable
    let boxed = movable.map { problem.upper[$0] - problem.lower[$0] < .infinity }
    isBounded = !boxed.contains(false)
    let origins = zip(movable, boxed).map { index, isBoxed in
      isBoxed ? 0.5 * (problem.lower[index] + problem.upper[index]) : problem.initial[index]
    }
    let halves = zip(movable, boxed).map { index, isBoxed in
      isBoxed
        ? 0.5 * (problem.upper[index] - problem.lower[index])
        : problem.scales[index] / Self.firstWidth
    }
    lower = movable.indices.map { (problem.lower[movable[$0]] - origins[$0]) / halves[$0] }
    upper = movable.indices.map { (problem.upper[movable[$0]] - origins[$0]) / halves[$0] }
    lowest = movable.map { problem.lower[$0] }
    highest = movable.map { problem.upper[$0] }
    self.origins = origins
    self.halves = halves
  }

  /// A place beyond a bound, reflected into the box.
  @inline(__always)
  package func folded(_ y: Double, _ index: Int) -> Double {
    let (low, high) = (lower[index], upper[index])
    if y >= low, y <= high { return y }
    guard high - low < .infinity else { return y < low ? 2 * low - y : 2 * high - y }
    let period = 2 * (high - low)
    let rest = (y - low).truncatingRemainder(dividingBy: period)
    let place = rest < 0 ? rest + period : rest
    return low + (place > high - low ? period - place : place)
  }

  /// The nearest place within the bounds.
  @inline(__always)
  func clamped(_ y: Double, _ index: Int) -> Double { min(max(y, lower[index]), upper[index]) }

  /// The parameter of a place.
  @inline(__always)
  func parameter(_ y: Double, _ index: Int) -> Double {
    min(max(origins[index] + halves[index] * y, lowest[index]), highest[index])
  }

  /// The place of a parameter.
  func place(_ x: Double, _ index: Int) -> Double {
    clamped((x - origins[index]) / halves[index], index)
  }

  /// The number of all parameters, fixed ones as well.
  let parameterCount: Int

  /// Adds the start, of which places then take the movable parameters.
  @inline(__always)
  func appendStart(to points: inout [Double]) { points.append(contentsOf: problem.initial) }

  /// Writes the parameter of a place to the point that begins at `start`.
  @inline(__always)
  func write(
    _ y: Double, _ index: Int, _ points: UnsafeMutableBufferPointer<Double>, at start: Int
  ) {
    points[start + coordinates[index]] = parameter(y, index)
  }

  /// The whole point of places [n].
  package func point(_ places: [Double]) -> [Double] {
    var point = problem.initial
    for index in coordinates.indices { point[coordinates[index]] = parameter(places[index], index) }
    return point
  }
}
