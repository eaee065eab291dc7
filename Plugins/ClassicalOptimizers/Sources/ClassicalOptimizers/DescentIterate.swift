import QHostInterfaces
import QHostNumerics

/// The point that a gradient method stands at: its bounds, its average, and its way back.
///
/// The average is that of Polyak and Juditsky (*Acceleration of stochastic approximation by
/// averaging*, SIAM J. Control Optim. 1992), over the iterates from a given progress on.
struct DescentIterate {
  /// The parameters, [n].
  var parameters: [Double]

  private let lower: [Double]
  private let upper: [Double]
  private let isBounded: Bool
  private let averagingStart: Double
  private var average: [Double]
  private var averagedCount = 0
  private var lastFeasible: [Double]
  private var hasFeasible = false

  init(_ configuration: Configuration, problem: Problem, name: String) throws(ComponentError) {
    try problem.requireReal(for: name)
    parameters = problem.initial
    lower = problem.lower
    upper = problem.upper
    isBounded = zip(lower, upper).contains { $0.isFinite || $1.isFinite }
    averagingStart = configuration.real("averaging_start")
    average = averagingStart < 1 ? problem.initial : []
    lastFeasible = problem.initial
  }

  /// The average where there is one, else the point itself.
  var recommendation: [Double] { averagedCount > 0 ? average : parameters }

  /// Whether an answer can be stepped from; if not, goes half way back to where one could.
  mutating func accepts(_ answer: Answer) -> Bool {
    guard answer.losses[0].isFinite, Self.isFinite(answer.gradient) else {
      for i in parameters.indices { parameters[i] += 0.5 * (lastFeasible[i] - parameters[i]) }
      return false
    }
    lastFeasible.withUnsafeMutableBufferPointer { kept in
      _ = kept.update(fromContentsOf: parameters)
    }
    hasFeasible = true
    return true
  }

  private static func isFinite(_ values: [Double]) -> Bool {
    let exponent = UInt64(0x7FF) << 52
    var carries: UInt64 = 0
    // An exponent of all ones carries into the sign bit; on integers the loop is vectorised.
    for value in values { carries |= (value.bitPattern & exponent) &+ (1 << 52) }
    return carries >> 63 == 0
  }

  /// Whether there is no point left to go back to.
  var isStranded: Bool { !hasFeasible }

  /// Ends a step: back into the bounds, and into the average.
  mutating func finishStep(progress: Double) {
    if isBounded {
      for i in parameters.indices { parameters[i] = min(max(parameters[i], lower[i]), upper[i]) }
    }
    guard progress >= averagingStart, averagingStart < 1 else { return }
    averagedCount += 1
    let weight = 1 / Double(averagedCount)
    for i in average.indices { average[i] += weight * (parameters[i] - average[i]) }
  }

  func save(_ writer: inout StateWriter) {
    writer.write(parameters)
    writer.write(average)
    writer.write(averagedCount)
    writer.write(lastFeasible)
    writer.write(hasFeasible)
  }

  mutating func load(_ reader: inout StateReader) throws(ComponentError) {
    parameters = try reader.readReals(count: parameters.count)
    average = try reader.readReals(count: average.count)
    averagedCount = try reader.readInteger()
    lastFeasible = try reader.readReals(count: lastFeasible.count)
    hasFeasible = try reader.readBoolean()
  }

  static let averagingParameter = ParameterDescriptor.real(
    "averaging_start", default: 1, in: 0...1,
    "The progress from which iterates are averaged for the recommendation; 1: no averaging.")
}
