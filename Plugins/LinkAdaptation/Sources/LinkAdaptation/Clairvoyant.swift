internal import CLinkAdaptation

/// Who knows more than a base station can, to say what is to be had at all.
package enum Clairvoyant: Sendable, Equatable {
  /// All fading, past and to come, and interference with the delay of reports; chooses best by dynamic programming.
  ///
  /// No policy that learns of the channel through reports and acknowledgements alone has more expected bits: it knows less.
  case fading
  /// All parameters, and taps and interference with the delay of reports, without error; taps at so many reports besides.
  ///
  /// It chooses the scheme of most expected bits over 32 drawn futures, less what its transmissions would bring otherwise in the mean of the
  /// episode, which it plays twice. What is seen of fading is taken to be normal: who knew that it is a sum of 8 sinusoids could do better.
  case present(reports: Int)

  /// Plays an episode from its beginning.
  ///
  /// - Parameter episode: drawn with insight.
  /// - Returns: what came of it.
  func play(_ episode: LinkEpisode) -> LinkResult {
    switch self {
    case .fading: return playForeknown(episode).result
    case .present(let reports):
      let first = episode.run(.tunedOuter)
      let second = play(episode, reports: reports, turnWorth: first.throughput)
      return play(episode, reports: reports, turnWorth: second.throughput)
    }
  }

  /// Plays an episode of a stream as ``fading`` does: the throughput that it expects before it begins, and what comes of it.
  package static func foreknown(
    _ plan: LinkPlan, key: UInt64, index: Int
  ) -> (expected: Double, result: LinkResult) {
    let episode = LinkEpisode(plan, hasInsight: true)
    episode.draw(key: key, index: index)
    return Clairvoyant.fading.playForeknown(episode)
  }

  private func playForeknown(_ episode: LinkEpisode) -> (expected: Double, result: LinkResult) {
    typealias Pair<Number> = (Number, Number)
    let count = LinkPlan.slotCount
    let worth = UnsafeMutablePointer<Pair<Double>>.allocate(capacity: count)
    let schemes = UnsafeMutablePointer<Pair<UInt8>>.allocate(capacity: count)
    defer {
      worth.deallocate()
      schemes.deallocate()
    }
    qhost_kernel_link_foreknow(episode.plan.start, episode.trace, worth, schemes)
    let delay = Int(episode.trace.pointee.scene.delay)
    func isDisturbed(_ slot: Int) -> Bool {
      episode.insight?.isDisturbed(slot - delay) ?? false
    }
    let expected = (0..<Int(QHOST_KERNEL_LINK_PROCESSES)).reduce(0) {
      $0 + (isDisturbed($1) ? worth[$1].1 : worth[$1].0)
    }
    let result = play(episode) { Int32(isDisturbed($0) ? schemes[$0].1 : schemes[$0].0) }
    return (expected / Double(count), result)
  }

  private func play(_ episode: LinkEpisode, reports: Int, turnWorth: Double) -> LinkResult {
    play(episode) { _ in
      // A stream of its own, so that its futures have nothing of the episode's.
      qhost_kernel_link_guess(
        episode.link, Int32(reports), Float(turnWorth), ~episode.key, episode.index)
    }
  }

  private func play(_ episode: LinkEpisode, _ choose: (Int) -> Int32) -> LinkResult {
    episode.begin()
    for slot in 0..<LinkPlan.slotCount {
      let isAsked = qhost_kernel_link_listen(episode.link) != 0
      qhost_kernel_link_play(episode.link, isAsked ? choose(slot) : 0)
    }
    return episode.result
  }
}
