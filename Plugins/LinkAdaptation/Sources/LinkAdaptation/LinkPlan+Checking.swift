internal import CLinkAdaptation
internal import QHostRadio

extension LinkPlan {
  /// The part of new transport blocks that is lost at a ratio in dB, by the tables.
  package func errorRate(size: Int, scheme: Int, ratio: Double) -> Double {
    1 - Double(qhost_kernel_link_success(start, Int32(size), Int32(scheme), 1, Float(ratio)))
  }

  /// The effective ratio in dB of several, by the tables.
  package func effectiveRatio(_ ratios: [Double], bitsPerSymbol: Int) -> Double {
    let linear = ratios.map { Float(Decibel.linear($0)) }
    return Double(
      qhost_kernel_link_effective(
        start, linear, Int32(linear.count), Int32(bitsPerSymbol / 2 - 1)))
  }
}

extension LinkEpisode {
  /// Power gains of all slots at the first point, without interference and noise.
  package func gains() -> [Double] {
    var gains = Array(repeating: Float(0), count: LinkPlan.slotCount)
    qhost_kernel_link_gains(plan.start, key, index, Int32(gains.count), &gains)
    return gains.map(Double.init)
  }
}
