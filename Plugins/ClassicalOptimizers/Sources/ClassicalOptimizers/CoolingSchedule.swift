import QHostInterfaces

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How the temperature of annealing falls, as a part of the initial one.
///
/// With p the progress through a cycle, r the final ratio and k the candidates of the cycle so far:
/// geometric rᵖ (Kirkpatrick, Gelatt, Vecchi 1983), linear 1 − (1 − r) p, fast 1/(1 + (1/r − 1) p)
/// (Szu, Hartley 1987), logarithmic 1/ln(e + k) (Geman, Geman 1984).
struct CoolingSchedule {
  private enum Form: String {
    case geometric, linear, fast, logarithmic
  }

  private let form: Form
  private let finalRatio: Double
  private let logarithmOfFinalRatio: Double

  init(_ configuration: Configuration) {
    form = Form(rawValue: configuration.choice("cooling")) ?? .geometric
    finalRatio = configuration.real("final_temperature_ratio")
    logarithmOfFinalRatio = log(finalRatio)
  }

  /// The temperature over the initial one.
  func ratio(progress: Double, candidateCount: Int) -> Double {
    switch form {
    case .geometric: exp(logarithmOfFinalRatio * progress)
    case .linear: 1 - (1 - finalRatio) * progress
    case .fast: 1 / (1 + (1 / finalRatio - 1) * progress)
    case .logarithmic: 1 / log(M_E + Double(candidateCount))
    }
  }

  static let parameters: [ParameterDescriptor] = [
    .choice(
      "cooling", default: "geometric",
      of: [
        .init("geometric", "By the same factor at each step."),
        .init("linear", "Along a line."),
        .init("fast", "As one over the progress."),
        .init("logarithmic", "As one over the logarithm of the evaluations; ignores the budget."),
      ], tunable: true, "How the temperature falls as the budget is spent."),
    ParameterDescriptor(
      name: "final_temperature_ratio", type: .real,
      documentation: "The temperature at the end of a cycle, as a fraction of the initial one.",
      defaultValue: "1e-06", minimum: 0, maximum: 1, isMinimumExclusive: true, isTunable: true,
      isLogarithmic: true),
  ]
}
