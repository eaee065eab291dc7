public import QHostInterfaces

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How a learning rate falls as the budget is spent: η(p), p the progress from 0 to 1.
///
/// With r the final ratio: constant η₀; cosine η₀ (r + (1 − r)(1 + cos πp)/2) (Loshchilov, Hutter,
/// *SGDR*, ICLR 2017, without restarts); linear η₀ (1 − (1 − r) p); exponential η₀ rᵖ.
public struct LearningRateSchedule: Sendable {
  private enum Form: String, Sendable {
    case constant, cosine, linear, exponential
  }

  private let initialRate: Double
  private let form: Form
  private let finalRatio: Double

  /// Reads a configuration with ``parameters(defaultRate:defaultForm:)``.
  ///
  /// - Throws: when an exponential schedule would end at 0.
  public init(_ configuration: Configuration) throws(ComponentError) {
    initialRate = configuration.real("learning_rate")
    form = Form(rawValue: configuration.choice("schedule")) ?? .constant
    finalRatio = configuration.real("final_ratio")
    guard form != .exponential || finalRatio > 0 else {
      throw .parameter(
        "final_ratio = 0 has no exponential schedule; set it above 0 or take schedule = linear")
    }
  }

  /// The rate when `progress` of the budget is spent.
  public func rate(at progress: Double) -> Double {
    switch form {
    case .constant: initialRate
    case .cosine:
      initialRate * (finalRatio + (1 - finalRatio) * 0.5 * (1 + cos(.pi * progress)))
    case .linear: initialRate * (1 - (1 - finalRatio) * progress)
    case .exponential: initialRate * pow(finalRatio, progress)
    }
  }

  /// The parameters that declare a schedule: `learning_rate`, `schedule` and `final_ratio`.
  ///
  /// - Parameters:
  ///   - defaultRate: the rate at the start, above 0.
  ///   - defaultForm: `constant`, `cosine`, `linear` or `exponential`.
  /// - Returns: the descriptors.
  public static func parameters(defaultRate: Double, defaultForm: String) -> [ParameterDescriptor] {
    [
      .positive(
        "learning_rate", default: defaultRate, tunable: true,
        "The learning rate at the start."),
      .choice(
        "schedule", default: defaultForm,
        of: [
          .init("constant", "The rate stays."),
          .init("cosine", "The rate falls along half a cosine."),
          .init("linear", "The rate falls along a line."),
          .init("exponential", "The rate falls by the same factor at each step."),
        ], tunable: true, "How the learning rate falls as the budget is spent."),
      .real(
        "final_ratio", default: 0.01, in: 0...1,
        "The learning rate at the end of the budget, as a fraction of the one at the start."),
    ]
  }
}
