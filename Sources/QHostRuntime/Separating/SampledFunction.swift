internal import QHostInterfaces
internal import QHostSeparability
internal import Synchronization

/// One output of a model as a function of the inputs of A and of B, at all pairs of samples.
struct SampledFunction {
  let model: any Model
  let table: SampleTable
  let parts: Bipartition
  let output: Int
  let outputCount: Int
  let removesMean: Bool

  /// Values at xᵢ, yⱼ.
  ///
  /// A row's inputs of A meet another row's inputs of B: samples are of the product of both distributions.
  ///
  /// - Parameters:
  ///   - parameters: of the model.
  ///   - first: rows that give the inputs of A, [n].
  ///   - second: rows that give those of B, [m].
  ///   - pool: threads.
  /// - Returns: the table.
  /// - Throws: what the model throws.
  func values(
    _ parameters: [Double], first: [Int], second: [Int], pool: WorkerPool
  ) throws(ComponentError) -> FunctionTable {
    let (n, m) = (first.count, second.count)
    let own = inputs(of: first)
    let others = inputs(of: second)
    let strips = Mutex([Result<[Double], ComponentError>?](repeating: nil, count: n))
    // So many values of x at a time that a session works on about a thousand rows.
    let step = max(1, RowBlock.capacity / m)
    let count = (n + step - 1) / step
    pool.parallelFor(count) { index in
      let places = index * step..<min((index + 1) * step, n)
      let result = Result { () throws(ComponentError) in
        try self.strip(parameters, places, own, n, others, m)
      }
      strips.withLock { $0[index] = result }
    }
    var values: [Double] = []
    values.reserveCapacity(n * m)
    for case let strip? in strips.withLock({ $0 }) { values += try strip.get() }
    return FunctionTable(values: values, rows: n, columns: m, removesMean: removesMean)
  }

  /// The inputs [F × n] of rows.
  private func inputs(of rows: [Int]) -> [Float] {
    [Float](unsafeUninitializedCapacity: rows.count * table.inputCount) { buffer, count in
      table.gatherInputs(ofRows: rows[...], into: buffer)
      count = rows.count * table.inputCount
    }
  }

  private func strip(
    _ parameters: [Double], _ places: Range<Int>, _ own: [Float], _ n: Int, _ others: [Float],
    _ m: Int
  ) throws(ComponentError) -> [Double] {
    let rowCount = places.count * m
    var inputs = [Float](repeating: 0, count: table.inputCount * rowCount)
    for (strip, i) in places.enumerated() {
      for input in parts.first {
        for j in 0..<m { inputs[input * rowCount + strip * m + j] = own[input * n + i] }
      }
      for input in parts.second {
        for j in 0..<m { inputs[input * rowCount + strip * m + j] = others[input * m + j] }
      }
    }
    var outputs = [Float](repeating: 0, count: outputCount * rowCount)
    let session = try model.makeSession()
    try inputs.withUnsafeBufferPointer { (inputs) throws(ComponentError) in
      try session.bind(inputs: inputs, rowCount: rowCount)
      try parameters.withUnsafeBufferPointer { (parameters) throws(ComponentError) in
        try outputs.withUnsafeMutableBufferPointer { (outputs) throws(ComponentError) in
          try session.forward(parameters: parameters, pointCount: 1, outputs: outputs)
        }
      }
    }
    return outputs[output * rowCount..<(output + 1) * rowCount].map(Double.init)
  }
}
