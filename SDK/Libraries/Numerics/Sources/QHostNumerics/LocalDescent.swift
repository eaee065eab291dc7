public import QHostInterfaces

/// A descent to the nearest minimum within bounds, from losses alone, as questions and answers.
///
/// The gradient is taken by differences, forward ones until they lead nowhere and then central ones;
/// the direction is −Hg by limited-memory BFGS on the parameters that no bound holds back; the step is
/// halved until the loss falls by 10⁻⁴ of what the slope promises, and the point is put back into
/// the bounds. Parameters that are not real stay where they are. Where cuts are fast all of its questions
/// are cuts: of a point the one at offset 0, of a gradient one along each parameter.
///
/// Sources: R. H. Byrd, P. Lu, J. Nocedal, C. Zhu, SIAM J. Sci. Comput. 16 (1995) 1190; the use after
/// a global search: Y. Xiang et al., The R Journal 5 (2013) 13. *Deviations*: bounds are met by
/// projection instead of a search for Cauchy's point; backtracking instead of Wolfe's conditions.
public struct LocalDescent: Sendable {
  private static let memory = 12
  private static let armijo = 1e-4
  private static let longestStep = 0.25
  private static let halvingLimit = 24
  /// √ε and ε^⅓: the differences with the least error, in units of the parameter.
  static let forwardStep = 1.5e-8
  static let centralStep = 6.1e-6

  enum Pending: Int {
    case start, gradient, trial
  }

  let problem: Problem
  /// Whether it asks for cuts.
  let usesCuts: Bool
  /// The real parameters that can move.
  let coordinates: [Int]
  let scales: [Double]

  /// The best point so far, [all parameters].
  public internal(set) var point: [Double]
  /// The loss there.
  public internal(set) var loss = Double.infinity
  /// Whether no step leads further down.
  public internal(set) var isDone = false

  /// The point that the host takes cuts through, if it does.
  var base: CutBase
  var pending = Pending.start
  var isCentral = false
  var curvature = InverseCurvature(capacity: memory)
  var gradient: [Double]
  var lastGradient: [Double] = []
  var lastPlace: [Double] = []
  var offsets: [Double] = []
  var direction: [Double]
  var stepLength = 1.0
  var halvings = 0
  var trial: [Double]

  /// Starts at a point.
  ///
  /// - Parameters:
  ///   - problem: which coordinates there are; those that are real and have room move.
  ///   - point: [n], within the bounds.
  public init(_ problem: Problem, from point: [Double]) {
    self.problem = problem
    usesCuts = problem.answersFastCuts
    self.point = point
    base = CutBase(point)
    trial = point
    coordinates = point.indices.filter {
      problem.kinds[$0] == .real && problem.upper[$0] > problem.lower[$0]
    }
    scales = coordinates.map { problem.scales[$0] }
    gradient = Array(repeating: 0, count: coordinates.count)
    direction = gradient
    isDone = coordinates.isEmpty
  }

  /// Brings the loss that it remembers up to date with those of an answer.
  public mutating func renew(_ answer: Answer) { answer.renew(&loss) }

  /// Takes the losses of the last question.
  ///
  /// - Throws: when their number is another one.
  public mutating func tell(_ losses: [Double]) throws(ComponentError) {
    let expected = pending == .gradient ? coordinates.count * (isCentral ? 2 : 1) : 1
    guard losses.count == expected else {
      throw ComponentError(
        "the answer has \(losses.count) losses, \(expected) were asked for; "
          + "answer every query once")
    }
    switch pending {
    case .start:
      loss = losses[0]
      isDone = isDone || !loss.isFinite
      pending = .gradient
    case .gradient:
      takeGradient(losses)
      startSearch()
    case .trial: takeTrial(losses[0])
    }
  }

  /// The gradient in units of the scales; differences of equal distance where bounds allow it.
  private mutating func takeGradient(_ losses: [Double]) {
    for (place, index) in coordinates.enumerated() {
      let x = point[index]
      let right = self.place(index, offsets[place])
      if isCentral {
        let left = self.place(index, -offsets[place])
        gradient[place] = (losses[2 * place] - losses[2 * place + 1]) / (right - left)
      } else {
        gradient[place] = (losses[place] - loss) / (right - x)
      }
      gradient[place] *= scales[place]
      // Beside an infeasible point there is no slope to go by.
      if !gradient[place].isFinite { gradient[place] = 0 }
    }
    if !lastPlace.isEmpty {
      let places = coordinates.indices.map { point[coordinates[$0]] / scales[$0] }
      curvature.add(
        step: zip(places, lastPlace).map { $0 - $1 },
        change: zip(gradient, lastGradient).map { $0 - $1 })
    }
  }

  /// Points −Hg along the parameters that no bound holds back.
  private mutating func startSearch() {
    let isHeld = coordinates.indices.map { place in
      let index = coordinates[place]
      return gradient[place] > 0
        ? point[index] <= problem.lower[index] : point[index] >= problem.upper[index]
    }
    let free = coordinates.indices.map { isHeld[$0] ? 0 : gradient[$0] }
    direction = curvature.times(free).map { -$0 }
    for place in direction.indices where isHeld[place] { direction[place] = 0 }
    var slope = 0.0
    for place in direction.indices { slope += direction[place] * free[place] }
    if !(slope < 0) {
      curvature.clear()
      direction = free.map { -$0 }
    }
    let size = direction.reduce(0) { max($0, abs($1)) }
    guard size > 0 else { return refine() }
    stepLength = curvature.isEmpty ? min(0.1, size) / size : min(1, Self.longestStep / size)
    halvings = 0
    placeTrial()
  }

  private mutating func placeTrial() {
    trial = point
    for (place, index) in coordinates.enumerated() {
      let step = stepLength * direction[place] * scales[place]
      trial[index] = problem.clamped(point[index] + step, at: index)
    }
    pending = trial == point ? .gradient : .trial
    if trial == point { refine() }
  }

  private mutating func takeTrial(_ value: Double) {
    var promised = 0.0
    for (place, index) in coordinates.enumerated() {
      promised += gradient[place] * (trial[index] - point[index]) / scales[place]
    }
    guard value < loss, value <= loss + Self.armijo * promised else {
      halvings += 1
      guard halvings < Self.halvingLimit else { return refine() }
      stepLength *= shortening(value, promised)
      return placeTrial()
    }
    lastPlace = coordinates.indices.map { point[coordinates[$0]] / scales[$0] }
    lastGradient = gradient
    point = trial
    loss = value
    pending = .gradient
  }

  /// The minimum of the parabola through loss, slope and trial, between a tenth and a half.
  private func shortening(_ value: Double, _ promised: Double) -> Double {
    let rise = value - loss - promised
    guard rise.isFinite, rise > 0 else { return 0.1 }
    return min(max(-0.5 * promised / rise, 0.1), 0.5)
  }

  /// Continues with central differences, or ends.
  private mutating func refine() {
    pending = .gradient
    curvature.clear()
    lastPlace.removeAll()
    if isCentral { isDone = true } else { isCentral = true }
  }
}
