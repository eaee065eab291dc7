internal import QHostInterfaces
package import QHostStatistics

/// Policies on the same episodes, and what they differ by.
package struct LinkContest {
  /// A policy's episodes.
  package struct Row: Sendable {
    package let name: String
    package let results: [LinkResult]

    /// The mean over episodes, in bits of a symbol and slot.
    package var throughput: Double {
      results.reduce(0) { $0 + $1.throughput } / Double(results.count)
    }
    /// The part of first transmissions that are lost.
    package var errorRate: Double {
      Double(results.reduce(0) { $0 + $1.firstLost })
        / Double(max(1, results.reduce(0) { $0 + $1.firstCount }))
    }
  }

  /// Rows so far.
  package private(set) var rows: [Row] = []
  /// The mean signal-to-noise ratios of the episodes in dB, and their speeds in km/h.
  package let ratios: [Double]
  package let speeds: [Double]
  private let plan: LinkPlan
  private let key: UInt64
  private let count: Int

  /// Prepares the first episodes of a stream.
  package init(_ plan: LinkPlan, key: UInt64, count: Int) {
    self.plan = plan
    self.key = key
    self.count = count
    let episode = LinkEpisode(plan)
    var ratios: [Double] = []
    var speeds: [Double] = []
    for index in 0..<count {
      episode.draw(key: key, index: index)
      ratios.append(episode.meanRatio)
      speeds.append(episode.speed)
    }
    self.ratios = ratios
    self.speeds = speeds
  }

  /// Plays all episodes by a policy.
  package mutating func add(_ name: String, _ policy: LinkPolicy) {
    let episode = LinkEpisode(plan)
    let results = (0..<count).map { index in
      episode.draw(key: key, index: index)
      return episode.run(policy)
    }
    rows.append(Row(name: name, results: results))
  }

  /// Plays all episodes by who knows more than a base station can.
  package mutating func add(_ name: String, _ clairvoyant: Clairvoyant) {
    let episode = LinkEpisode(plan, hasInsight: true)
    let results = (0..<count).map { index in
      episode.draw(key: key, index: index)
      return clairvoyant.play(episode)
    }
    rows.append(Row(name: name, results: results))
  }

  /// Plays all episodes by a network.
  package mutating func add(_ name: String, _ chooser: some LinkChooser) {
    var results: [LinkResult] = []
    for first in stride(from: 0, to: count, by: 100) {
      let loop = LinkLoop(plan, key: key, first: first, count: min(100, count - first))
      results += loop.play(chooser)
    }
    rows.append(Row(name: name, results: results))
  }

  /// The row of a name.
  package func row(_ name: String) -> Row? { rows.first { $0.name == name } }

  /// A figure of mean throughputs by name, with its standard error: half of the interval of one deviation, over resampled episodes.
  func value(_ figure: ((String) -> Double) -> Double) -> MetricValue {
    let value = figure { name in row(name)?.throughput ?? 0 }
    let interval = interval(level: 0.6827, figure)
    return MetricValue(value, standardError: interval.map { 0.5 * ($0.upper - $0.lower) })
  }

  /// The interval of such a figure, by drawing episodes again.
  package func interval(
    level: Double = Interval.usualLevel, _ figure: ((String) -> Double) -> Double
  ) -> Interval? {
    Bootstrap(level: level, resamples: 1_000).interval(count: count) { places in
      figure { name in
        guard let results = row(name)?.results else { return 0 }
        return places.reduce(0) { $0 + results[$1].throughput } / Double(places.count)
      }
    }
  }
}
