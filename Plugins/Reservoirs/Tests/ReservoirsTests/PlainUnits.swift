import Foundation
import Reservoirs

/// The equations of a reservoir's units of one channel as they are written, in double precision.
struct PlainUnits {
  let units: ReservoirUnits
  var states: [Double]
  var outputs: [Double]
  var traces: [[Double]]
  var values: [Double] = []

  init(_ units: ReservoirUnits) {
    self.units = units
    states = [Double](repeating: 0, count: units.count)
    outputs = states
    traces = units.traceDecays.map { _ in [Double](repeating: 0, count: units.count) }
  }

  /// R y.
  private var received: [Double] {
    var sums = [Double](repeating: 0, count: units.count)
    guard !units.firsts.isEmpty else { return sums }
    for unit in 0..<units.count {
      for place in Int(units.firsts[unit])..<Int(units.firsts[unit + 1]) {
        sums[Int(units.targets[place])] += Double(units.strengths[place]) * outputs[unit]
      }
    }
    return sums
  }

  /// What the read-out sees after the next value.
  mutating func show(_ value: Double) -> [Double] {
    values.append(value)
    let currents = (0..<units.count).map { unit in
      let at = values.count - 1 - Int(units.delays[unit])
      return Double(units.biases[unit]) + Double(units.weights[unit]) * (at >= 0 ? values[at] : 0)
    }
    var steps = 1
    if case .spiking(let count) = units.kind { steps = count }
    for _ in 0..<steps {
      let received = received
      for unit in 0..<units.count {
        let (a, drive) = (Double(units.decays[unit]), currents[unit] + received[unit])
        if units.kind == .tanh {
          states[unit] = a * states[unit] + (1 - a) * tanh(drive)
          outputs[unit] = states[unit]
        } else {
          let u = max(-1, a * states[unit] + drive)
          outputs[unit] = u > 1 ? 1 : 0
          states[unit] = u - outputs[unit]
        }
      }
      for (place, decay) in units.traceDecays.enumerated() {
        for unit in 0..<units.count {
          traces[place][unit] =
            Double(decay) * traces[place][unit] + (1 - Double(decay)) * outputs[unit]
        }
      }
    }
    return states + traces.flatMap { $0 } + [value, 1]
  }
}
