internal import QHostMemory

extension SpikingCuts {
  /// Along a weight or a bias of the read-out: rows change by a multiple of a trace.
  func cutReadOut(
    _ session: SpikingSession, _ piece: SpikingNetwork.Piece, _ within: Int, _ base: Double,
    _ values: [Double], into results: inout CutResults
  ) {
    let c = network.outputCount
    let unit = piece.part == .readBias ? within : within % c
    let before = LayerMemory.rounded(base)
    let changes = values.map { Double(LayerMemory.rounded($0)) - Double(before) }
    var changed = [Float](repeating: 0, count: c)
    work += SpikingWork.read * Double(steps.count * values.count)
    for row in steps.indices {
      let trace = piece.part == .readBias ? 1 : traces[row * network.readCount + within / c]
      guard trace != 0 else { continue }
      for place in 0..<c { changed[place] = outputs[row * c + place] }
      for (offset, change) in changes.enumerated() where change != 0 {
        changed[unit] =
          network.outputGain * Float(sums[row * c + unit] + change * Double(trace))
        outputs.withUnsafeBufferPointer { buffer in
          guard let start = buffer.baseAddress else { return }
          results.add(offset, row, base: start + row * c, changed)
        }
      }
    }
  }

  /// Makes the parameter that the session has now that of the base point.
  func moveReadOut(
    _ session: SpikingSession, _ piece: SpikingNetwork.Piece, _ within: Int, _ base: Double
  ) {
    let c = network.outputCount
    let value = LayerMemory.rounded(session.all.start[piece.place + within])
    let change = Double(value) - Double(LayerMemory.rounded(base))
    let unit = piece.part == .readBias ? within : within % c
    if piece.part == .readBias {
      session.readBias.start[within] = value
    } else {
      session.readWeights.start[within / c * network.readWidth + unit] = value
    }
    for row in steps.indices {
      let trace = piece.part == .readBias ? 1 : traces[row * network.readCount + within / c]
      sums[row * c + unit] += change * Double(trace)
      outputs[row * c + unit] = network.outputGain * Float(sums[row * c + unit])
    }
  }
}
