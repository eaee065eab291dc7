internal import QHostInterfaces

/// What a network of real numbers gives for rows.
struct Teacher {
  let network: FloatNetwork
  let host: any HostServices

  /// The most rows that a thread works on at a time.
  private static let chunkRows = 1024

  /// The outputs [N × C] for inputs [N × F].
  func outputs(_ inputs: [Float], rowCount: Int) -> [Float] {
    let network = network
    let count = network.layers[network.layers.count - 1].weights.count
    let width = network.layers[0].weights[0].count
    var outputs = [Float](repeating: 0, count: rowCount * count)
    let chunks = (rowCount + Self.chunkRows - 1) / Self.chunkRows
    outputs.withUnsafeMutableBufferPointer { buffer in
      // Chunks write to parts of their own.
      nonisolated(unsafe) let out = buffer
      host.parallelFor(chunks) { chunk in
        for row in chunk * Self.chunkRows..<min((chunk + 1) * Self.chunkRows, rowCount) {
          let values = Self.outputs(network, inputs[row * width..<(row + 1) * width])
          for (unit, value) in values.enumerated() { out[row * count + unit] = Float(value) }
        }
      }
    }
    return outputs
  }

  private static func outputs(_ network: FloatNetwork, _ row: ArraySlice<Float>) -> [Double] {
    var values = row.map(Double.init)
    for layer in network.layers {
      values = Quantisation.sums(layer, values)
      if let function = layer.function { values = values.map { function($0) } }
    }
    return values
  }
}
