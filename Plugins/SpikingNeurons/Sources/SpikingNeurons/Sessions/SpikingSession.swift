internal import CSpikingNeurons
internal import QHostInterfaces
internal import QHostMemory

/// A block of rows on which a network of spiking neurons is run.
///
/// Rows are run one after the other, or, where they follow one another in time, as one long sequence.
final class SpikingSession: ModelSession {
  let network: SpikingNetwork
  /// All parameters, [A].
  let all: AlignedBuffer<Double>
  let layers: [LayerMemory]
  let runs: [LayerRun]
  /// Of `trace`: [H × C padded], [C padded].
  let readWeights: AlignedBuffer<Float>
  let readBias: AlignedBuffer<Float>
  let table = EventTable()
  private(set) var inputs: UnsafePointer<Float>?
  private(set) var rowCount = 0
  private(set) var lengths: [Int] = []
  private(set) var start = SeriesStart.separate
  /// What cuts keep; `nil` when they are closed.
  var cuts: SpikingCuts?
  var gradients: [LayerGradient]?
  private var isEncoded = false
  private var coded: Encoder.State
  private(set) var firstCoded: Encoder.State
  /// The states that the first row begins with.
  let firsts: [LayerRun]
  private(set) var firstTraces: [Float] = []
  /// Outputs of the row before the first, [C], and of the last one; `nil`: there is none.
  private(set) var firstOutputs: [Float]?
  private var lastOutputs: [Float]?
  /// Traces of the read-out's inputs where there is no layer.
  var traces: [Float]
  private var hasState = false
  var sums: [Double]

  let surrogate: SurrogateSettings
  let work: SpikingWork

  init(
    network: SpikingNetwork, all fixed: [Double], surrogate: SurrogateSettings, work: SpikingWork
  ) {
    self.network = network
    self.surrogate = surrogate
    self.work = work
    all = AlignedBuffer(count: network.allCount)
    for (place, value) in fixed.enumerated() { all.start[place] = value }
    layers = network.layers.map { LayerMemory($0, network.neurons) }
    runs = layers.map { LayerRun($0) }
    firsts = layers.map { LayerRun($0) }
    let width = (network.outputCount + 15) & ~15
    let isTraced = network.readOut == .trace
    readWeights = AlignedBuffer(count: isTraced ? network.readCount * width : 0)
    readBias = AlignedBuffer(count: width)
    coded = network.encoder.initialState
    firstCoded = coded
    traces = [Float](repeating: 0, count: network.layers.isEmpty ? network.readCount : 0)
    sums = [Double](repeating: 0, count: network.outputCount)
  }

  func bind(inputs: UnsafeBufferPointer<Float>, rowCount: Int) throws(ComponentError) {
    self.inputs = inputs.baseAddress
    self.rowCount = rowCount
    lengths = [Int](repeating: network.encoder.seriesSteps, count: rowCount)
    start = .separate
    firstOutputs = nil
    isEncoded = false
    cuts = nil
  }

  func bindSeries(
    lengths: UnsafeBufferPointer<UInt64>, start: SeriesStart
  ) throws(ComponentError) {
    if network.encoder.isSeries { self.lengths = lengths.map { Int($0) } }
    self.start = start
    isEncoded = false
    firstCoded = start == .goOn && hasState ? coded : network.encoder.initialState
    firstTraces =
      start == .goOn && hasState ? traces : [Float](repeating: 0, count: traces.count)
    firstOutputs = start == .goOn && hasState ? lastOutputs : nil
    for (first, run) in zip(firsts, runs) { first.begin(start == .goOn && hasState ? run : nil) }
  }

  func forward(
    parameters: UnsafeBufferPointer<Double>, pointCount: Int,
    outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    precondition(
      outputs.count >= pointCount * network.outputCount * rowCount
        && parameters.count >= pointCount * network.parameterCount, "the buffers are too small")
    cuts = nil
    guard rowCount > 0, let out = outputs.baseAddress, let points = parameters.baseAddress else {
      return
    }
    let isFree = hasWithheldRows
    if !isFree { encode() }
    for point in 0..<pointCount {
      take(points + point * network.parameterCount)
      let outputs = out + point * network.outputCount * rowCount
      if isFree {
        coded = try runFreely(outputs)
        isEncoded = false
      } else {
        for rows in sequences { run(rows, outputs) }
      }
      lastOutputs = (0..<network.outputCount).map { outputs[$0 * rowCount + rowCount - 1] }
    }
    hasState = true
  }

