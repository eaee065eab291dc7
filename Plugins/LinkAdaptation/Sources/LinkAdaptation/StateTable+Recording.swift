internal import CLinkAdaptation
internal import QHostInterfaces
internal import QHostRandomness

extension StateTable {
  /// Episodes that are played in step, and chunks that are played before rows are counted.
  private static let laneCount = 32
  private static let waveCount = 8
  /// Choices from which one is taken: neighbours are almost the same.
  private static let stride = 4

  /// Plays episodes of a split by the teacher until there are enough rows; a split's episodes are its own.
  ///
  /// In training a tenth of choices is a scheme near the teacher's, so that rows are there beside its own path.
  ///
  /// - Throws: severity `cancelled` when the user asked to stop.
  static func record(
    _ split: Split, _ settings: LinkSettings, _ plan: LinkPlan, _ teacher: Teacher,
    host: any HostServices
  ) throws(ComponentError) -> StateTable {
    let wanted = settings.rowCount(split)
    var table = StateTable()
    var first = 0
    while table.rowCount < wanted {
      // At least half of all choices are of new blocks: so many chunks are enough, or too few by far.
      let expected = laneCount * LinkPlan.slotCount / (2 * stride)
      let count = min(waveCount, (wanted - table.rowCount + expected - 1) / expected)
      let (start, chunks) = (first, Chunks(count: count))
      host.parallelFor(count) { chunk in
        guard !host.isCancelled else { return }
        chunks.tables[chunk] = play(
          split, settings, plan, teacher, chunk: start + chunk, isStopped: { host.isCancelled })
      }
      guard !host.isCancelled else {
        throw ComponentError("the episodes were not all played", severity: .cancelled)
      }
      for chunk in 0..<count { table.append(chunks.tables[chunk], upTo: wanted) }
      first += count
      host.progress(Double(table.rowCount) / Double(wanted), "playing \(split) episodes")
    }
    return table
  }

  /// Where threads write, each in a table of its own.
  private final class Chunks: @unchecked Sendable {
    let tables: UnsafeMutablePointer<StateTable>
    private let count: Int

    init(count: Int) {
      self.count = count
      tables = .allocate(capacity: count)
      tables.initialize(repeating: StateTable(), count: count)
    }

    deinit {
      tables.deinitialize(count: count)
      tables.deallocate()
    }
  }

  private static func play(
    _ split: Split, _ settings: LinkSettings, _ plan: LinkPlan, _ teacher: Teacher, chunk: Int,
    isStopped: () -> Bool
  ) -> StateTable {
    let key = LinkEpisode.key(seed: settings.seed, "\(split)")
    let loop = LinkLoop(plan, key: key, first: chunk * laneCount, count: laneCount)
    let exploration = Exploration(
      key: LinkEpisode.key(seed: settings.seed, "\(split).exploring"), chunk: chunk,
      part: split == .train ? 0.1 : 0)
    let reach = (Int(QHOST_KERNEL_LINK_ROUNDS) - 1) * Int(QHOST_KERNEL_LINK_PROCESSES)
    var table = StateTable()
    var count = 0
    _ = loop.play(teacher, isStopped: isStopped) { episode, inputs, scheme in
      defer { count += 1 }
      let slot = Int(episode.link.pointee.slot)
      if count % stride == 0, slot + reach < LinkPlan.slotCount {
        table.inputs += UnsafeBufferPointer(start: inputs, count: inputCount)
        if split != .train {
          var future = qhost_kernel_link_future()
          qhost_kernel_link_foresee(episode.trace, Int32(slot), &future)
          withUnsafeBytes(of: &future) { table.futures += $0.bindMemory(to: Float.self) }
        }
      }
      return exploration.scheme(count, scheme)
    }
    // Of a table that is left unfinished nobody asks.
    if !isStopped() { table.values = teacher.values(table.inputs) }
    return table
  }

  /// Now and then another scheme, up to three away.
  private struct Exploration {
    let key: UInt64
    let chunk: Int
    let part: Double

    func scheme(_ choice: Int, _ scheme: Int32) -> Int32 {
      guard part > 0 else { return scheme }
      let block = Philox.block(
        counter: (UInt32(truncatingIfNeeded: choice), UInt32(truncatingIfNeeded: chunk), 0, 0),
        key: (UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32)))
      guard Double(block.0) < part * 0x1p32 else { return scheme }
      return min(max(scheme + Int32(block.1 % 7) - 3, 0), Int32(schemeCount) - 1)
    }
  }
}
