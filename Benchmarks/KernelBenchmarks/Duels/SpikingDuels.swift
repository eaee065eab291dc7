import CSpikingNeurons
import Glibc
import QHostMemory

/// Layers of 128 spiking neurons of 196 inputs, 100 steps, a tenth of the inputs active.
enum SpikingDuels {
  private static let (inputs, lanes, steps) = (196, 128, 100)
  private static let shape = "196 x 128, 100 steps"

  /// Multiples of 2⁻¹⁴, whose sums are exact in any order.
  private static func lattice(_ count: Int, seed: UInt64, _ size: Double) -> AlignedBuffer<Float> {
    let buffer = Numbers.floats(count, seed: seed, in: -size...size)
    for place in 0..<count {
      buffer.start[place] = (buffer.start[place] * 16384).rounded() / 16384
    }
    return buffer
  }

  /// Which input is active in which step: as a list and as a matrix.
  private final class Spikes {
    let offsets = AlignedBuffer<UInt32>(count: steps + 1)
    let channels = AlignedBuffer<UInt32>(count: inputs * steps)
    let matrix = AlignedBuffer<Float>(count: inputs * 112)
    let pitch = 112
    var events = qhost_spiking_events()

    init() {
      let chances = Numbers.doubles(inputs * steps, seed: 9, in: 0...1)
      var count = 0
      for step in 0..<steps {
        for input in 0..<inputs where chances.start[step * inputs + input] < 0.1 {
          channels.start[count] = UInt32(input)
          matrix.start[input * pitch + step] = 1
          count += 1
        }
        offsets.start[step + 1] = UInt32(count)
      }
      events.offsets = UnsafePointer(offsets.start)
      events.channels = UnsafePointer(channels.start)
    }

    /// The inputs of a step.
    func active(_ step: Int) -> UnsafeBufferPointer<UInt32> {
      UnsafeBufferPointer(
        rebasing: channels.view[Int(offsets.start[step])..<Int(offsets.start[step + 1])])
    }
  }

  static func all() -> [Duel] {
    let spikes = Spikes()
    let weights = lattice(inputs * lanes, seed: 1, 0.25)
    let bias = lattice(lanes, seed: 2, 0.25)
    func room(_ count: Int) -> (AlignedBuffer<Float>, AlignedBuffer<Float>) {
      (AlignedBuffer(count: count), AlignedBuffer(count: count))
    }
    func plainCurrents(_ out: UnsafeMutablePointer<Float>) {
      for step in 0..<steps {
        for j in 0..<lanes { out[step * lanes + j] = bias.start[j] }
        for input in spikes.active(step) {
          let row = weights.start + Int(input) * lanes
          for j in 0..<lanes { out[step * lanes + j] += row[j] }
        }
      }
    }
    return [
      Duel("spiking_gather", shape, room(steps * lanes)) {
        qhost_spiking_gather(weights.start, bias.start, lanes, &spikes.events, steps, $0)
      } plain: {
        plainCurrents($0)
      },
      Duel("spiking_multiply", shape, room(steps * lanes)) {
        qhost_spiking_multiply(
          weights.start, bias.start, lanes, inputs, spikes.matrix.start, spikes.pitch, steps, $0)
      } plain: {
        plainCurrents($0)
      }, run(), backward(spikes), carried(weights),
    ] + functions()
  }