  /// The runs of rows that share their state.
  var sequences: [Range<Int>] {
    start == .separate ? (0..<rowCount).map { $0..<$0 + 1 } : [0..<rowCount]
  }

  /// Takes parameters [n].
  func take(_ parameters: UnsafePointer<Double>) {
    network.put(parameters, into: all.start)
    for layer in layers { layer.take(all.start) }
    guard network.readOut == .trace else { return }
    let (c, width) = (network.outputCount, readBias.count & ~15)
    for j in 0..<network.readCount {
      qhost_spiking_round(
        all.start + network.readWeights + j * c, c, readWeights.start + j * width)
    }
    qhost_spiking_round(all.start + network.readBias, c, readBias.start)
  }

  /// Steps of a run of rows.
  func stepCount(_ rows: Range<Int>) -> Int {
    network.encoder.isConstant ? rows.count * network.encoder.steps : table.stepCount(rows)
  }

  /// Runs rows and writes their outputs, [C × B].
  ///
  /// - Parameters:
  ///   - rows: that share their state.
  ///   - outputs: [C × B].
  ///   - atEnd: is called at the end of each row, with the last layer's run.
  func run(
    _ rows: Range<Int>, _ outputs: UnsafeMutablePointer<Float>,
    atEnd: (Int, LayerRun?) -> Void = { _, _ in }
  ) {
    let steps = stepCount(rows)
    var events = table.events(from: rows.lowerBound)
    for (index, run) in runs.enumerated() {
      run.reserve(steps)
      run.begin(start == .separate ? nil : firsts[index])
      let stride = run.gather(
        events, steps, isConstant: index == 0 && network.encoder.isConstant)
      if index + 1 == runs.count {
        finish(rows, run, stride, outputs, atEnd)
      } else {
        run.run(0, steps, stride: stride)
        events = run.events(steps)
      }
    }
    if runs.isEmpty { finish(rows, outputs, atEnd) }
  }

  /// Runs the last layer row by row, and reads it.
  private func finish(
    _ rows: Range<Int>, _ run: LayerRun, _ stride: Int, _ outputs: UnsafeMutablePointer<Float>,
    _ atEnd: (Int, LayerRun?) -> Void
  ) {
    var step = 0
    let s = run.layer.lanes
    for row in rows {
      let end = step + stepCount(row..<row + 1)
      (run.state.start + Int(QHOST_SPIKING_SUM) * s).update(repeating: 0, count: s)
      run.run(step, end, stride: stride)
      read(run, step..<end) { outputs[$0 * rowCount + row] = $1 }
      atEnd(row, run)
      step = end
    }
  }

  /// Reads the inputs' own traces, for a network without layers.
  private func finish(
    _ rows: Range<Int>, _ outputs: UnsafeMutablePointer<Float>, _ atEnd: (Int, LayerRun?) -> Void
  ) {
    traces = start == .separate ? [Float](repeating: 0, count: traces.count) : firstTraces
    for row in rows {
      trace(table.events(from: row), stepCount(row..<row + 1))
      readTraces(traces) { outputs[$0 * rowCount + row] = $1 }
      atEnd(row, nil)
    }
  }

  /// Lets traces of the inputs fall and rise for some steps.
  func trace(_ events: qhost_spiking_events, _ steps: Int) {
    let fall = network.neurons.traceFall
    for step in 0..<steps {
      for place in traces.indices { traces[place] *= fall }
      let at = network.encoder.isConstant ? 0 : step
      for place in Int(events.offsets[at])..<Int(events.offsets[at + 1]) {
        traces[Int(events.channels[place])] += events.values.map { $0[place] } ?? 1
      }
    }
  }

  /// Makes the events of the rows.
  func encode() {
    guard !isEncoded, let inputs else { return }
    isEncoded = true
    coded = firstCoded
    if start == .separate {
      network.encoder.encode(inputs, rowCount: rowCount, lengths: lengths, into: table)
    } else {
      network.encoder.encodeStream(
        inputs, rowCount: rowCount, lengths: lengths, state: &coded, into: table)
    }
  }
}
