import Glibc

/// What a duel took: nanoseconds of processor time of this thread, of a call, the median of some rounds.
struct Measurement: Encodable {
  var kernel: String
  var twin: String
  var shape: String
  var nanoseconds: Double
  var twinNanoseconds: Double
  /// The twin's time over the kernel's.
  var ratio: Double
  /// Largest minus smallest sample of the kernel, over the median.
  var spread: Double
  /// How far results lie apart, relative to the largest.
  var difference: Double

  /// Warms both up, then samples them in turn.
  ///
  /// - Parameters:
  ///   - duel: what is measured.
  ///   - milliseconds: how long a sample takes, about.
  ///   - rounds: samples of each, at least 1.
  init(_ duel: Duel, milliseconds: Double, rounds: Int) {
    duel.run()
    duel.plain()
    difference = duel.difference()
    let calls = Self.calls(duel.run, milliseconds)
    let plainCalls = Self.calls(duel.plain, milliseconds)
    var samples: [Double] = []
    var plainSamples: [Double] = []
    for _ in 0..<rounds {
      samples.append(Self.time(duel.run, calls))
      plainSamples.append(Self.time(duel.plain, plainCalls))
    }
    (kernel, twin, shape) = (duel.kernel, duel.twin, duel.shape)
    nanoseconds = Self.median(samples)
    twinNanoseconds = Self.median(plainSamples)
    ratio = twinNanoseconds / nanoseconds
    spread = ((samples.max() ?? 0) - (samples.min() ?? 0)) / nanoseconds
  }

  /// How many calls fill a sample; finding that out is the warm-up.
  private static func calls(_ body: () -> Void, _ milliseconds: Double) -> Int {
    var calls = 1
    while true {
      let total = time(body, calls) * Double(calls)
      if total >= milliseconds * 0.5e6 || calls >= 1 << 24 {
        return max(1, Int(Double(calls) * milliseconds * 1e6 / max(total, 1)))
      }
      calls *= 2
    }
  }

  private static func time(_ body: () -> Void, _ calls: Int) -> Double {
    let start = clock()
    for _ in 0..<calls { body() }
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
