internal import CLinkAdaptation
internal import QHostMemory

/// Chooses schemes for many links at once by what is known of each.
package protocol LinkChooser: Sendable {
  /// Writes a scheme for each of B inputs [B × 15].
  func choose(_ inputs: UnsafeBufferPointer<Float>, into schemes: inout [Int32])
}

extension Teacher: LinkChooser {
  /// The scheme of the highest value.
  package func choose(_ inputs: UnsafeBufferPointer<Float>, into schemes: inout [Int32]) {
    let rows = inputs.count / Self.inputCount
    guard rows > 0, let first = inputs.baseAddress else { return }
    let memory = AlignedBuffer<Float>(
      count: rows * (Self.inputCount + Self.schemeCount + Self.scratchCount))
    let values = memory.start + rows * Self.inputCount
    for row in 0..<rows {
      qhost_kernel_link_scale(first + row * Self.inputCount, memory.start + row, rows)
    }
    self.values(rows, scaled: memory.start, scratch: values + rows * Self.schemeCount, into: values)
    for row in 0..<rows {
      var best = 0
      for m in 1..<Self.schemeCount where values[m * rows + row] > values[best * rows + row] {
        best = m
      }
      schemes[row] = Int32(best)
    }
  }
}

/// Episodes that are played in step by one chooser.
package struct LinkLoop {
  let episodes: [LinkEpisode]

  /// Draws `count` episodes of a stream, beginning with `first`.
  package init(_ plan: LinkPlan, key: UInt64, first: Int, count: Int) {
    episodes = (0..<count).map { index in
      let episode = LinkEpisode(plan)
      episode.draw(key: key, index: first + index)
      return episode
    }
  }

  /// Plays all to their end, or until the user asks to stop.
  ///
  /// - Parameters:
  ///   - chooser: who chooses.
  ///   - isStopped: whether the user has asked to stop; looked at before each slot.
  ///   - visit: told of each choice before it is played: the episode and the inputs [15]; what it returns is played.
  /// - Returns: what came of each.
  package func play(
    _ chooser: some LinkChooser, isStopped: () -> Bool = { false },
    visit: (LinkEpisode, UnsafePointer<Float>, Int32) -> Int32 = { $2 }
  ) -> [LinkResult] {
    let width = Teacher.inputCount
    let inputs = AlignedBuffer<Float>(count: episodes.count * width)
    var schemes = Array(repeating: Int32(0), count: episodes.count)
    var asked: [Int] = []
    for episode in episodes { episode.begin() }
    for _ in 0..<LinkPlan.slotCount {
      if isStopped() { break }
      asked.removeAll(keepingCapacity: true)
      for (index, episode) in episodes.enumerated() {
        if qhost_kernel_link_listen(episode.link) != 0 {
          qhost_kernel_link_observe(episode.link, inputs.start + asked.count * width)
          asked.append(index)
        } else {
          qhost_kernel_link_play(episode.link, 0)
        }
      }
      chooser.choose(
        UnsafeBufferPointer(start: inputs.start, count: asked.count * width), into: &schemes)
      for (row, index) in asked.enumerated() {
        let scheme = visit(episodes[index], inputs.start + row * width, schemes[row])
        qhost_kernel_link_play(episodes[index].link, scheme)
      }
    }
    return episodes.map(\.result)
  }
}
