import Glibc

/// Processor time of this thread, the median of some rounds.
struct Stopwatch {
  /// Samples of each, at least 1.
  let rounds: Int
  /// How long a sample takes, about.
  let milliseconds: Double

  /// Nanoseconds of a call of each, sampled in turn.
  func nanoseconds(_ bodies: [() throws -> Void]) throws -> [Double] {
    let calls = try bodies.map(calls)
    var samples = [[Double]](repeating: [], count: bodies.count)
    for _ in 0..<rounds {
      for (place, body) in bodies.enumerated() {
        samples[place].append(try Self.time(body, calls[place]))
      }
    }
    return samples.map(Self.median)
  }

  /// How many calls fill a sample; finding that out warms up.
  private func calls(_ body: () throws -> Void) throws -> Int {
    try body()
    var calls = 1
    while true {
      let total = try Self.time(body, calls) * Double(calls)
      if total >= milliseconds * 0.5e6 || calls >= 1 << 24 {
        return max(1, Int(Double(calls) * milliseconds * 1e6 / max(total, 1)))
      }
      calls *= 2
    }
  }

  private static func time(_ body: () throws -> Void, _ calls: Int) throws -> Double {
    let start = clock()
    for _ in 0..<calls { try body() }
    return Double(clock() - start) / Double(calls)
  }

  private static func clock() -> Int {
    var now = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now)
    return now.tv_sec * 1_000_000_000 + now.tv_nsec
  }

  private static func median(_ samples: [Double]) -> Double {
    let sorted = samples.sorted()
    return 0.5 * (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2])
  }
}
