public import QHostInterfaces

extension Alternating {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "alternating",
    summary: "Two searches by turns, each on blocks of the parameters of its own.",
    source: "Liu et al., arXiv 2402.16465, 2024: COBYLA on angles, Nelder and Mead on a scale",
    parameters: [
      .text(
        "first_blocks", default: "",
        "Names of blocks, with commas between, that the first search moves; empty: the first block, or half of the "
          + "parameters of a model that names none."),
      .text(
        "second_blocks", default: "",
        "Those that the second one moves; empty: all that the first one does not."),
      search("first_search", default: "cobyla", "What moves the first blocks."),
      search("second_search", default: "nelder-mead", "What moves the second blocks."),
      .integer(
        "first_evaluations", default: 2000, in: 1...1_000_000_000,
        "Losses of a turn of the first search; its first simplex is always asked for whole."),
      .integer(
        "second_evaluations", default: 200, in: 1...1_000_000_000,
        "Losses of a turn of the second search."),
      .positive(
        "first_step", default: 1, tunable: true,
        "The size of the first search's first simplex in each turn, in units of the problem's scales."
      ),
      .positive(
        "second_step", default: 1, tunable: true, "The same of the second search."),
    ])

  private static func search(
    _ name: String, default value: String, _ documentation: String
  ) -> ParameterDescriptor {
    .choice(
      name, default: value,
      of: [
        .init("cobyla", "Planes through n + 1 points, in a trust region."),
        .init("nelder-mead", "A simplex whose worst vertex is reflected."),
      ], documentation)
  }
}
