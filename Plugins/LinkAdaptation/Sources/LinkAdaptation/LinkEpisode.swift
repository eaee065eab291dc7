internal import CLinkAdaptation
internal import QHostRandomness

/// One episode: its trace, and a link that runs on it.
package final class LinkEpisode {
  let plan: LinkPlan
  let trace: UnsafeMutablePointer<qhost_kernel_link_trace>
  let link: UnsafeMutablePointer<qhost_kernel_link>
  /// Stream and number of the episode.
  private(set) var key: UInt64 = 0
  private(set) var index: UInt64 = 0
  /// What no base station knows; `nil`: it is not asked for.
  let insight: LinkInsight?
  private let scratch: UnsafeMutablePointer<Double>
  private let informations: UnsafeMutablePointer<Float>
  private let reports: UnsafeMutablePointer<qhost_kernel_link_report>

  /// Makes room for an episode; ``draw(key:index:)`` comes next.
  package init(_ plan: LinkPlan, hasInsight: Bool = false) {
    self.plan = plan
    insight = hasInsight ? LinkInsight() : nil
    let slots = LinkPlan.slotCount
    let total = slots + Int(QHOST_KERNEL_LINK_LEAD)
    trace = .allocate(capacity: 1)
    link = .allocate(capacity: 1)
    scratch = .allocate(capacity: 3 * total)
    informations = .allocate(capacity: slots * Int(QHOST_KERNEL_LINK_ORDERS))
    reports = .allocate(capacity: total)
    trace.initialize(to: qhost_kernel_link_trace())
    link.initialize(to: qhost_kernel_link())
    trace.pointee.luck = .allocate(capacity: slots)
    trace.pointee.reports = reports
    trace.pointee.insight = insight?.insight
    trace.pointee.information = UnsafeMutableRawPointer(informations).assumingMemoryBound(
      to: (Float, Float, Float, Float).self)
  }

  deinit {
    trace.pointee.luck.deallocate()
    trace.deallocate()
    link.deallocate()
    scratch.deallocate()
    informations.deallocate()
    reports.deallocate()
  }

  /// The stream of random numbers of a seed and a purpose.
  package static func key(seed: Int, _ purpose: String) -> UInt64 {
    Philox.key(seed: UInt64(bitPattern: Int64(seed)), component: "mcs.\(purpose)")
  }

  /// Draws the episode of a stream, and begins.
  package func draw(key: UInt64, index: Int) {
    self.key = key
    self.index = UInt64(index)
    qhost_kernel_link_trace_make(plan.start, key, self.index, scratch, trace)
    begin()
  }

  /// Goes back to the first slot.
  package func begin() { qhost_kernel_link_begin(plan.start, trace, link) }

  /// Plays the rest of the episode by a policy, and says what came of it.
  package func run(_ policy: LinkPolicy) -> LinkResult {
    begin()
    withUnsafePointer(to: policy.settings) { qhost_kernel_link_run($0, link) }
    return result
  }

  /// What came of the slots played.
  package var result: LinkResult {
    LinkResult(
      throughput: link.pointee.delivered / Double(max(link.pointee.slot_count, 1)),
      firstCount: Int(link.pointee.first_count), firstLost: Int(link.pointee.first_lost))
  }

  /// The speed in km/h.
  package var speed: Double { Double(trace.pointee.scene.speed) }

  /// The mean signal-to-noise ratio in dB, without interference.
  package var meanRatio: Double { Double(trace.pointee.scene.snr) }
}
