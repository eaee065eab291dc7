package import QHostInterfaces

/// outputs = v·sign(w x + b) + a with C = 2 and two inputs, for tests of noise: parameters [w, b, v, a].
package final class SignModel: FlippingModel {
  package let modelDescription: ModelDescription

  package init() {
    var description = ModelDescription(parameterCount: 7, multiplyAdds: 7)
    description.hasCuts = true
    description.hasCutChanges = true
    description.flipUnitCount = 1
    modelDescription = description
  }

  package func initialParameters(start: UInt64) -> [Double] { [0.1, 0.2, 0, 0.3, -0.3, 0, 0] }
  package func makeSession() -> any ModelSession { SignSession() }
  package func cutCost(index: Int) -> Double { 0.5 }
  package func flippingUnit(of index: Int) -> Int? { index < 3 ? 0 : nil }
}

private final class SignSession: ModelSession {
  private var inputs = UnsafeBufferPointer<Float>(start: nil, count: 0)
  private var rowCount = 0
  private var base: [Double] = []
  private var noise: UnsafePointer<Float>?

  func bind(inputs: UnsafeBufferPointer<Float>, rowCount: Int) {
    self.inputs = inputs
    self.rowCount = rowCount
    noise = nil
  }

  private func sum(_ p: [Double], _ row: Int) -> Double {
    p[0] * Double(inputs[row]) + p[1] * Double(inputs[rowCount + row]) + p[2]
  }

  private func outputs(_ p: [Double], _ h: Double) -> [Float] {
    [Float(p[3] * h + p[5]), Float(p[4] * h + p[6])]
  }

  private func outputs(_ p: [Double], _ row: Int, isNoisy: Bool) -> [Float] {
    let z = sum(p, row) + (isNoisy ? noise.map { Double($0[row]) } ?? 0 : 0)
    return outputs(p, z >= 0 ? 1 : -1)
  }

  func forward(
    parameters: UnsafeBufferPointer<Double>, pointCount: Int,
    outputs: UnsafeMutableBufferPointer<Float>
  ) {
    for point in 0..<pointCount {
      let p = Array(parameters[point * 7..<(point + 1) * 7])
      for row in 0..<rowCount {
        let values = self.outputs(p, row, isNoisy: false)
        for unit in 0..<2 { outputs[(point * 2 + unit) * rowCount + row] = values[unit] }
      }
    }
  }

  func takeNoise(_ noise: UnsafePointer<Float>?) { self.noise = noise }
  func openCuts(parameters: UnsafeBufferPointer<Double>) { base = Array(parameters) }

  func cut(
    index: Int, offsets: UnsafeBufferPointer<Double>, outputs: UnsafeMutableBufferPointer<Float>
  ) {
    for (place, offset) in offsets.enumerated() {
      var p = base
      p[index] += offset
      for row in 0..<rowCount {
        let values = self.outputs(p, row, isNoisy: true)
        for unit in 0..<2 { outputs[(place * 2 + unit) * rowCount + row] = values[unit] }
      }
    }
  }

  func move(index: Int, delta: Double) { base[index] += delta }

  func cutChanges(
    index: Int, offsets: UnsafeBufferPointer<Double>, into changes: inout CutChanges
  ) {
    changes.multiplyAdds = rowCount
    for (place, offset) in offsets.enumerated() {
      var p = base
      p[index] += offset
      write(p, place, into: changes)
    }
  }

  func moveChanges(index: Int, delta: Double, into changes: inout CutChanges) {
    base[index] += delta
    changes.multiplyAdds = rowCount
    write(base, 0, into: changes)
  }

  private func write(_ p: [Double], _ place: Int, into changes: CutChanges) {
    changes.rowCounts[place] = UInt64(rowCount)
    for row in 0..<rowCount {
      changes.rows[place * changes.stride + row] = UInt32(row)
      let values = outputs(p, row, isNoisy: true)
      for unit in 0..<2 {
        changes.outputs[
          place * 2 * changes.stride + unit * changes.stride(of: place) + row] = values[unit]
      }
    }
  }

  func openUnit(
    _ unit: Int, sums: UnsafeMutableBufferPointer<Float>,
    outputs: UnsafeMutableBufferPointer<Float>
  ) {
    for row in 0..<rowCount {
      sums[row] = Float(sum(base, row)) + (noise.map { $0[row] } ?? 0)
      for (side, h) in [-1.0, 1].enumerated() {
        let values = self.outputs(base, h)
        for unit in 0..<2 { outputs[(side * 2 + unit) * rowCount + row] = values[unit] }
      }
    }
  }

  func factors(index: Int) -> SumFactors {
    SumFactors(
      count: rowCount, rows: nil,
      values: index < 2 ? inputs.baseAddress.map { $0 + index * rowCount } : nil)
  }
}
