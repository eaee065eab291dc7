import Compressors
import Foundation
import NeuralModels
import QHostInterfaces
import QHostTesting
import Testing

@Suite("qnn")
struct QNNTests {
  private func choice(_ name: String) -> ParameterValue { .choice(name, index: 0) }

  @Test(
    "The gradient is that of central differences",
    arguments: ["paper", "centred", "network"], ["f32", "f64"])
  func gradient(mapping: String, precision: String) throws {
    // 5·16 + 16 + 3·16 + 3 = 147 weights: 8 qubits, which kernels are for; doubles of 109 outcomes.
    let model = try QNNCase.model(
      ["mapping": choice(mapping), "precision": choice(precision), "gamma": .real(0.7)])
    let point = model.initialParameters(start: 3)
    let (rows, rowCount) = (QNNCase.rows(7), 7)
    let weights = (0..<3 * rowCount).map { Float(sin(Double($0 * 5 + 1))) }
    let session = try model.makeSession()
    var gradient = [Double](repeating: .nan, count: point.count)
    func loss(_ point: [Double]) throws -> Double {
      zip(try QNNCase.outputs(session, point, rowCount: rowCount), weights)
        .reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    try rows.withUnsafeBufferPointer { rows in
      try session.bind(inputs: rows, rowCount: rowCount)
      _ = try loss(point)
      try weights.withUnsafeBufferPointer { weights in
        try gradient.withUnsafeMutableBufferPointer {
          try session.backward(outputGradients: weights, gradient: $0)
        }
      }
      let largest = gradient.map(abs).max() ?? 0
      #expect(largest > 1e-3)
      for place in point.indices {
        var (up, down) = (point, point)
        up[place] += 5e-3
        down[place] -= 5e-3
        let difference = (try loss(up) - loss(down)) / 1e-2
        // Outputs are in single precision: 1e-6 of them, twice, over the step; and h² of the third derivative.
        #expect(abs(difference - gradient[place]) < 2e-3 * max(1, largest), "\(place)")
      }
    }
  }

  @Test("Angles and gains are blocks that cover all parameters", arguments: ["paper", "centred"])
  func blocks(mapping: String) throws {
    let description = try QNNCase.model(
      ["mapping": choice(mapping), "reps": .integer(2)]
    ).modelDescription
    #expect(description.blocks.map(\.name) == ["circuit.angles", "mapping.gains"])
    #expect(description.blocks[0].shape.count == 2 * 8 * 3)
    #expect(description.parameterCount == 48 + (mapping == "paper" ? 1 : 4))
    #expect(description.scales.count == description.parameterCount)
    #expect(description.passWork.pass > 0 && description.passWork.gradientPass > 0)
  }

  @Test("The paper's mapping is its equations 8 and 9, and uses each outcome once")
  func paper() throws {
    let model = try QNNCase.model(
      ["mapping": choice("paper"), "gamma": .real(0.4), "precision": choice("f64")])
    let point = model.initialParameters(start: 0)
    let weights = try model.innerParameters(at: point)
    var p = [Double](repeating: 0, count: 256)
    point[..<32].withUnsafeBufferPointer { angles in
      p.withUnsafeMutableBufferPointer {
        CircuitEngine<Double>(Ansatz(qubitCount: 8, repetitions: 1))
          .probabilities(angles: angles, into: $0)
      }
    }
    var (next, pairs) = (0, 0)
    for (index, weight) in weights.enumerated() {
      let sign = index % 2 == 0 ? 1.0 : -1
      let single = 0.4 * tanh(sign * 0.4 * 128 * p[next])
      if abs(single - weight) < 1e-12 {
        next += 1
        continue
      }
      let double = 0.4 * tanh(sign * 0.4 * 64 * (p[next] + p[next + 1]))
      #expect(abs(double - weight) < 1e-12)
      next += 2
      pairs += 1
    }
    #expect(next == 256)
    #expect(pairs == 256 - 147)
    // Another seed averages others.
    #expect(
      try QNNCase.model(["mapping": choice("paper")], seed: 2).innerParameters(at: point) != weights
    )
  }

  @Test("With units last the generated weights are transposed within their tensors")
  func order() throws {
    let point = try QNNCase.model().initialParameters(start: 0)
    let first = try QNNCase.model().innerParameters(at: point)
    let last = try QNNCase.model(["order": choice("units-last")]).innerParameters(at: point)
    for unit in 0..<16 {
      for input in 0..<5 {
        #expect(last[unit * 5 + input] == first[input * 16 + unit])
      }
    }
    #expect(last[80..<96] == first[80..<96])
  }

  @Test("Starts differ, and are the same for the same seed")
  func starts() throws {
    let model = try QNNCase.model()
    #expect(model.initialParameters(start: 1) != model.initialParameters(start: 2))
    #expect(
      model.initialParameters(start: 1) == (try QNNCase.model().initialParameters(start: 1)))
  }

  @Test("Shots are draws: the same for the same number, and nearer to the exact weights the more")
  func shots() throws {
    let exact = try QNNCase.model()
    let point = exact.initialParameters(start: 0)
    let rows = QNNCase.rows(4)
    var errors: [Double] = []
    try rows.withUnsafeBufferPointer { rows in
      let session = try exact.makeSession()
      try session.bind(inputs: rows, rowCount: 4)
      let outputs = try QNNCase.outputs(session, point, rowCount: 4)
      for shots in ["256", "1000000"] {
        let model = try QNNCase.model(["shots": .text(shots)])
        #expect(model.modelDescription.isStochastic && !model.modelDescription.hasGradient)
        let session = try model.makeSession()
        try session.bind(inputs: rows, rowCount: 4)
        let draws = try [5, 6, 5].map {
          try QNNCase.outputs(session, point, rowCount: 4, draw: $0)
        }
        #expect(draws[0] == draws[2] && draws[0] != draws[1])
        errors.append(zip(draws[0], outputs).reduce(0) { $0 + Double(abs($1.0 - $1.1)) })
      }
    }
    #expect(errors[1] < errors[0] / 10 && errors[1] > 0)
  }

  @Test("The graph is that of the inner model with the generated weights")
  func graph() throws {
    let (model, inner) = (try QNNCase.model(), try QNNCase.inner(hidden: [16]))
    let point = model.initialParameters(start: 0)
    #expect(
      try model.graph(parameters: point)
        == inner.graph(parameters: model.innerParameters(at: point)))
  }

  @Test("Counts are metrics, and the circuit's part of a step")
  func metrics() throws {
    let model = try QNNCase.model()
    let sample = MetricSample(
      split: .test, parameters: nil, rows: [], keys: [], draw: 0,
      inputs: UnsafeBufferPointer(start: nil, count: 0),
      outputs: UnsafeBufferPointer(start: nil, count: 0))
    let values = try model.measure(sample).map(\.value)
    #expect(Array(values.prefix(3)) == [147, 36, 147.0 / 36])
    #expect(model.metricDescriptions.map(\.name).last == "circuit_part" && values.count == 4)
    // More layers are more of the step, and never all of it.
    let deep = try #require(
      try QNNCase.model(["reps": .integer(100)]).measure(sample).map(\.value).last)
    #expect(values[3] > 0 && values[3] < deep && deep < 1)
  }
}
