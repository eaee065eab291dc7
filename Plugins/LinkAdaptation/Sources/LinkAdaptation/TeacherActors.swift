internal import CLinkAdaptation
internal import QHostMemory
internal import QHostRandomness

/// Links on which the network that learns plays, many in step; what they meet is remembered.
final class TeacherActors {
  /// The last block of a process whose worth is not yet noted.
  private struct Begun {
    var slot = -1
    var state = Array(repeating: Float(0), count: Teacher.inputCount)
  }

  private static let processCount = Int(QHOST_KERNEL_LINK_PROCESSES)
  /// Slots after a block's first that have to be there for its worth to be known.
  private static let reach = (Int(QHOST_KERNEL_LINK_ROUNDS) - 1) * processCount

  private let training: TeacherTraining
  private let plan: LinkPlan
  private let key: UInt64
  private let episodes: [LinkEpisode]
  private var begun: [[Begun]]
  private var nextEpisode = 0
  private var turn = 0
  private let scaled, values, scratch: AlignedBuffer<Float>
  private var draws: [Double]
  private var isAsked: [Bool]

  init(_ training: TeacherTraining, _ plan: LinkPlan) {
    self.training = training
    self.plan = plan
    key = LinkEpisode.key(seed: training.seed, "actors")
    let lanes = training.laneCount
    episodes = (0..<lanes).map { _ in LinkEpisode(plan) }
    begun = Array(
      repeating: Array(repeating: Begun(), count: Self.processCount), count: lanes)
    scaled = AlignedBuffer(count: Teacher.inputCount * lanes)
    values = AlignedBuffer(count: Teacher.schemeCount * lanes)
    scratch = AlignedBuffer(count: Teacher.scratchCount * lanes)
    draws = Array(repeating: 0, count: 2 * lanes)
    isAsked = Array(repeating: false, count: lanes)
    for lane in 0..<lanes {
      restart(lane)
      // Lanes are at different slots, so that what is learned from has all of them.
      for _ in 0..<(lane * LinkPlan.slotCount / lanes) {
        _ = qhost_kernel_link_listen(episodes[lane].link)
        qhost_kernel_link_play(episodes[lane].link, 0)
      }
    }
  }

  private func restart(_ lane: Int) {
    episodes[lane].draw(
      key: LinkEpisode.key(seed: training.seed, "training"), index: nextEpisode)
    nextEpisode += 1
    for process in 0..<Self.processCount { begun[lane][process].slot = -1 }
  }

  /// Plays a slot of every link.
  ///
  /// - Parameters:
  ///   - weights: of the network.
  ///   - part: the part of choices that are not the network's: any scheme, or after the beginning mostly one of those near.
  ///   - memory: takes what is met.
  func play(_ weights: UnsafePointer<Float>, exploring part: Double, into memory: TeacherMemory) {
    let lanes = training.laneCount
    var state = Array(repeating: Float(0), count: Teacher.inputCount)
    for lane in 0..<lanes {
      if Int(episodes[lane].link.pointee.slot) >= LinkPlan.slotCount { restart(lane) }
      isAsked[lane] = qhost_kernel_link_listen(episodes[lane].link) != 0
      guard isAsked[lane] else { continue }
      qhost_kernel_link_observe(episodes[lane].link, &state)
      qhost_kernel_link_scale(state, scaled.start + lane, lanes)
    }
    qhost_kernel_link_values(weights, lanes, scaled.start, scratch.start, values.start)
    draws.withUnsafeMutableBufferPointer {
      RandomFill.uniform(key: key, step: UInt64(turn), index: 0, $0)
    }
    turn += 1
    for lane in 0..<lanes {
      var scheme = 0
      if isAsked[lane] {
        scheme = choose(lane, exploring: part)
        note(lane, into: memory)
      }
      qhost_kernel_link_play(episodes[lane].link, Int32(scheme))
    }
  }

  private func choose(_ lane: Int, exploring part: Double) -> Int {
    let lanes = training.laneCount
    var best = 0
    for m in 1..<Teacher.schemeCount
    where values.start[m * lanes + lane] > values.start[best * lanes + lane] { best = m }
    let (whether, which) = (draws[2 * lane], draws[2 * lane + 1])
    guard whether < part else { return best }
    // A fifth of what is explored, or all of it at first, is any scheme.
    if part > 0.5 || whether < 0.2 * part { return Int(which * Double(Teacher.schemeCount)) }
    return min(max(best + Int(which * 7) - 3, 0), Teacher.schemeCount - 1)
  }

  /// Notes the process's last block, now that its next state is known, and begins another one.
  private func note(_ lane: Int, into memory: TeacherMemory) {
    let lanes = training.laneCount
    let episode = episodes[lane]
    let slot = Int(episode.link.pointee.slot)
    let process = slot % Self.processCount
    let (inputs, schemes) = (Teacher.inputCount, Teacher.schemeCount)
    let start = begun[lane][process].slot
    if start >= 0, start + Self.reach < LinkPlan.slotCount {
      let item = memory.add()
      for i in 0..<inputs {
        item[i] = begun[lane][process].state[i]
        item[inputs + i] = scaled.start[i * lanes + lane]
      }
      var future = qhost_kernel_link_future()
      qhost_kernel_link_foresee(episode.trace, Int32(start), &future)
      qhost_kernel_link_hindsight(
        plan.start, episode.trace.pointee.scene.size, &future, Float(training.discount),
        item + 2 * inputs, item + 2 * inputs + schemes)
    }
    begun[lane][process].slot = slot
    for i in 0..<inputs { begun[lane][process].state[i] = scaled.start[i * lanes + lane] }
  }
}
