internal import CSpikingNeurons
internal import QHostInterfaces
internal import QHostMemory

extension SpikingSession {
  func backward(
    outputGradients: UnsafeBufferPointer<Float>, gradient: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    guard !network.neurons.isQuadratic else {
      throw .unsupported(
        "neuron=izhikevich has no gradient; choose lif, or an optimizer without gradients")
    }
    guard network.readOut != .firstSpike else {
      throw .unsupported("readout=first-spike has no gradient; choose count, membrane or trace")
    }
    guard !hasWithheldRows else {
      throw .unsupported(
        "rows whose values are withheld have no gradient; train on rows that are given")
    }
    precondition(
      outputGradients.count >= network.outputCount * rowCount
        && gradient.count >= network.parameterCount, "the gradients' buffers are too small")
    guard let slopes = outputGradients.baseAddress, let out = gradient.baseAddress else { return }
    let layers = gradients ?? runs.map { LayerGradient($0) }
    gradients = layers
    for layer in layers {
      layer.clear()
      layer.run.isRecorded = true
    }
    let read = ReadGradient(network)
    let outputs = AlignedBuffer<Float>(count: network.outputCount * rowCount)
    for rows in sequences {
      let steps = stepCount(rows)
      for layer in layers { layer.begin(steps) }
      run(rows, outputs.start) { row, end in
        self.keepRead(read, row, end)
      }
      begin(layers.last, rows, slopes, read)
      goBack(layers, rows, steps)
    }
    for layer in layers { layer.run.isRecorded = false }
    for piece in network.pieces {
      guard let offset = piece.offset else { continue }
      if piece.layer < layers.count {
        layers[piece.layer].write(piece, at: all.start, out + offset)
      } else {
        read.write(piece, out + offset)
      }
    }
  }

  /// Keeps the traces at a row's end, which are what weights of the read-out are multiplied by.
  private func keepRead(_ read: ReadGradient, _ row: Int, _ run: LayerRun?) {
    guard network.readOut == .trace else { return }
    if let run {
      let start = run.state.start + Int(QHOST_SPIKING_TRACE) * run.layer.lanes
      read.traces = Array(UnsafeBufferPointer(start: start, count: network.readCount))
    } else {
      read.traces = traces
    }
    read.kept[row] = read.traces
  }

  /// Fills in the slopes of the last layer, and adds up those of the read-out.
  private func begin(
    _ last: LayerGradient?, _ rows: Range<Int>, _ slopes: UnsafePointer<Float>,
    _ read: ReadGradient
  ) {
    var step = 0
    var ends: [(row: Int, steps: Range<Int>)] = []
    for row in rows {
      let end = step + stepCount(row..<row + 1)
      ends.append((row, step..<end))
      step = end
    }
    let (c, s) = (network.outputCount, last?.run.layer.lanes ?? 0)
    let scale = network.outputGain
    if network.readOut == .trace {
      for (row, _) in ends { read.add(row, slopes + row, rowCount) }
      guard let last else { return }
      beginTraces(last, ends, slopes)
      return
    }
    guard let last else { return }
    for (row, steps) in ends {
      for unit in 0..<c {
        let slope = scale * slopes[unit * rowCount + row]
        for step in steps {
          if network.readOut == .count {
            last.spikeSlopes.start[step * s + unit] = slope
          } else {
            last.membraneSlopes.start[step * s + unit] = slope / Float(steps.count)
          }
        }
      }
    }
  }

  /// dL/dspike_t = fall dL/dspike_{t+1}, and at the end of a row the read-out's slope.
  private func beginTraces(
    _ last: LayerGradient, _ ends: [(row: Int, steps: Range<Int>)],
    _ slopes: UnsafePointer<Float>
  ) {
    let (s, c) = (last.run.layer.lanes, network.outputCount)
    let fall = network.neurons.traceFall
    var carried = [Float](repeating: 0, count: s)
    for (row, steps) in ends.reversed() {
      for unit in 0..<network.readCount {
        var slope: Float = 0
        for place in 0..<c {
          slope +=
            readWeights.start[unit * network.readWidth + place] * slopes[place * rowCount + row]
        }
        carried[unit] += network.outputGain * slope
      }
      for step in steps.reversed() {
        for unit in 0..<network.readCount {
          last.spikeSlopes.start[step * s + unit] = carried[unit]
          carried[unit] *= fall
        }
      }
    }
  }

  private func goBack(_ layers: [LayerGradient], _ rows: Range<Int>, _ steps: Int) {
    for index in layers.indices.reversed() {
      let isFirst = index == 0
      let events =
        isFirst ? table.events(from: rows.lowerBound) : runs[index - 1].lastEvents
      layers[index].goBack(
        events, steps, isConstant: isFirst && network.encoder.isConstant, surrogate,
        before: isFirst ? nil : layers[index - 1])
    }
  }
}

/// The slopes of the weights of the read-out `trace`.
final class ReadGradient {
  private let network: SpikingNetwork
  private var weights: [Double]
  private var bias: [Double]
  var traces: [Float] = []
  var kept: [Int: [Float]] = [:]

  init(_ network: SpikingNetwork) {
    self.network = network
    let isTraced = network.readOut == .trace
    weights = [Double](repeating: 0, count: isTraced ? network.readCount * network.outputCount : 0)
    bias = [Double](repeating: 0, count: network.outputCount)
  }

  /// Adds a row's slopes, `pitch` floats from output to output.
  func add(_ row: Int, _ slopes: UnsafePointer<Float>, _ pitch: Int) {
    guard let traces = kept.removeValue(forKey: row) else { return }
    let c = network.outputCount
    for unit in 0..<c {
      let slope = Double(network.outputGain * slopes[unit * pitch])
      bias[unit] += slope
      for place in 0..<network.readCount {
        weights[place * c + unit] += slope * Double(traces[place])
      }
    }
  }

  func write(_ piece: SpikingNetwork.Piece, _ gradient: UnsafeMutablePointer<Double>) {
    for place in 0..<piece.count {
      gradient[place] = piece.part == .readBias ? bias[place] : weights[place]
    }
  }
}
