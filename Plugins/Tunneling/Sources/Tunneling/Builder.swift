import QHostInterfaces

/// What the potentials of the packets are made from.
enum Builder: String {
  /// Cuts where they are fast or parameters few, shared samples else; see ``Tunneling/firstBuilder(_:_:)``.
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
          "Cuts where they are fast or parameters few, subspace where they stall; shared else."),
        .init("cut", "Losses along one parameter, all others at their means."),
        .init("shared", "Losses of points drawn from all packets at once serve all potentials."),
        .init("subspace", "Shared samples, then cuts along learned directions."),
      ], "What the potentials are made from.")
  ]
}
