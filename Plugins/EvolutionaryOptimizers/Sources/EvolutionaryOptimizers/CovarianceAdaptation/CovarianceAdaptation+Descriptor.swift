public import QHostInterfaces

extension CovarianceAdaptation {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "cma-es",
    summary:
      "Covariance matrix adaptation: points from a normal distribution that learns its shape.",
    source: "Hansen, arXiv:1604.00772; Ros, Hansen, PPSN 2008; Hansen, GECCO workshop 2009",
    parameters: [
      .choice(
        "covariance", default: "auto",
        of: [
          .init("auto", "Full up to 200 parameters, separable above."),
          .init("full", "A matrix: directions of any kind are learned, at a cost of n² a point."),
          .init("separable", "A diagonal: one width for each parameter, at a cost of n a point."),
        ], tunable: true, "What is learned of the distribution's shape."),
      .choice(
        "restarts", default: "bipop",
        of: [
          .init("none", "The first run that finds no more is the last."),
          .init("ipop", "Each run has twice the points of the one before."),
          .init("bipop", "Such runs, and runs of few points and short steps between them."),
        ], tunable: true, "What happens when a run finds no more."),
      .integer(
        "population", default: 0, in: 0...65536, tunable: true,
        "Points of a generation, at least 4; 0: 4 + 3 ln n, rounded down."),
      .positive(
        "sigma", default: 1, tunable: true,
        "The deviation of the first points, in units of the problem's scales."),
      .boolean(
        "active", default: true, "Whether bad points take variance away along their directions."),
      .real(
        "tolerance", default: 1e-11, in: 0...1, logarithmic: true,
        "The range of losses, over 1 or the least of them, in which a run has found all it can."),
    ])
}
