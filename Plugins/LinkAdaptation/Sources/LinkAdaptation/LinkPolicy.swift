internal import CLinkAdaptation

/// Ways to choose schemes that learn nothing beforehand.
package struct LinkPolicy: Sendable {
  let settings: qhost_kernel_link_policy

  /// One scheme.
  package static func fixed(_ scheme: Int) -> LinkPolicy {
    LinkPolicy(
      make {
        $0.kind = Int32(QHOST_KERNEL_LINK_FIXED)
        $0.scheme = Int32(scheme)
      })
  }

  /// The highest scheme whose blocks would be lost in at most a tenth at the ratio reported.
  package static func inner(bands: Bool = false) -> LinkPolicy {
    LinkPolicy(
      make {
        $0.kind = Int32(QHOST_KERNEL_LINK_INNER)
        $0.uses_bands = bands ? 1 : 0
      })
  }

  /// The same with an offset that keeps lost first transmissions at a target.
  ///
  /// - Parameters:
  ///   - target: T, above 0 and below 1.
  ///   - step: dB after a lost block.
  ///   - bands: whether the allocation's worst and best band are taken for the report, and not all bands.
  /// - Returns: the policy.
  package static func outer(
    target: Double = 0.1, step: Double = 1, bands: Bool = false
  ) -> LinkPolicy {
    LinkPolicy(
      make {
        $0.kind = Int32(QHOST_KERNEL_LINK_OUTER)
        $0.target = Float(target)
        $0.step = Float(step)
        $0.uses_bands = bands ? 1 : 0
      })
  }

  /// The ratio is inferred from acknowledgements by cross-entropy, with that step of six which has predicted best.
  ///
  /// After R. Wiesmayr and others, *SALAD: Self-adaptive link adaptation*, arXiv 2510.05784, 2025. Deviations: the step is taken by the
  /// discounted cross-entropy of what each had predicted, not by a teacher's smoothed ratios; `reports` infers an offset to reports instead.
  package static func salad(
    target: Double = 0.1, width: Double = 0.4, reports: Bool = false
  ) -> LinkPolicy {
    LinkPolicy(
      make {
        $0.kind = Int32(QHOST_KERNEL_LINK_SALAD)
        $0.target = Float(target)
        $0.width = Float(width)
        $0.gain = 0.02
        $0.probe_part = 0.15
        $0.probe_target = 0.95
        $0.uses_reports = reports ? 1 : 0
        $0.uses_bands = 1
      })
  }

  /// The outer loop of the target, step and report that were best on 600 validation episodes.
  package static let tunedOuter = outer(target: 0.8, step: 0.25)

  /// SALAD, likewise.
  package static let tunedSalad = salad(target: 0.5, width: 1)

  /// The scheme of most expected bits, by the slot's true information.
  package static let genie = LinkPolicy(make { $0.kind = Int32(QHOST_KERNEL_LINK_GENIE) })

  private init(_ settings: qhost_kernel_link_policy) { self.settings = settings }

  private static func make(
    _ change: (inout qhost_kernel_link_policy) -> Void
  ) -> qhost_kernel_link_policy {
    var settings = qhost_kernel_link_policy()
    change(&settings)
    return settings
  }
}
