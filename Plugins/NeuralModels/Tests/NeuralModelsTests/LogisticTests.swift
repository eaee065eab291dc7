import NeuralModels
import QHostInterfaces
import QHostNetworks
import QHostTesting
import Testing

@Suite("logistic")
struct LogisticTests {
  private func driver(bias: Bool) throws -> SessionDriver {
    let model = try Logistic(
      request: request(for: Logistic.descriptor, ["bias": .boolean(bias)]),
      mapping: mapping([2, 3], 4))
    return try SessionDriver(model, outputCount: 4)
  }

  @Test("Outputs, gradient and cuts agree with the plain network", arguments: [false, true])
  func agreement(bias: Bool) throws {
    let plain = PlainNetwork(widths: [6, 4], activation: .identity, hasBias: bias)
    let driver = try driver(bias: bias)
    let count = plain.parameterCount
    #expect(driver.model.modelDescription.parameterCount == count)
    let parameters = numbers(count, seed: 1).map { Double(Float($0)) }
    let rows = numbers(6 * 19, range: 2, seed: 2).map { Float($0) }
    try driver.bind(rows, rowCount: 19)
    let outputs = plain.outputs(parameters: parameters, inputs: rows, rowCount: 19)
    #expect(distance(try driver.forward(parameters), outputs) < 1e-5)
    let slopes = numbers(4 * 19, seed: 3)
    let gradient = plain.gradient(
      parameters: parameters, inputs: rows, rowCount: 19, outputGradients: slopes)
    let fast = try driver.backward(slopes.map { Float($0) })
    #expect(distance(fast.map { Float($0) }, gradient) < 2e-5)
    try driver.openCuts(parameters)
    for index in 0..<count {
      var moved = parameters
      moved[index] += 0.5
      let after = plain.outputs(parameters: moved, inputs: rows, rowCount: 19)
      #expect(distance(try driver.cut(index, [0, 0.5]), outputs + after) < 1e-5)
    }
  }

  @Test("The initial weights' deviation is the scale over the square root of the inputs")
  func initialParameters() throws {
    let model = try Logistic(
      request: request(for: Logistic.descriptor, ["initial_scale": .real(3)]),
      mapping: mapping([100], 50))
    let weights = try model.initialParameters(start: 4).prefix(5000)
    let square = weights.reduce(0) { $0 + $1 * $1 } / 5000
    // Five standard errors of the variance of normal values.
    #expect(abs(square / 0.09 - 1) < 5 * (2.0 / 5000).squareRoot())
    #expect(try model.initialParameters(start: 4).suffix(50).allSatisfy { $0 == 0 })
    #expect(model.modelDescription.scales.allSatisfy { abs($0 - 0.3) < 1e-12 })
  }
}
