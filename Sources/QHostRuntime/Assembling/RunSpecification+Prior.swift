internal import Logging
internal import QHostInterfaces

extension RunSpecification {
  /// An optimizer's parameter of this name is the deprecated name of ``RunSpecification/prior``: a prior that one
  /// optimizer has of its own makes it minimise something else than the others.
  private static let deprecatedName = "prior_width"

  /// The specification whose prior is what the deprecated name says, where it is used.
  ///
  /// - Parameters:
  ///   - optimizer: the optimizer's plan.
  ///   - logger: is told.
  /// - Returns: the specification; the setting stays in it.
  /// - Throws: kind `usage` when both names are used for different widths.
  func withPrior(
    of optimizer: ComponentPlan, _ logger: Logger
  ) throws(RunError) -> RunSpecification {
    let key = "optimizer.\(Self.deprecatedName)"
    guard settings[key] != nil,
      case .real(let width)? = optimizer.configuration.values[Self.deprecatedName], width > 0
    else { return self }
    if let prior, prior != width {
      throw RunError(
        .usage,
        "--prior is \(prior) and '\(key)', its deprecated name, is \(width); give --prior alone")
    }
    if prior == nil {
      logger.notice(
        "'\(key)' is the deprecated name of --prior, which means the same for every optimizer; use that"
      )
    }
    var specification = self
    specification.prior = width
    return specification
  }
}
