#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What the units of a reservoir remember.
package struct ReservoirState {
  private let units: ReservoirUnits
  /// v or h, [N].
  private var states: [Float]
  /// y, [N].
  private var outputs: [Float]
  /// e, [E × N].
  private var traces: [Float]
  /// The last values, [(D + 1) × S]; the newest at ``newest``.
  private var history: [Float]
  private var newest = 0
  /// I of this value, [N].
  private var currents: [Float]
  /// Σ R y of this step, [N].
  private var received: [Float]
  /// Values so far.
  package private(set) var valueCount = 0

  package init(_ units: ReservoirUnits) {
    self.units = units
    let zeros = [Float](repeating: 0, count: units.count)
    (states, outputs, currents, received) = (zeros, zeros, zeros, zeros)
    traces = [Float](repeating: 0, count: units.traceDecays.count * units.count)
    history = [Float](repeating: 0, count: (units.maxDelay + 1) * units.channelCount)
  }

  /// Shows the next value [S].
  package mutating func show(_ value: UnsafeBufferPointer<Float>) {
    remember(value)
    drive()
    switch units.kind {
    case .spiking(let steps): for _ in 0..<steps { spike() }
    case .tanh: turn()
    }
    valueCount += 1
  }

  /// Writes what the read-out sees, each `stride` apart.
  package func read(into features: UnsafeMutablePointer<Float>, stride: Int) {
    var place = 0
    func write(_ numbers: [Float]) {
      for number in numbers {
        features[place * stride] = number
        place += 1
      }
    }
    write(states)
    write(traces)
    for channel in 0..<units.channelCount {
      features[place * stride] = history[newest * units.channelCount + channel]
      place += 1
    }
    features[place * stride] = 1
  }

  private mutating func remember(_ value: UnsafeBufferPointer<Float>) {
    newest = newest == 0 ? units.maxDelay : newest - 1
    for channel in 0..<units.channelCount {
      history[newest * units.channelCount + channel] = value[channel]
    }
  }

  /// I without connections within.
  private mutating func drive() {
    let (n, s, period) = (units.count, units.channelCount, units.maxDelay + 1)
    for unit in 0..<n { currents[unit] = units.biases[unit] }
    for channel in 0..<s {
      for unit in 0..<n {
        var row = newest + Int(units.delays[channel * n + unit])
        if row >= period { row -= period }
        currents[unit] += units.weights[channel * n + unit] * history[row * s + channel]
      }
    }
  }

  /// Σ R y of the step before.
  private mutating func receive() {
    guard !units.firsts.isEmpty else { return }
    for unit in 0..<units.count { received[unit] = 0 }
    for unit in 0..<units.count where outputs[unit] != 0 {
      for place in Int(units.firsts[unit])..<Int(units.firsts[unit + 1]) {
        received[Int(units.targets[place])] += units.strengths[place] * outputs[unit]
      }
    }
  }

  /// A step of spiking neurons.
  private mutating func spike() {
    receive()
    Self.spike(units.count, units.decays, currents, received, &states, &outputs)
    trace()
  }

  private static func spike(
    _ count: Int, _ decays: UnsafePointer<Float>, _ currents: UnsafePointer<Float>,
    _ received: UnsafePointer<Float>, _ states: UnsafeMutablePointer<Float>,
    _ outputs: UnsafeMutablePointer<Float>
  ) {
    for unit in 0..<count {
      let sum = decays[unit] * states[unit] + (currents[unit] + received[unit])
      let u = sum < -1 ? -1 : sum
      let y: Float = u > 1 ? 1 : 0
      outputs[unit] = y
      states[unit] = u - y
    }
  }

  /// A value of tangents.
  private mutating func turn() {
    receive()
    for unit in 0..<units.count {
      let a = units.decays[unit]
      states[unit] = a * states[unit] + (1 - a) * tanhf(currents[unit] + received[unit])
      outputs[unit] = states[unit]
    }
    trace()
  }

  private mutating func trace() {
    for (place, decay) in units.traceDecays.enumerated() {
      Self.trace(units.count, decay, outputs, &traces, from: place * units.count)
    }
  }

  private static func trace(
    _ count: Int, _ decay: Float, _ outputs: UnsafePointer<Float>,
    _ traces: UnsafeMutablePointer<Float>, from first: Int
  ) {
    let rest = 1 - decay
    for unit in 0..<count {
      traces[first + unit] = decay * traces[first + unit] + rest * outputs[unit]
    }
  }
}
