package import QHostInterfaces

/// outputs = W x + b with C = 2, for tests of the objective: parameters [W row by row, b].
///
/// What it can do and how it fails is set for each instance.
package final class LinearModel: ModelComponent, @unchecked Sendable {
  package static let descriptor = ComponentDescriptor(
    name: "linear", summary: "A linear model.",
    parameters: [
      .boolean("cuts", default: true, "Whether it has cuts."),
      .boolean("gradient", default: true, "Whether it has a gradient."),
    ])

  /// What goes wrong while the first parameter is above 100.
  package enum Fault: Sendable {
    case none, notANumber, infinite, discard
  }

  package let inputCount: Int
  package let outputCount: Int
  package let fault: Fault
  package let modelDescription: ModelDescription

  package init(
    inputCount: Int, outputCount: Int, hasCuts: Bool = true, hasGradient: Bool = true,
    fault: Fault = .none, hasCutChanges: Bool = false
  ) {
    self.inputCount = inputCount
    self.outputCount = outputCount
    self.fault = fault
    var description = ModelDescription(
      parameterCount: outputCount * (inputCount + 1), multiplyAdds: outputCount * (inputCount + 1))
    description.hasCuts = hasCuts
    description.hasCutChanges = hasCutChanges
    description.hasGradient = hasGradient
    description.gradientCost = 2.5
    description.blocks = [
      ParameterBlock(name: "weight", shape: Shape([outputCount, inputCount]), offset: 0),
      ParameterBlock(name: "bias", shape: Shape([outputCount]), offset: outputCount * inputCount),
    ]
    modelDescription = description
  }

  package convenience init(request: ComponentRequest, mapping: Mapping) {
    self.init(
      inputCount: mapping.input.count, outputCount: mapping.output.count,
      hasCuts: request.configuration.boolean("cuts"),
      hasGradient: request.configuration.boolean("gradient"))
  }

  package func initialParameters(start: UInt64) -> [Double] {
    (0..<modelDescription.parameterCount).map { 0.1 * Double($0 % 5) - 0.2 + Double(start) }
  }
  package func makeSession() -> any ModelSession { LinearSession(self) }
  package func cutCost(index: Int) -> Double { 0.25 }
}

/// A session of it: plain loops.
package final class LinearSession: ModelSession {
  private let model: LinearModel
  private var inputs = UnsafeBufferPointer<Float>(start: nil, count: 0)
  private var rowCount = 0
  private var base: [Double] = []

  package init(_ model: LinearModel) { self.model = model }

  package func bind(inputs: UnsafeBufferPointer<Float>, rowCount: Int) {
    self.inputs = inputs
    self.rowCount = rowCount
    base = []
  }

  package func forward(
    parameters: UnsafeBufferPointer<Double>, pointCount: Int,
    outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    let n = model.modelDescription.parameterCount
    for point in 0..<pointCount {
      let p = Array(parameters[point * n..<(point + 1) * n])
      if p[0] > 100, model.fault == .discard {
        throw ComponentError("infeasible", severity: .discard)
      }
      write(p, to: outputs, at: point * model.outputCount * rowCount)
    }
  }

  package func backward(
    outputGradients: UnsafeBufferPointer<Float>, gradient: UnsafeMutableBufferPointer<Double>
  ) {
    let (f, c) = (model.inputCount, model.outputCount)
    gradient.update(repeating: 0)
    for unit in 0..<c {
      for row in 0..<rowCount {
        let slope = Double(outputGradients[unit * rowCount + row])
        for i in 0..<f { gradient[unit * f + i] += slope * Double(inputs[i * rowCount + row]) }
        gradient[c * f + unit] += slope
      }
    }
  }

  package func openCuts(parameters: UnsafeBufferPointer<Double>) { base = Array(parameters) }

  package func cut(
    index: Int, offsets: UnsafeBufferPointer<Double>, outputs: UnsafeMutableBufferPointer<Float>
  ) {
    for (place, offset) in offsets.enumerated() {
      var point = base
      point[index] += offset
      write(point, to: outputs, at: place * model.outputCount * rowCount)
    }
  }

  package func move(index: Int, delta: Double) { base[index] += delta }

  package func cutChanges(
    index: Int, offsets: UnsafeBufferPointer<Double>, into changes: inout CutChanges
  ) {
    changes.multiplyAdds = 0
    for (place, offset) in offsets.enumerated() {
      var point = base
      point[index] += offset
      writeChanges(from: base, to: point, place, &changes)
    }
  }

  package func moveChanges(index: Int, delta: Double, into changes: inout CutChanges) {
    let before = base
    base[index] += delta
    changes.multiplyAdds = 0
    writeChanges(from: before, to: base, 0, &changes)
  }

  /// The rows whose outputs differ at two points; one multiply-add for each.
  private func writeChanges(
    from: [Double], to: [Double], _ place: Int, _ changes: inout CutChanges
  ) {
    let size = model.outputCount * rowCount
    var outputs = [Float](repeating: 0, count: 2 * size)
    outputs.withUnsafeMutableBufferPointer {
      write(from, to: $0, at: 0)
      write(to, to: $0, at: size)
    }
    let rows = (0..<rowCount).filter { row in
      (0..<model.outputCount).contains {
        outputs[$0 * rowCount + row] != outputs[size + $0 * rowCount + row]
      }
    }
    changes.rowCounts[place] = UInt64(rows.count)
    let target = changes.outputs + place * model.outputCount * changes.stride
    for (number, row) in rows.enumerated() {
      changes.rows[place * changes.stride + number] = UInt32(row)
      for unit in 0..<model.outputCount {
        target[unit * changes.stride(of: place) + number] = outputs[size + unit * rowCount + row]
      }
    }
    changes.multiplyAdds += rows.count
  }

  private func write(_ p: [Double], to outputs: UnsafeMutableBufferPointer<Float>, at start: Int) {
    let (f, c) = (model.inputCount, model.outputCount)
    for unit in 0..<c {
      for row in 0..<rowCount {
        var sum = p[c * f + unit]
        for i in 0..<f { sum += p[unit * f + i] * Double(inputs[i * rowCount + row]) }
        if p[0] > 100, model.fault == .notANumber { sum = .nan }
        if p[0] > 100, model.fault == .infinite { sum = .infinity }
        outputs[start + unit * rowCount + row] = Float(sum)
      }
    }
  }
}
