internal import CSpikingNeurons
internal import QHostMemory

extension SpikingSession {
  /// Reads the outputs of a row from the last layer's run, whose row had these steps.
  func read(_ run: LayerRun, _ steps: Range<Int>, _ write: (Int, Float) -> Void) {
    let s = run.layer.lanes
    switch network.readOut {
    case .count: readCounts(run.spikes.start, s / 16, steps, write)
    case .firstSpike:
      for unit in 0..<network.outputCount {
        write(unit, network.output(run.spikes.start, s, unit, steps))
      }
    case .membrane:
      for unit in 0..<network.outputCount {
        let sum = run.state.start[Int(QHOST_SPIKING_SUM) * s + unit]
        write(unit, network.outputGain * sum / Float(steps.count))
      }
    case .trace:
      readTraces(run.state.start + Int(QHOST_SPIKING_TRACE) * s, write)
    }
  }

  /// Counts spikes, which are few, one by one.
  private func readCounts(
    _ spikes: UnsafePointer<UInt16>, _ words: Int, _ steps: Range<Int>,
    _ write: (Int, Float) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: words * 16) { counts in
      counts.initialize(repeating: 0)
      for place in steps.lowerBound * words..<steps.upperBound * words {
        var left = spikes[place]
        while left != 0 {
          counts[place % words * 16 + left.trailingZeroBitCount] += 1
          left &= left - 1
        }
      }
      for unit in 0..<network.outputCount {
        write(unit, network.outputGain * Float(counts[unit]))
      }
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
