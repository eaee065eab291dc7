internal import CLinkAdaptation
internal import QHostMemory

/// What no base station knows of an episode: memory for it, filled as the episode is drawn.
final class LinkInsight {
  let insight: UnsafeMutablePointer<qhost_kernel_link_insight>
  private let levels: AlignedBuffer<Float>
  private let bursts: AlignedBuffer<Int32>
  private let taps: AlignedBuffer<Float>

  /// Makes room.
  init() {
    let slots = LinkPlan.slotCount
    let total = slots + Int(QHOST_KERNEL_LINK_LEAD)
    levels = AlignedBuffer(count: slots * 2 * Int(QHOST_KERNEL_LINK_ORDERS))
    bursts = AlignedBuffer(count: total)
    taps = AlignedBuffer(count: total * 2 * Int(QHOST_KERNEL_LINK_TAPS))
    insight = .allocate(capacity: 1)
    insight.initialize(to: qhost_kernel_link_insight())
    insight.pointee.levels = Self.rebound(levels.start)
    insight.pointee.bursts = bursts.start
    insight.pointee.taps = Self.rebound(taps.start)
  }

  deinit { insight.deallocate() }

  /// The type that C's arrays of arrays have here.
  private static func rebound<Element>(
    _ start: UnsafeMutablePointer<Float>
  ) -> UnsafeMutablePointer<Element> {
    UnsafeMutableRawPointer(start).assumingMemoryBound(to: Element.self)
  }

  /// Whether there is interference in a slot, from 0 on or before it.
  func isDisturbed(_ slot: Int) -> Bool { bursts.start[slot + Int(QHOST_KERNEL_LINK_LEAD)] != 0 }
}
