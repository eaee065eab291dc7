internal import CSpikingNeurons
internal import QHostMemory

extension SpikingSession {
  /// Reads the outputs of a row from the last layer's run, whose row had these steps.
  func read(_ run: LayerRun, _ steps: Range<Int>, _ write: (Int, Float) -> Void) {
    read(run.state.start, run.spikes.start, run.layer.lanes, steps, write)
  }

  /// Reads the outputs of a row from the last layer's state [8 x S] at its end, and of first spikes from all its spikes.
  func read(
    _ state: UnsafePointer<Float>, _ spikes: UnsafePointer<UInt16>?, _ s: Int, _ steps: Range<Int>,
    _ write: (Int, Float) -> Void
  ) {
    switch network.readOut {
    case .count:
      for unit in 0..<network.outputCount {
        write(unit, network.outputGain * state[Int(QHOST_SPIKING_SUM) * s + unit])
      }
    case .firstSpike:
      guard let spikes else { preconditionFailure("first spikes are read from spikes") }
      for unit in 0..<network.outputCount { write(unit, network.output(spikes, s, unit, steps)) }
    case .membrane:
      for unit in 0..<network.outputCount {
        let sum = state[Int(QHOST_SPIKING_SUM) * s + unit]
        write(unit, network.outputGain * sum / Float(steps.count))
      }
    case .trace:
      readTraces(state + Int(QHOST_SPIKING_TRACE) * s, write)
    }
  }

  /// A linear function of traces [H].
  func readTraces(_ traces: UnsafePointer<Float>, _ write: (Int, Float) -> Void) {
    qhost_spiking_read(
      readWeights.start, readBias.start, network.outputCount, network.readWidth,
      network.readCount, traces, &sums)
    for unit in 0..<network.outputCount { write(unit, network.outputGain * Float(sums[unit])) }
  }
}

extension SpikingNetwork {
  /// C as whole vectors.
  var readWidth: Int { (outputCount + 15) & ~15 }

  /// The output of a neuron by its spikes [T × S bits].
  func output(
    _ spikes: UnsafePointer<UInt16>, _ lanes: Int, _ unit: Int, _ steps: Range<Int>
  ) -> Float {
    let (words, word, bit) = (lanes / 16, unit / 16, UInt16(unit % 16))
    var count = 0
    for step in steps where spikes[step * words + word] >> bit & 1 == 1 {
      if readOut == .firstSpike { return -outputGain * Float(step - steps.lowerBound) }
      count += 1
    }
    return readOut == .firstSpike ? -outputGain * Float(steps.count) : outputGain * Float(count)
  }
}
