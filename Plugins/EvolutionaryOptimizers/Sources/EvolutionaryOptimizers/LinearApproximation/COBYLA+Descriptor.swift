public import QHostInterfaces

extension COBYLA {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "cobyla",
    summary: "Powell's linear models of the loss in a trust region, with steps that cost n².",
    source: "Powell, Advances in Optimization and Numerical Analysis, 1994, p. 51",
    parameters: [
      .positive(
        "rho_begin", default: 1, tunable: true,
        "The first radius of the trust region, in units of the problem's scales."),
      .positive(
        "rho_end", default: 1e-6,
        "The last radius: what it finds is about as exact, in units of the problem's scales."),
    ])
}
