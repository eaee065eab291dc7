public import QHostInterfaces

extension GeneticAlgorithm {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "ga",
    summary: "A generational genetic algorithm with tournaments, recombination and mutation.",
    source: "Holland 1975; Goldberg, Deb, FOGA 1991; Eshelman, Schaffer, FOGA 1993; "
      + "Deb, Agrawal, Complex Systems 1995",
    parameters: selectionParameters + crossoverParameters + mutationParameters)

  private static let selectionParameters: [ParameterDescriptor] = [
    .integer(
      "population", default: 50, in: 2...65536, tunable: true, "Individuals of a generation."),
    .integer(
      "elite", default: 2, in: 0...65535, tunable: true,
      "The best individuals, which live on unchanged."),
    .integer(
      "tournament_size", default: 5, in: 1...65536, tunable: true,
      "Individuals that compete for being a parent."),
  ]

  private static let crossoverParameters: [ParameterDescriptor] = [
    .choice(
      "crossover", default: "uniform",
      of: [
        .init("uniform", "Each gene from either parent."),
        .init("blend", "Each gene from an interval about both parents' (BLX-alpha)."),
        .init("sbx", "Simulated binary crossover of every other gene."),
      ], tunable: true, "How two parents make a child."),
    .real(
      "crossover_rate", default: 0.9, in: 0...1, tunable: true,
      "The fraction of children that have two parents."),
    .real(
      "blend_alpha", default: 0.5, in: 0...10, tunable: true,
      "How far blending goes beyond the parents, in parts of their distance."),
    .real(
      "sbx_eta", default: 15, in: 0...1000, tunable: true,
      "How near children of simulated binary crossover are to their parents."),
  ]

  private static let mutationParameters: [ParameterDescriptor] = [
    .choice(
      "mutation", default: "gaussian",
      of: [
        .init("gaussian", "By a Gaussian number."),
        .init("polynomial", "By a bounded number of polynomial density."),
      ], tunable: true, "How a gene changes."),
    .real(
      "mutation_rate", default: 0, in: 0...1, tunable: true,
      "The probability that a gene changes; 0: 1/n, and 0.02 at least if all are real."),
    .positive(
      "mutation_scale", default: 1, tunable: true,
      "The size of changes at the start, in units of the problem's scales."),
    ParameterDescriptor(
      name: "mutation_final_ratio", type: .real,
      documentation:
        "The size of changes at the end of the budget, as a fraction of that at the start.",
      defaultValue: "0.001", minimum: 0, maximum: 1, isMinimumExclusive: true, isTunable: true,
      isLogarithmic: true),
    .real(
      "mutation_eta", default: 20, in: 0...1000, tunable: true,
      "How small most changes of polynomial mutation are."),
  ]
}
