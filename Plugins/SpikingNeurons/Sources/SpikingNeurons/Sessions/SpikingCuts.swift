internal import CSpikingNeurons
internal import QHostMemory

/// What a session keeps for its cuts: the base point, and what each layer does there.
///
/// A cut runs again only neurons that the parameter reaches, in rows where it reaches them, from the first step
/// that it changes on; sums of weights are exact, so that the outputs are those of a whole pass to the bit.
final class SpikingCuts {
  let network: SpikingNetwork
  let layers: [CutLayer]
  let table: EventTable
  /// Steps of each row, [B].
  let steps: [Int]
  /// The outputs at the base point, [B × C], and what they are rounded from.
  var outputs: [Float]
  var sums: [Double]
  /// Traces at the end of each row, [B × H], of `trace`.
  var traces: [Float]
  /// For each input of the first layer the events of all rows: row, step, value.
  let inputs: InputEvents
  var work = 0.0
  var changes = SpikeChanges()
  let waiting = WaitingRuns()
  let lanes = NeuronLanes()

  init(_ session: SpikingSession) {
    network = session.network
    table = session.table
    let isConstant = network.encoder.isConstant
    steps = (0..<session.rowCount).map { session.stepCount($0..<$0 + 1) }
    let most = steps.max() ?? 0
    layers = session.runs.enumerated().map { index, run in
      CutLayer(
        run, rowCount: session.rowCount, stepCount: most, isConstant: isConstant && index == 0)
    }
    let rowCount = session.rowCount
    outputs = [Float](repeating: 0, count: rowCount * network.outputCount)
    sums = [Double](repeating: 0, count: rowCount * network.outputCount)
    traces = [Float](
      repeating: 0, count: network.readOut == .trace ? rowCount * network.readCount : 0)
    inputs = InputEvents(session.table, inputCount: network.encoder.outputCount)
  }

  /// Runs all rows at the session's parameters.
  func open(_ session: SpikingSession) {
    for row in steps.indices {
      var events = table.events(from: row)
      for (index, layer) in layers.enumerated() {
        let run = layer.run
        run.reserve(layer.stepCount)
        run.begin(nil)
        _ = run.gather(
          events, steps[row], isConstant: index == 0 && network.encoder.isConstant)
        layer.record(row, from: 0, steps: steps[row])
        events = run.events(steps[row])
      }
      keepOutputs(row, session)
    }
  }

  /// Keeps the outputs of a row from the last layer's run.
  func keepOutputs(_ row: Int, _ session: SpikingSession) {
    let c = network.outputCount
    if let last = layers.last?.run {
      session.read(last, 0..<steps[row]) { outputs[row * c + $0] = $1 }
      if network.readOut == .trace {
        let place = last.state.start + Int(QHOST_SPIKING_TRACE) * last.layer.lanes
        for unit in 0..<network.readCount { keepTrace(row, unit, place[unit]) }
      }
    } else {
      let traces = session.rowTraces(row)
      session.readTraces(traces) { outputs[row * c + $0] = $1 }
      for unit in 0..<network.readCount { keepTrace(row, unit, traces[unit]) }
    }
    if network.readOut == .trace {
      for unit in 0..<c { sums[row * c + unit] = session.sums[unit] }
    }
  }

  private func keepTrace(_ row: Int, _ unit: Int, _ trace: Float) {
    traces[row * network.readCount + unit] = Self.rounded(trace)
  }

  /// As the read-out rounds traces.
  static func rounded(_ trace: Float) -> Float { (trace + 768) - 768 }
}

/// The events of the first layer's inputs, input by input.
struct InputEvents {
  struct Event {
    var row: Int32
    var step: Int32
    var value: Float
  }

  private let places: [Int]
  private let events: [Event]

  init(_ table: EventTable, inputCount: Int) {
    var places = [Int](repeating: 0, count: inputCount + 1)
    for row in 0..<table.rowCount {
      table.forEach(row) { _, channel, _ in places[channel + 1] += 1 }
    }
    for input in 0..<inputCount { places[input + 1] += places[input] }
    var events = [Event](repeating: Event(row: 0, step: 0, value: 0), count: table.eventCount)
    var next = places
    for row in 0..<table.rowCount {
      table.forEach(row) { step, channel, value in
        events[next[channel]] = Event(row: Int32(row), step: Int32(step), value: value)
        next[channel] += 1
      }
    }
    (self.places, self.events) = (places, events)
  }

  /// Those of an input, row by row.
  subscript(_ input: Int) -> ArraySlice<Event> { events[places[input]..<places[input + 1]] }
}
