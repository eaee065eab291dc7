#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
internal import QHostInterfaces

/// What drives the units, drawn once.
package struct ReservoirUnits: Sendable {
  /// What units are.
  package enum Kind: Sendable, Equatable {
    /// Leaky integrate-and-fire, so many steps for each value.
    case spiking(steps: Int)
    /// Leaky hyperbolic tangents.
    case tanh
  }

  /// Of streams of random numbers; those below are taken by drawing.
  static let firstFreeStream: UInt64 = 16

  package let kind: Kind
  /// N.
  package let count: Int
  /// S.
  package let channelCount: Int
  package let maxDelay: Int
  /// [S × N], with the gain of a step.
  package let weights: [Float]
  /// [S × N].
  package let delays: [Int32]
  /// [N], with the gain of a step.
  package let biases: [Float]
  /// What a step leaves of a unit, [N].
  package let decays: [Float]
  /// What a step leaves of a trace, [E].
  package let traceDecays: [Float]
  /// Where the connections out of each unit begin, [N + 1]; empty: there are none.
  package let firsts: [Int32]
  /// Where they lead.
  package let targets: [Int32]
  /// What they add.
  package let strengths: [Float]

  /// Numbers that the read-out sees: N states, N of each trace, S inputs and 1.
  package var featureCount: Int { count * (1 + traceDecays.count) + channelCount + 1 }

  /// Draws them.
  ///
  /// - Throws: kind `parameter` where time constants are not two in their order.
  init(
    _ configuration: Configuration, channelCount: Int, host: any HostServices
  ) throws(ComponentError) {
    let n = configuration.integer("units")
    let limits = configuration.reals("time_constants")
    guard limits.count == 2, limits[0] <= limits[1] else {
      throw .parameter(
        "reservoir: time_constants=\(limits.map { "\($0)" }.joined(separator: ",")) has to be the shortest and the longest, for example 0.5,5"
      )
    }
    let isSpiking = configuration.choice("unit") == "lif"
    let steps = isSpiking ? configuration.integer("steps") : 1
    kind = isSpiking ? .spiking(steps: steps) : .tanh
    count = n
    self.channelCount = channelCount
    maxDelay = configuration.integer("max_delay")
    var random = RandomStream(host: host)
    let gain = isSpiking ? configuration.real("gain") / Double(steps) : 1
    let (scale, bias) = (
      gain * configuration.real("input_scale"), gain * configuration.real("bias")
    )
    let delayCount = maxDelay + 1
    weights = (0..<channelCount * n).map { _ in Float(scale * random.normal()) }
    delays = (0..<channelCount * n).map { _ in Int32(random.integer(below: delayCount)) }
    biases = (0..<n).map { _ in Float(bias * (2 * random.uniform() - 1)) }
    let width = log(limits[1] / limits[0])
    decays = (0..<n).map { _ in
      Float(exp(-1 / (limits[0] * exp(width * random.uniform()) * Double(steps))))
    }
    traceDecays = configuration.reals("traces").map { Float(exp(-1 / ($0 * Double(steps)))) }
    let size = configuration.real("recurrence")
    guard size > 0 else {
      (firsts, targets, strengths) = ([], [], [])
      return
    }
    // Normal numbers of this deviation, a chance of c/N each, have a spectral radius of about `size`.
    let mean = Double(min(configuration.integer("connections"), n))
    var (firsts, targets, strengths): ([Int32], [Int32], [Float]) = ([0], [], [])
    for _ in 0..<n {
      for target in 0..<n where random.uniform() * Double(n) < mean {
        targets.append(Int32(target))
        strengths.append(Float(size / mean.squareRoot() * random.normal()))
      }
      firsts.append(Int32(targets.count))
    }
    (self.firsts, self.targets, self.strengths) = (firsts, targets, strengths)
  }
}
