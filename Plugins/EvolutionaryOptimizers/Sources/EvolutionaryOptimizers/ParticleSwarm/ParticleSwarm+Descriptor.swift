public import QHostInterfaces

extension ParticleSwarm {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "pso",
    summary: "The standard particle swarm of 2011.",
    source: "Kennedy, Eberhart, ICNN 1995; Clerc, 2012; Zambrano-Bigiarini, Clerc, Rojas, CEC 2013",
    parameters: [
      .integer("population", default: 40, in: 2...65536, tunable: true, "Particles."),
      .choice(
        "topology", default: "random",
        of: [
          .init("random", "Three at random, drawn again when nothing better was found."),
          .init("ring", "Its two neighbours on a ring."),
          .init("global", "All."),
        ], tunable: true, "Whom a particle tells of its best point."),
      .real(
        "inertia", default: 0.7213475204444817, in: 0...1, tunable: true,
        "The fraction of its velocity that a particle keeps, w."),
      .real(
        "attraction", default: 1.1931471805599454, in: 0...4, tunable: true,
        "How strongly the best points attract, c."),
    ])
}
