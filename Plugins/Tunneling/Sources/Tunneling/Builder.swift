import QHostInterfaces

/// What the potentials of the packets are made from.
enum Builder: String {
  /// Cuts, but shared samples in boxes of many parameters without fast cuts; subspace where cuts stall.
  case auto
  /// Losses along one parameter, all others at their means.
  case cut
  /// Losses of points from all packets' product density.
  case shared
  /// Shared samples, then cuts along learned directions.
  case subspace

  /// What users can set.
  static let parameters: [ParameterDescriptor] = [
    .choice(
      "builder", default: "auto",
      of: [
        .init(
          "auto",
          "Cuts, and subspace where they stall; shared in large boxes without fast cuts."),
        .init("cut", "Losses along one parameter, all others at their means."),
        .init("shared", "Losses of points drawn from all packets at once serve all potentials."),
        .init("subspace", "Shared samples, then cuts along learned directions."),
      ], "What the potentials are made from.")
  ]
}
