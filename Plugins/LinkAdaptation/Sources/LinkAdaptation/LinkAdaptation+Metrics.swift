internal import CLinkAdaptation
public import QHostInterfaces

extension LinkAdaptation: MetricProviding {
  /// What the model's choices come to where the teacher was, and who plays in the loop.
  public var metricDescriptions: [MetricDescription] {
    [
      MetricDescription(
        "agreement", .higher, "Part of rows in which the model's highest output is the teacher's."),
      MetricDescription(
        "throughput_share", .higher,
        "Bits a slot that the model's blocks are expected to bring in the teacher's states, over "
          + "what the teacher's bring; not known of training rows."),
      MetricDescription(
        "error_difference", .neutral,
        "Part of first transmissions expected to be lost, less the teacher's; not known of training rows."
      ),
    ] + (player == nil ? [] : Self.loopDescriptions)
  }

  private static let loopDescriptions = [
    MetricDescription(
      "loop_throughput", unit: "bit", .higher,
      "Bits of a symbol and slot when the player plays the test episodes."),
    MetricDescription(
      "loop_error_rate", .neutral, "Part of its first transmissions that are lost."),
    MetricDescription(
      "loop_teacher_share", .higher, "Its throughput over the teacher's, in the same episodes."),
    MetricDescription(
      "loop_closed", .higher,
      "Part of the genie's lead over the tuned outer loop that it closes, in the same episodes."),
    MetricDescription(
      "loop_outer_share", .higher,
      "Its throughput over the tuned outer loop's, in the same episodes."),
  ]

  /// Measures all; those in the loop of the test split alone.
  public func measure(_ sample: MetricSample) throws(ComponentError) -> [MetricValue] {
    guard let table = tables[sample.split], !sample.rows.isEmpty else {
      throw .data("the \(sample.split) split has no rows to measure anything on")
    }
    let count = sample.rows.count
    let isKnown = !table.futures.isEmpty
    var agreed = 0
    var (own, teachers) = (Sums(), Sums())
    for (place, row) in sample.rows.enumerated() {
      var best = 0
      for m in 1..<StateTable.schemeCount
      where sample.outputs[m * count + place] > sample.outputs[best * count + place] { best = m }
      let choice = table.choice(row)
      agreed += best == choice ? 1 : 0
      guard isKnown else { continue }
      teachers.add(table.outcome(row, scheme: choice, plan))
      own.add(table.outcome(row, scheme: best, plan))
    }
    let part = Double(agreed) / Double(count)
    let error = (part * (1 - part) / Double(count)).squareRoot()
    return [
      MetricValue(part, standardError: error),
      MetricValue(isKnown ? own.rate / teachers.rate : -.infinity),
      MetricValue(isKnown ? (own.lost - teachers.lost) / Double(count) : .infinity),
    ] + loopValues(sample.split)
  }

  /// What blocks are expected to come to.
  private struct Sums {
    var bits = 0.0
    var slots = 0.0
    var lost = 0.0

    var rate: Double { bits / slots }

    mutating func add(_ outcome: qhost_kernel_link_outcome) {
      bits += Double(outcome.bits)
      slots += Double(outcome.slots)
      lost += Double(outcome.first_lost)
    }
  }

  private func loopValues(_ split: Split) -> [MetricValue] {
    guard let player else { return [] }
    guard split == .test else {
      return [-.infinity, .infinity, -.infinity, -.infinity, -.infinity].map { MetricValue($0) }
    }
    var contest = LinkContest(
      plan, key: LinkEpisode.key(seed: settings.seed, "contest"), count: settings.episodeCount)
    switch player {
    case .policy(let policy): contest.add("player", policy)
    case .teacher: contest.add("player", teacher)
    case .student(let student): contest.add("player", student)
    case .network(let network): contest.add("player", network)
    case .clairvoyant(let clairvoyant): contest.add("player", clairvoyant)
    }
    contest.add("teacher", teacher)
    contest.add("outer", .tunedOuter)
    contest.add("genie", .genie)
    return [
      contest.value { $0("player") },
      MetricValue(contest.row("player")?.errorRate ?? 0),
      contest.value { $0("player") / $0("teacher") },
      contest.value { ($0("player") - $0("outer")) / ($0("genie") - $0("outer")) },
      contest.value { $0("player") / $0("outer") },
    ]
  }
}
