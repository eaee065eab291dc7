public import QHostInterfaces
import QHostNumerics

extension SimulatedAnnealing {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "sa",
    summary: "Simulated annealing with step widths that adapt to a rate of acceptance.",
    source: "Kirkpatrick, Gelatt, Vecchi, Science 1983; "
      + "Corana, Marchesi, Martini, Ridella, ACM TOMS 1987; Szu, Hartley, Physics Letters A 1987",
    parameters: proposalParameters + CoolingSchedule.parameters + temperatureParameters
      + Polish.parameters)

  private static let proposalParameters: [ParameterDescriptor] = [
    .choice(
      "proposal", default: "mixed",
      of: [
        .init("mixed", "By turns; one coordinate only, if some are integers or categories."),
        .init("coordinate", "One coordinate at a time, in turn, each with a width of its own."),
        .init("all", "All coordinates at once, with one common width."),
      ], tunable: true, "What a step changes."),
    .choice(
      "moves", default: "own",
      of: [
        .init("own", "Each coordinate moves by itself."),
        .init("swap", "Every other step swaps the values of two coordinates of the same domain."),
      ], tunable: true, "Whether steps also swap values, for allocations and permutations."),
    .integer(
      "single_steps", default: 0, in: 0...1_000_000_000, tunable: true,
      "Steps of one coordinate between two of all, if mixed; 0: 1, or where cuts are fast one for each 8 "
        + "parameters."),
    .choice(
      "distribution", default: "automatic",
      of: [
        .init("automatic", "Cauchy for one coordinate, Gaussian for all."),
        .init("gaussian", "Gaussian: short steps."),
        .init("cauchy", "Cauchy: mostly short steps, sometimes very long ones."),
      ], tunable: true, "How long steps are."),
    .positive(
      "initial_step", default: 1, tunable: true,
      "The width of steps at the start, in units of the problem's scales."),
    ParameterDescriptor(
      name: "target_acceptance", type: .real,
      documentation: "The fraction of steps to be accepted, which widths adapt to.",
      defaultValue: "0.2", minimum: 0, maximum: 1, isMinimumExclusive: true,
      isMaximumExclusive: true, isTunable: true),
    .real(
      "adaptation_gain", default: 0.1, in: 0...10, tunable: true,
      "How fast the logarithm of a width follows the rate of acceptance; 0: widths stay."),
  ]

  private static let temperatureParameters: [ParameterDescriptor] = [
    .real(
      "initial_temperature", default: 0, in: 0...Double.infinity,
      "The temperature at the start; 0: from sampled differences of the loss."),
    ParameterDescriptor(
      name: "initial_acceptance", type: .real,
      documentation: "The fraction of sampled steps up that the initial temperature would accept.",
      defaultValue: "0.2", minimum: 0, maximum: 1, isMinimumExclusive: true,
      isMaximumExclusive: true, isTunable: true),
    .integer(
      "initial_samples", default: 32, in: 1...65536,
      "Steps sampled for the initial temperature."),
    .integer(
      "cycles", default: 1, in: 1...65536, tunable: true,
      "How many times the temperature falls within the budget."),
    .choice(
      "cycle_start", default: "best",
      of: [
        .init("current", "Where the cycle before ended."),
        .init("best", "The best point so far; the current one with minibatches."),
        .init("random", "A random point, as `random` draws them."),
      ], "Where each cycle but the first begins."),
    .integer(
      "batch_stretch", default: 1000, in: 1...1_000_000, tunable: true,
      "Candidates that are compared on one minibatch before the next one is taken."),
  ]
}
