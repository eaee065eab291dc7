import QHostInterfaces

/// An algorithm of NLopt: what users type, what NLopt calls it, and what it needs.
struct NLoptAlgorithm: Sendable {
  /// The name on the command line.
  let name: String
  /// NLopt's constant, without its prefix.
  let constant: String
  /// What it does, in one sentence.
  let documentation: String
  /// Whether it searches between bounds, and needs both of each parameter.
  var needsBounds = false
  /// The parameters that it needs at least.
  var leastDimension = 1
  /// The numbers that it keeps, over the square of the number of parameters.
  var squares = 0

  /// Whether it follows a gradient.
  var needsGradient: Bool { Self.descents.contains { $0.constant == constant } }
  var choice: ParameterDescriptor.Choice { .init(name, documentation) }

  static let cobyla = NLoptAlgorithm(
    name: "cobyla", constant: "LN_COBYLA",
    documentation: "Linear models of the loss in a trust region (Powell 1994).", squares: 3)

  /// Those that need losses only.
  static let searches = [
    cobyla,
    NLoptAlgorithm(
      name: "bobyqa", constant: "LN_BOBYQA",
      documentation: "Quadratic models within bounds (Powell 2009).", leastDimension: 2,
      squares: 8),
    NLoptAlgorithm(
      name: "praxis", constant: "LN_PRAXIS",
      documentation: "Line searches along principal axes (Brent 1973).", squares: 2),
    NLoptAlgorithm(
      name: "nelder-mead", constant: "LN_NELDERMEAD",
      documentation: "A simplex that is reflected and shrunk (Nelder, Mead 1965).", squares: 1),
    NLoptAlgorithm(
      name: "sbplx", constant: "LN_SBPLX",
      documentation: "Simplex searches in subspaces (after Rowan's Subplex 1990)."),
    NLoptAlgorithm(
      name: "direct-l", constant: "GN_DIRECT_L",
      documentation: "Divides the box into ever smaller ones (Gablonsky, Kelley 2001).",
      needsBounds: true),
    NLoptAlgorithm(
      name: "crs2", constant: "GN_CRS2_LM",
      documentation: "Controlled random search with local mutation (Kaelo, Ali 2006).",
      needsBounds: true, squares: 10),
    NLoptAlgorithm(
      name: "isres", constant: "GN_ISRES",
      documentation: "An evolution strategy with ranking (Runarsson, Yao 2005).",
      needsBounds: true, squares: 40),
    NLoptAlgorithm(
      name: "esch", constant: "GN_ESCH",
      documentation: "An evolutionary algorithm with Cauchy mutation (da Silva Santos 2010).",
      needsBounds: true),
    NLoptAlgorithm(
      name: "mlsl", constant: "GN_MLSL_LDS",
      documentation: "COBYLA from many starts of a Sobol sequence (Rinnooy Kan, Timmer 1987).",
      needsBounds: true, squares: 3),
  ]

  /// Those that need gradients.
  static let descents = [
    NLoptAlgorithm(
      name: "lbfgs", constant: "LD_LBFGS",
      documentation: "Limited-memory BFGS (Nocedal 1980; Liu, Nocedal 1989)."),
    NLoptAlgorithm(
      name: "slsqp", constant: "LD_SLSQP",
      documentation: "Sequential least squares (Kraft 1994).", squares: 2),
    NLoptAlgorithm(
      name: "mma", constant: "LD_MMA",
      documentation: "The method of moving asymptotes (Svanberg 2002)."),
    NLoptAlgorithm(
      name: "ccsaq", constant: "LD_CCSAQ",
      documentation: "Conservative separable quadratic models (Svanberg 2002)."),
    NLoptAlgorithm(
      name: "tnewton", constant: "LD_TNEWTON_PRECOND_RESTART",
      documentation: "Truncated Newton with preconditioning and restarts (Dembo, Steihaug 1983)."),
    NLoptAlgorithm(
      name: "var2", constant: "LD_VAR2",
      documentation: "Shifted limited-memory variable metric, rank 2 (Vlcek, Luksan 2006)."),
  ]

  /// The one of a list that a configuration names.
  static func chosen(
    by configuration: Configuration, from list: [NLoptAlgorithm]
  ) -> NLoptAlgorithm {
    let name = configuration.choice("algorithm")
    guard let found = list.first(where: { $0.name == name }) else {
      preconditionFailure("'\(name)' was checked to be an algorithm")
    }
    return found
  }
}