  /// Leaky neurons whose spikes take the threshold off the membrane.
  private static func run() -> Duel {
    let decay = Numbers.floats(lanes, seed: 3, in: 0.8...0.95)
    let currents = lattice(steps * lanes, seed: 4, 0.5)
    let threshold = AlignedBuffer<Float>(count: lanes)
    for lane in 0..<lanes { threshold.start[lane] = 1 }
    let state = AlignedBuffer<Float>(count: Int(QHOST_SPIKING_STATES) * lanes)
    let spikes = AlignedBuffer<UInt16>(count: steps * lanes / 16)
    var layer = qhost_spiking_layer()
    (layer.lanes, layer.flags) = (lanes, UInt32(QHOST_SPIKING_SUBTRACT))
    (layer.decay, layer.gain) = (UnsafePointer(decay.start), UnsafePointer(threshold.start))
    (layer.threshold, layer.synapse) = (layer.gain, layer.gain)
    var record = qhost_spiking_record()
    record.spikes = spikes.start
    let rooms = (AlignedBuffer<Float>(count: lanes), AlignedBuffer<Float>(count: lanes))
    return Duel("spiking_run", "128 neurons, 100 steps", rooms) {
      state.start.update(repeating: 0, count: state.count)
      qhost_spiking_run(&layer, state.start, currents.start, lanes, 0, steps, &record)
      $0.update(from: state.start, count: lanes)
    } plain: {
      $0.update(repeating: 0, count: lanes)
      for step in 0..<steps {
        for lane in 0..<lanes {
          let product = decay.start[lane] * $0[lane]
          let u = product + currents.start[step * lanes + lane]
          let spike = u > threshold.start[lane]
          spikes.start[(step * lanes + lane) / 16] |= spike ? 1 << UInt16(lane % 16) : 0
          $0[lane] = spike ? u - threshold.start[lane] : u
        }
      }
    }
  }

  private static func backward(_ spikes: Spikes) -> Duel {
    let slopes = Numbers.floats(steps * lanes, seed: 5)
    let rooms = (
      AlignedBuffer<Float>(count: inputs * lanes), AlignedBuffer<Float>(count: inputs * lanes)
    )
    return Duel("spiking_add_gradient", shape, tolerance: 1e-5, rooms) {
      $0.update(repeating: 0, count: inputs * lanes)
      qhost_spiking_add_gradient(&spikes.events, steps, lanes, slopes.start, $0)
    } plain: {
      $0.update(repeating: 0, count: inputs * lanes)
      for step in 0..<steps {
        for input in spikes.active(step) {
          for j in 0..<lanes { $0[Int(input) * lanes + j] += slopes.start[step * lanes + j] }
        }
      }
    }
  }

  private static func carried(_ weights: AlignedBuffer<Float>) -> Duel {
    let (slopes, pitch) = (Numbers.floats(steps * lanes, seed: 6), 208)
    let rooms = (
      AlignedBuffer<Float>(count: steps * pitch), AlignedBuffer<Float>(count: steps * pitch)
    )
    return Duel("spiking_carry_back", shape, tolerance: 1e-5, rooms) {
      qhost_spiking_carry_back(weights.start, inputs, lanes, slopes.start, steps, pitch, $0)
    } plain: {
      for step in 0..<steps {
        for input in 0..<inputs {
          var sum: Float = 0
          for j in 0..<lanes {
            sum += weights.start[input * lanes + j] * slopes.start[step * lanes + j]
          }
          $0[step * pitch + input] = sum
        }
      }
    }
  }

  private static func functions() -> [Duel] {
    let count = 4096
    let (numbers, x) = (
      Numbers.doubles(count, seed: 7, in: -300...300), Numbers.floats(count, seed: 8)
    )
    func room() -> (AlignedBuffer<Float>, AlignedBuffer<Float>) {
      (AlignedBuffer(count: count), AlignedBuffer(count: count))
    }
    return [
      Duel("spiking_round", "\(count) numbers", room()) {
        qhost_spiking_round(numbers.start, count, $0)
      } plain: {
        for place in 0..<count {
          let bounded = min(max(Float(numbers.start[place]), -255), 255)
          $0[place] = (bounded * 16384).rounded(.toNearestOrEven) / 16384
        }
      },
      Duel("spiking_surrogate (sigmoid)", "\(count) numbers", tolerance: 1e-6, room()) {
        qhost_spiking_surrogate(UInt32(QHOST_SPIKING_SIGMOID), 4, x.start, count, $0)
      } plain: {
        for place in 0..<count {
          let s = 1 / (1 + expf(-4 * x.start[place]))
          $0[place] = 4 * s * (1 - s)
        }
      },
    ]
  }
}
