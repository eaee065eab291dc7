import CSpikingNeurons
import Foundation
import QHostInterfaces
import QHostMemory
import QHostTesting
import SpikingNeurons

/// Currents of a layer by events and by a dense product, and which of them the layer takes.
enum CurrentTable {
  private static let rates = [0.001, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8]
  private static let shapes = [
    (16, 16), (64, 16), (64, 64), (196, 48), (256, 32), (196, 128), (784, 48), (700, 64),
    (700, 256), (784, 128),
  ]

  /// Measures it and prints a line for each shape, and what the choice costs.
  static func show(_ stopwatch: Stopwatch) throws {
    print("\nTime by events over time by a dense product; * where the layer takes the product\n")
    print(
      "inputs x neurons, steps " + rates.map { String(format: "%7.3f", $0) }.joined(separator: " "))
    var losses: [Double] = []
    for steps in [10, 100] {
      for (inputs, neurons) in shapes {
        var cells: [String] = []
        for rate in rates {
          let layer = CurrentCase(inputs: inputs, neurons: neurons, steps: steps, rate: rate)
          let times = try stopwatch.nanoseconds([layer.gather, layer.multiply])
          let ratio = times[0] / times[1]
          losses.append((layer.takesProduct ? times[1] : times[0]) / min(times[0], times[1]))
          cells.append(String(format: "%6.2f", ratio) + (layer.takesProduct ? "*" : " "))
        }
        print(
          "\(inputs) x \(neurons), \(steps)".padding(toLength: 24, withPad: " ", startingAt: 0)
            + cells.joined(separator: " "))
      }
    }
    let mean = losses.reduce(0, +) / Double(losses.count)
    print(
      String(
        format: "\nThe choice takes %.3f times the faster way on average, %.2f at most", mean,
        losses.max() ?? 1))
  }
}

/// A layer whose inputs spike at a rate.
private final class CurrentCase {
  let takesProduct: Bool
  private let weights: AlignedBuffer<Float>
  private let bias: AlignedBuffer<Float>
  private let currents: AlignedBuffer<Float>
  private let dense: AlignedBuffer<Float>
  private let offsets: AlignedBuffer<UInt32>
  private let channels: AlignedBuffer<UInt32>
  private var events = qhost_spiking_events()
  private let (inputs, lanes, steps, pitch): (Int, Int, Int, Int)

  init(inputs: Int, neurons: Int, steps: Int, rate: Double) {
    let layer = SpikingLayer(inputCount: inputs, unitCount: neurons)
    (self.inputs, lanes, self.steps, pitch) = (inputs, layer.lanes, steps, (steps + 15) & ~15)
    weights = AlignedBuffer(count: inputs * lanes)
    bias = AlignedBuffer(count: lanes)
    currents = AlignedBuffer(count: steps * lanes)
    dense = AlignedBuffer(count: inputs * pitch)
    offsets = AlignedBuffer(count: steps + 1)
    channels = AlignedBuffer(count: inputs * steps)
    let host = TestHost(seed: 3)
    let numbers = host.uniforms(step: 0, index: 0, count: weights.count)
    for place in 0..<weights.count {
      weights.start[place] = Float((numbers[place] * 64).rounded() / 64)
    }
    let chances = host.uniforms(step: 1, index: 0, count: inputs * steps)
    var count = 0
    for step in 0..<steps {
      for input in 0..<inputs where chances[step * inputs + input] < rate {
        channels.start[count] = UInt32(input)
        count += 1
      }
      offsets.start[step + 1] = UInt32(count)
    }
    events.offsets = UnsafePointer(offsets.start)
    events.channels = UnsafePointer(channels.start)
    takesProduct = layer.takesProduct(eventCount: count, steps: steps)
  }

  func gather() {
    qhost_spiking_gather(weights.start, bias.start, lanes, &events, steps, currents.start)
  }

  /// As `LayerRun` does it: events become a matrix first.
  func multiply() {
    dense.start.update(repeating: 0, count: dense.count)
    for step in 0..<steps {
      for place in Int(offsets.start[step])..<Int(offsets.start[step + 1]) {
        dense.start[Int(channels.start[place]) * pitch + step] = 1
      }
    }
    qhost_spiking_multiply(
      weights.start, bias.start, lanes, inputs, dense.start, pitch, steps, currents.start)
  }
}
