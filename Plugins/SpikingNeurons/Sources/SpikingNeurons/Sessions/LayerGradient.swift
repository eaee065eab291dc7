internal import CSpikingNeurons
internal import QHostMemory

#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// The slopes of a layer's parameters, summed over rows, and those of its currents and spikes in one run.
final class LayerGradient {
  let run: LayerRun
  /// [N × W], [W], [H × W], [N × S].
  let weights: AlignedBuffer<Float>
  let bias: AlignedBuffer<Float>
  let recurrent: AlignedBuffer<Float>
  let delays: AlignedBuffer<Float>
  /// [S] each.
  private let decay: AlignedBuffer<Float>
  private let gain: AlignedBuffer<Float>
  private let threshold: AlignedBuffer<Float>
  private let synapse: AlignedBuffer<Float>
  private let scratch: AlignedBuffer<Float>
  /// [T × S] of spikes and of membranes, [T × W] of currents.
  private(set) var spikeSlopes = AlignedBuffer<Float>(count: 0)
  private(set) var membraneSlopes = AlignedBuffer<Float>(count: 0)
  private(set) var currentSlopes = AlignedBuffer<Float>(count: 0)

  init(_ run: LayerRun) {
    self.run = run
    let memory = run.memory
    weights = AlignedBuffer(count: memory.weights.count)
    bias = AlignedBuffer(count: memory.bias.count)
    recurrent = AlignedBuffer(count: memory.recurrent.count)
    delays = AlignedBuffer(count: memory.delays.count)
    let s = run.layer.lanes
    (decay, gain) = (AlignedBuffer(count: s), AlignedBuffer(count: s))
    (threshold, synapse) = (AlignedBuffer(count: s), AlignedBuffer(count: s))
    scratch = AlignedBuffer(count: 8 * s)
  }

  func clear() {
    for buffer in [weights, bias, recurrent, delays, decay, gain, threshold, synapse] {
      buffer.start.update(repeating: 0, count: buffer.count)
    }
  }

  /// Makes room for slopes of so many steps, all 0.
  func begin(_ steps: Int) {
    let (s, w) = (run.layer.lanes, run.layer.width)
    if currentSlopes.count < steps * w {
      spikeSlopes = AlignedBuffer(count: steps * s)
      membraneSlopes = AlignedBuffer(count: run.layer.isSilent ? steps * s : 0)
      currentSlopes = AlignedBuffer(count: steps * w)
    }
    spikeSlopes.start.update(repeating: 0, count: steps * s)
    if run.layer.isSilent { membraneSlopes.start.update(repeating: 0, count: steps * s) }
  }

  /// Goes back through a run, adds up slopes of parameters, and writes those of the spikes before it.
  ///
  /// - Parameters:
  ///   - events: the run's inputs.
  ///   - steps: T.
  ///   - isConstant: whether these are one step's, for all.
  ///   - settings: the surrogate.
  ///   - before: the layer that they came from; `nil`: the encoder.
  func goBack(
    _ events: qhost_spiking_events, _ steps: Int, isConstant: Bool, _ settings: SurrogateSettings,
    before: LayerGradient?
  ) {
    var kernel = run.memory.kernel
    var pass = qhost_spiking_backward(
      surrogate: settings.surrogate.code, steepness: settings.steepness,
      is_reset_followed: settings.followsReset ? 1 : 0, membranes: run.membranes.start,
      synapses: run.synapses.start, spikes: run.spikes.start,
      recurrent: run.layer.recurrent == nil ? nil : UnsafePointer(run.memory.recurrent.start),
      neuron_count: run.layer.unitCount, spike_slopes: spikeSlopes.start,
      membrane_slopes: run.layer.isSilent ? UnsafePointer(membraneSlopes.start) : nil,
      current_slopes: currentSlopes.start, decay: decay.start, gain: gain.start,
      threshold: threshold.start, synapse: synapse.start, scratch: scratch.start)
    qhost_spiking_run_back(&kernel, &pass, steps)
    addRecurrent(steps)
    addInputs(events, steps, isConstant: isConstant, before)
  }

  private func addRecurrent(_ steps: Int) {
    guard run.layer.recurrent != nil, steps > 1 else { return }
    var own = run.events(steps)
    qhost_spiking_add_gradient(
      &own, steps - 1, run.layer.width, currentSlopes.start + run.layer.width, recurrent.start)
  }

  private func addInputs(
    _ events: qhost_spiking_events, _ steps: Int, isConstant: Bool, _ before: LayerGradient?
  ) {
    var events = events
    let (width, memory) = (run.layer.width, run.memory)
    for step in 0..<steps {
      for lane in 0..<width { bias.start[lane] += currentSlopes.start[step * width + lane] }
    }
    if run.layer.maxDelay > 0 {
      qhost_spiking_scatter_back(
        memory.weights.start, memory.delays.start, run.layer.lanes, width, run.layer.inputCount,
        &events, steps, before?.run.layer.lanes ?? 0, currentSlopes.start, weights.start,
        delays.start, before?.spikeSlopes.start)
      return
    }
    if isConstant {
      for step in 1..<max(1, steps) {
        for lane in 0..<width {
          currentSlopes.start[lane] += currentSlopes.start[step * width + lane]
        }
      }
    }
    qhost_spiking_add_gradient(
      &events, isConstant ? 1 : steps, width, currentSlopes.start, weights.start)
    guard let before else { return }
    qhost_spiking_carry_back(
      memory.weights.start, run.layer.inputCount, width, currentSlopes.start, steps,
      before.run.layer.lanes, before.spikeSlopes.start)
  }

  /// Writes the slopes of a piece of the parameters.
  func write(
    _ piece: SpikingNetwork.Piece, at all: UnsafePointer<Double>,
    _ gradient: UnsafeMutablePointer<Double>
  ) {
    let (h, s, w) = (run.layer.unitCount, run.layer.lanes, run.layer.width)
    for place in 0..<piece.count {
      let (row, unit, value) = (place / h, place % h, all[piece.place + place])
      switch piece.part {
      case .weight: gradient[place] = port(weights.start + row * w, unit, value)
      case .bias: gradient[place] = port(bias.start, unit, value)
      case .recurrent: gradient[place] = port(recurrent.start + row * w, unit, value)
      case .timeConstant:
        let (time, neurons) = (exp(value), run.memory.neurons)
        let slopes = neurons.slopes(time)
        gradient[place] =
          time
          * (slopes.decay * Double(decay.start[unit]) + slopes.gain * Double(gain.start[unit]))
      case .synapseTime:
        let time = exp(value)
        gradient[place] = exp(-1 / time) / time * Double(synapse.start[unit])
      case .threshold: gradient[place] = Double(threshold.start[unit])
      case .delay: gradient[place] = Double(delays.start[row * s + unit])
      case .readWeight, .readBias: break
      }
    }
  }

  /// A weight above 0 excites, one below inhibits, where these are apart.
  private func port(_ row: UnsafePointer<Float>, _ unit: Int, _ value: Double) -> Double {
    guard run.layer.portCount == 2, value < 0 else { return Double(row[unit]) }
    return -Double(row[run.layer.lanes + unit])
  }
}
