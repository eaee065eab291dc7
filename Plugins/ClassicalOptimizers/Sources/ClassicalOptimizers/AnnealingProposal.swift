import QHostInterfaces
import QHostNumerics

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A step from the current point of annealing, and the widths of steps.
///
/// One coordinate in turn, xᵢ + sᵢξ, or all at once, x + tσ ∘ ξ with σ the problem's scales; or a fixed
/// number of the former between two of the latter: at a temperature and widths that stay, each step
/// leaves Boltzmann's distribution as it is, and so does their sequence. After each step the
/// logarithm of its width, sᵢ or t, grows by γ(a − a*), where a is 1 if it was accepted, else 0, and a*
/// is the rate of acceptance aimed at: Robbins' and Monro's approximation in place of the blocks of
/// Corana et al.
///
/// A class, so that a step made of it with another part of the annealing's state copies no tables.
final class AnnealingProposal {
  private enum Form: String {
    case mixed, coordinate, all
  }

  /// Whether the next step changes one coordinate only.
  var isSingle: Bool { isTurnOfSingle && !isSwap }
  /// Whether the next step swaps the values of two coordinates.
  private(set) var isSwap = false
  /// Whether steps may be swaps.
  var swaps: Bool { swapRate > 0 }
  /// The coordinate that the last single step changed.
  private(set) var index = 0

  /// The part of steps that are swaps, where there are any.
  private static let swapPart = 0.5

  /// Whether single steps are many enough between two of all for cuts to pay: a step of all is a pass
  /// that closes them, and opening them is another one.
  var isMostlySingle: Bool { form == .coordinate || (form == .mixed && singleCount > 1) }

  private let form: Form
  private var isTurnOfSingle: Bool
  private let swapRate: Double
  private let kinds: [ParameterKind]
  private let bounds: [(lower: Double, upper: Double)]
  /// Single steps of `mixed` between two of all coordinates.
  private let singleCount: Int
  private var singlesLeft: Int
  private let moves: CoordinateMoves
  private let scales: [Double]
  private let initialStep: Double
  private let largestWidths: [Double]
  private let grow: Double
  private let shrink: Double
  private let coordinateDeviates: StepDistribution
  private let vectorDeviates: StepDistribution
  private var widths: [Double]
  private var commonWidth: Double
  private var nextIndex = 0

  init(_ configuration: Configuration, problem: Problem) {
    let asked = Form(rawValue: configuration.choice("proposal")) ?? .mixed
    // A step of all categories at once forgets the point; nothing is left to be annealed.
    let isReal = problem.kinds.allSatisfy { $0 == .real }
    form = asked == .mixed && (!isReal || problem.dimension == 1) ? .coordinate : asked
    isTurnOfSingle = form != .all
    let asksSwaps = configuration.choice("moves") == "swap"
    swapRate = asksSwaps && problem.dimension > 1 ? Self.swapPart : 0
    kinds = problem.kinds
    bounds = Array(zip(problem.lower, problem.upper))
    let counted = configuration.integer("single_steps")
    singleCount =
      counted > 0 ? counted : problem.answersFastCuts ? max(1, problem.dimension / 8) : 1
    singlesLeft = singleCount
    moves = CoordinateMoves(problem: problem)
    scales = problem.scales
    initialStep = configuration.real("initial_step")
    largestWidths = problem.scales.indices.map { i in
      let range = problem.upper[i] - problem.lower[i]
      return range.isFinite ? range : 100 * problem.scales[i]
    }
    let gain = configuration.real("adaptation_gain")
    let target = configuration.real("target_acceptance")
    grow = exp(gain * (1 - target))
    shrink = exp(-gain * target)
    let distribution = configuration.choice("distribution")
    coordinateDeviates = StepDistribution(rawValue: distribution) ?? .cauchy
    vectorDeviates = StepDistribution(rawValue: distribution) ?? .gaussian
    widths = []
    commonWidth = 0
    reset()
  }

  /// Goes back to the widths of the start.
  func reset() {
    widths = zip(scales, largestWidths).map { min($0 * initialStep, $1) }
    commonWidth = initialStep / Double(scales.count).squareRoot()
  }

  /// A new value of the next coordinate, ``index``.
  func coordinateStep(from point: [Double], random: inout RandomStream) -> Double {
    index = nextIndex
    nextIndex = nextIndex + 1 == point.count ? 0 : nextIndex + 1
    let step = widths[index] * coordinateDeviates.draw(&random)
    return moves.moved(point[index], by: step, at: index, random: &random)
  }

  /// Steps along all coordinates of `point`.
  func step(_ point: UnsafeMutableBufferPointer<Double>, random: inout RandomStream) {
    let width = commonWidth * vectorDeviates.drawLength(&random)
    scales.withUnsafeBufferPointer { scales in
      for i in 0..<point.count {
        let step = width * scales[i] * random.normal()
        point[i] = moves.moved(point[i], by: step, at: i, random: &random)
      }
    }
  }

  /// Draws whether the next step is a swap; nothing is drawn where none may be.
  func choose(_ random: inout RandomStream) {
    isSwap = swaps && random.uniform() < Self.swapPart
  }

  /// Swaps the values of two coordinates of `point` that have the same kind and bounds; if the two that were drawn have not,
  /// it stays.
  func swap(_ point: UnsafeMutableBufferPointer<Double>, random: inout RandomStream) {
    let first = random.integer(below: point.count)
    let second = random.integer(below: point.count)
    guard kinds[first] == kinds[second], bounds[first] == bounds[second] else { return }
    point.swapAt(first, second)
  }

  /// Adapts the width of the last step to whether it was accepted.
  func adapt(accepted: Bool) {
    if isSwap { return }
    let factor = accepted ? grow : shrink
    if isSingle {
      widths[index] = min(widths[index] * factor, largestWidths[index])
    } else {
      commonWidth = min(commonWidth * factor, 100)
    }
    guard form == .mixed else { return }
    singlesLeft = isSingle ? singlesLeft - 1 : singleCount
    isTurnOfSingle = singlesLeft > 0
  }

  func save(_ writer: inout StateWriter) {
    writer.write(singlesLeft)
    writer.write(widths)
    writer.write(commonWidth)
    writer.write(nextIndex)
  }

  func load(_ reader: inout StateReader) throws(ComponentError) {
    singlesLeft = try reader.readInteger()
    widths = try reader.readReals(count: widths.count)
    commonWidth = try reader.readReal()
    nextIndex = try reader.readInteger()
    guard widths.indices.contains(nextIndex), 0...singleCount ~= singlesLeft else {
      throw ComponentError(
        "the saved state is at coordinate \(nextIndex) of \(widths.count), \(singlesLeft) single steps "
          + "of \(singleCount) before one of all; resume from another checkpoint")
    }
    if form == .mixed { isTurnOfSingle = singlesLeft > 0 }
  }
}
