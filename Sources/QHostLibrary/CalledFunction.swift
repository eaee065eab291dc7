import CLibQHost
import QHostInterfaces
import QHostRuntime

/// A function of the caller's, with its variables; counts its calls and keeps its best point.
final class CalledFunction {
  let count: Int
  let initial: [Double]
  let lower: [Double]
  let upper: [Double]
  let kinds: [ParameterKind]
  let scales: [Double]
  let hasViolations: Bool
  var hasGradient: Bool { function.gradient != nil }

  private let function: libqhost_function
  private let stop: Cancellation
  /// Calls that are still allowed.
  private var rest: Int
  private(set) var evaluations = 0
  private(set) var gradients = 0
  private(set) var queries = 0
  private(set) var hasFailed = false
  private var hasStopped = false
  /// The best point that was called, and the last one.
  private(set) var best = Call()
  private(set) var last = Call()

  /// One call and what came of it.
  struct Call {
    var point: [Double] = []
    var loss = Double.infinity
    var violation = Double.infinity

    /// Feasible ones first, by loss, then the others by violation.
    func isBetter(than other: Call) -> Bool {
      (violation, loss) < (other.violation, other.loss)
    }
  }

  /// Takes a function, whose space is read here and not kept.
  ///
  /// - Throws: kind `usage` for a space that is none.
  init(
    _ function: libqhost_function, _ space: CalledSpace, most: Int?, stop: Cancellation
  ) throws(RunError) {
    self.function = function
    self.stop = stop
    count = space.initial.count
    initial = space.initial
    lower = space.lower
    upper = space.upper
    kinds = space.kinds
    scales = space.scales
    hasViolations = function.has_violations != 0
    rest = most ?? .max
  }

  /// Writes losses [P] and violations [P] of points [P × n]; beyond the last call that is allowed none can be had.
  func score(
    _ points: UnsafeBufferPointer<Double>, _ losses: UnsafeMutableBufferPointer<Double>,
    _ violations: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    let asked = losses.count
    let allowed = hasStopped ? 0 : min(asked, rest)
    if allowed < asked {
      for place in allowed..<asked { losses[place] = .infinity }
      for place in violations.indices.dropFirst(allowed) { violations[place] = .infinity }
    }
    guard allowed > 0 else { return }
    evaluations += allowed
    queries += 1
    rest -= allowed
    for place in 0..<allowed { losses[place] = .nan }
    try note(
      function.losses(
        function.context, points.baseAddress, Int64(allowed), losses.baseAddress,
        violations.baseAddress))
    for place in 0..<allowed {
      guard losses[place] > -.infinity else {
        hasFailed = true
        throw ComponentError(
          "the function that is minimised gave \(losses[place]) at evaluation \(evaluations - allowed + place + 1); "
            + "infinity is for points that cannot be had")
      }
      let violation = violations.isEmpty ? 0 : violations[place]
      let loss = losses[place]
      if place == allowed - 1 || violation < best.violation
        || (violation == best.violation && loss < best.loss) || best.point.isEmpty
      {
        let call = Call(
          point: Array(points[place * count..<(place + 1) * count]), loss: loss,
          violation: violation)
        if best.point.isEmpty || call.isBetter(than: best) { best = call }
        if place == allowed - 1 { last = call }
      }
    }
  }

  /// The loss and the gradient [n] at a point.
  func gradient(
    _ point: UnsafeBufferPointer<Double>, _ gradient: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) -> Double {
    guard let function = function.gradient, rest > 0, !hasStopped else {
      gradient.update(repeating: 0)
      return .infinity
    }
    evaluations += 1
    gradients += 1
    queries += 1
    rest -= 1
    var loss = Double.nan
    try note(function(self.function.context, point.baseAddress, &loss, gradient.baseAddress))
    let call = Call(point: Array(point), loss: loss, violation: 0)
    if best.point.isEmpty || call.isBetter(than: best) { best = call }
    last = call
    return loss
  }

  private func note(_ status: Int32) throws(ComponentError) {
    switch status {
    case LIBQHOST_GO_ON: return
    case LIBQHOST_STOP:
      hasStopped = true
      stop.request()
    default:
      hasFailed = true
      throw ComponentError("the function that is minimised failed at evaluation \(evaluations)")
    }
  }
}
