public import QHostInterfaces

extension DifferentialEvolution {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "de",
    summary:
      "Differential evolution with factors that succeeded, and fewer individuals as it ends.",
    source: "Storn, Price, J. Global Optimization 1997; Tanabe, Fukunaga, CEC 2014 (L-SHADE)",
    parameters: [
      .integer(
        "population", default: 0, in: 0...65536, tunable: true,
        "Individuals at the start, at least 4; 0: 6 for each parameter, from 30 to 200."),
      .boolean(
        "reduction", default: true,
        "Whether the population falls to 4 individuals as the budget is spent."),
      .real(
        "best_part", default: 0.11, in: 0...1, tunable: true,
        "The fraction of the population that is best, towards one of which each individual moves."),
      .real(
        "archive", default: 2.6, in: 0...100, tunable: true,
        "Room for individuals that were replaced, in populations."),
      .integer(
        "history", default: 6, in: 1...1000, tunable: true,
        "Entries of the memory of factors that succeeded."),
      .boolean(
        "restarts", default: true, "Whether a population whose losses are equal starts again."),
      .real(
        "tolerance", default: 1e-8, in: 0...1, logarithmic: true,
        "The range of losses, over the least of them, that counts as equal."),
    ])
}
