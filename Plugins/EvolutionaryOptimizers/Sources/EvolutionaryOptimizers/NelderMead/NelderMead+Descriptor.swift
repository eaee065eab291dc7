public import QHostInterfaces

extension NelderMead {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "nelder-mead",
    summary: "Nelder and Mead's simplex, with parameters that follow the dimension and restarts.",
    source: "Nelder, Mead, The Computer Journal 1965; Gao, Han, Comput. Optim. Appl. 2012",
    parameters: [
      .boolean(
        "adaptive", default: true, "Whether the moves become gentler with more parameters."),
      .positive(
        "step", default: 2, tunable: true,
        "The size of the first simplex, in units of the problem's scales."),
      .choice(
        "restarts", default: "mixed",
        of: [
          .init("none", "The first simplex that finds no more is the last."),
          .init("random", "From a random point."),
          .init("mixed", "From the best point as long as that betters it, else from a random one."),
        ], tunable: true, "What happens when a simplex finds no more."),
      .real(
        "tolerance", default: 1e-8, in: 0...1, logarithmic: true,
        "The range of losses, over their size, in which a simplex has found all it can."),
    ])
}
