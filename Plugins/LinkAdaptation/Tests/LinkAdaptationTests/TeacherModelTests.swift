import LinkAdaptation
import QHostInterfaces
import QHostTesting
import Testing

@Suite("The teacher as a model")
struct TeacherModelTests {
  private static let rowCount = 64

  private func model() throws -> TeacherModel {
    try TeacherModel(
      request: request(for: TeacherModel.descriptor),
      mapping: Mapping(task: .classification, input: Shape([15]), output: Shape([28])))
  }

  /// Rows of the dataset: inputs [15 × B] and by rows, and labels.
  private func rows() throws -> (blocks: [Float], rows: [Float], labels: [Int]) {
    let (inputs, labels) = try LinkCase.read(LinkCase.dataset(), .test)
    let blocks = (0..<15 * Self.rowCount).map { place in
      inputs[place % Self.rowCount * 15 + place / Self.rowCount]
    }
    return (
      blocks, Array(inputs[..<(15 * Self.rowCount)]), labels[..<Self.rowCount].map { Int($0) }
    )
  }

  /// Outputs [28 × B] at a point, and the gradient of Σ slopes · outputs.
  private func values(
    _ model: TeacherModel, _ point: [Double], _ inputs: [Float], slopes: [Float]? = nil
  ) throws -> (outputs: [Float], gradient: [Double]) {
    let session = model.makeSession()
    var outputs = [Float](repeating: .nan, count: 28 * Self.rowCount)
    var gradient = [Double](repeating: .nan, count: point.count)
    try inputs.withUnsafeBufferPointer { inputs in
      try session.bind(inputs: inputs, rowCount: Self.rowCount)
      try point.withUnsafeBufferPointer { point in
        try outputs.withUnsafeMutableBufferPointer {
          try session.forward(parameters: point, pointCount: 1, outputs: $0)
        }
      }
      guard let slopes else { return }
      try slopes.withUnsafeBufferPointer { slopes in
        try gradient.withUnsafeMutableBufferPointer {
          try session.backward(outputGradients: slopes, gradient: $0)
        }
      }
    }
    return (outputs, gradient)
  }

  @Test("It starts with the teacher's choices, and later starts are others")
  func start() throws {
    let model = try model()
    let (inputs, _, labels) = try rows()
    let outputs = try values(model, model.initialParameters(start: 0), inputs).outputs
    for (row, label) in labels.enumerated() {
      let choice = (0..<28).max {
        outputs[$0 * Self.rowCount + row] < outputs[$1 * Self.rowCount + row]
      }
      #expect(choice == label)
    }
    let sums = (0..<Self.rowCount).map { row in
      (0..<28).reduce(Float(0)) { $0 + outputs[$1 * Self.rowCount + row] }
    }
    #expect(sums.allSatisfy { abs($0) < 1e-3 }, "values are less their mean")
    #expect(model.initialParameters(start: 1) != model.initialParameters(start: 2))
  }

  @Test("Its graph has the session's outputs")
  func graph() throws {
    let model = try model()
    let point = model.initialParameters(start: 0)
    let (inputs, byRows, _) = try rows()
    let outputs = try values(model, point, inputs).outputs
    let graph = GraphInterpreter(
      try model.graph(parameters: point), inputs: byRows, rowCount: Self.rowCount)
    let found = graph.values["output"] ?? []
    #expect(found.count == outputs.count)
    for (place, value) in found.enumerated() {
      let other = outputs[place % 28 * Self.rowCount + place / 28]
      // Sums of 256 products of numbers up to some tens.
      #expect(abs(value - other) < 1e-3)
    }
  }

  @Test("Its gradient is the slope that differences find")
  func gradient() throws {
    let model = try model()
    let point = model.initialParameters(start: 0)
    let inputs = try rows().blocks
    let slopes = TestHost(seed: 5).uniforms(step: 0, index: 0, count: 28 * Self.rowCount).map {
      Float($0) - 0.5
    }
    let gradient = try values(model, point, inputs, slopes: slopes).gradient
    func sum(_ point: [Double]) throws -> Double {
      let outputs = try values(model, point, inputs).outputs
      return zip(outputs, slopes).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    // Along the gradient itself, so that rounding is small beside the change.
    let norm = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let step = 1e-3
    let sides = try [-step, step].map { side in
      try sum(zip(point, gradient).map { $0 + side * $1 / norm })
    }
    #expect(abs((sides[1] - sides[0]) / (2 * step) - norm) < 0.02 * norm)
  }

  @Test("Rows that are scaled, and other datasets, are refused with what to do")
  func refusals() throws {
    let model = try model()
    let scaled = [Float](repeating: 0.5, count: 15)
    let error = #expect(throws: ComponentError.self) {
      try scaled.withUnsafeBufferPointer {
        try model.makeSession().bind(inputs: $0, rowCount: 1)
      }
    }
    #expect(error?.message.contains("log2_blocks is 0.5") == true)
    #expect(error?.message.contains("--scaling none") == true)
    let other = #expect(throws: ComponentError.self) {
      try TeacherModel(
        request: request(for: TeacherModel.descriptor),
        mapping: Mapping(task: .classification, input: Shape([4]), output: Shape([3])))
    }
    #expect(other?.kind == .parameter && other?.message.contains("--dataset mcs") == true)
  }
}
