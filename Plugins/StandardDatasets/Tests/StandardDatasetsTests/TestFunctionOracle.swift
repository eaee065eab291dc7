import Foundation
import QHostInterfaces
import QHostTesting
import StandardDatasets

/// The name on the command line.
let functionNames = Functions.descriptor.parameters[0].choices.map(\.name)

/// Makes a test function.
func functions(
  _ name: String, _ dimension: Int, shifted: Bool = true, rotated: Bool = false, instance: Int = 1,
  seed: UInt64 = 1
) throws -> Functions {
  try Functions(
    request: request(
      for: Functions.descriptor,
      [
        "function": .choice(name, index: functionNames.firstIndex(of: name) ?? -1),
        "dimension": .integer(dimension), "shifted": .boolean(shifted),
        "rotated": .boolean(rotated), "instance": .integer(instance),
      ], host: TestHost(seed: seed)))
}

/// The domain of each coordinate.
func domain(of functions: Functions) -> (Double, Double) {
  let description = functions.datasetDescription
  return (description.outputLower[0], description.outputUpper[0])
}

/// A function's value by the textbook's formula, and the size of what that adds up.
func textbookValue(_ name: String, _ x: [Double]) -> (value: Double, magnitude: Double) {
  let n = Double(x.count)
  switch name {
  case "sphere":
    let value = x.reduce(0) { $0 + $1 * $1 }
    return (value, value)
  case "rosenbrock":
    let value = zip(x, x.dropFirst()).reduce(0) {
      $0 + 100 * pow($1.1 - $1.0 * $1.0, 2) + pow(1 - $1.0, 2)
    }
    return (value, value)
  case "rastrigin":
    let value = x.reduce(10 * n) { $0 + $1 * $1 - 10 * cos(2 * .pi * $1) }
    // cos 2πx loses digits of its argument: |2πx| ulps times the slope.
    return (value, 50 * n * 10)
  case "ackley":
    let squares = x.reduce(0) { $0 + $1 * $1 }
    let cosines = x.reduce(0) { $0 + cos(2 * .pi * $1) }
    let value = -20 * exp(-0.2 * (squares / n).squareRoot()) - exp(cosines / n) + 20 + M_E
    return (value, 40 * 2 * .pi * 33)
  case "schwefel":
    let value = x.reduce(418.982887272433799807913601398 * n) {
      $0 - $1 * sin(abs($1).squareRoot())
    }
    return (value, 1000 * n * 23)
  case "styblinski-tang":
    let value =
      x.reduce(0) { $0 + pow($1, 4) - 16 * $1 * $1 + 5 * $1 } / 2 + 39.16616570377141454 * n
    return (value, 1000 * n)
  case "levy":
    let w = x.map { 1 + ($0 - 1) / 4 }
    let last = w[w.count - 1]
    var value = pow(sin(.pi * w[0]), 2)
    for v in w.dropLast() { value += pow(v - 1, 2) * (1 + 10 * pow(sin(.pi * v + 1), 2)) }
    value += pow(last - 1, 2) * (1 + pow(sin(2 * .pi * last), 2))
    return (value, 100 * n * 10 * 2 * .pi)
  case "griewank":
    var (sum, product) = (0.0, 1.0)
    for (index, v) in x.enumerated() {
      sum += v * v / 4000
      product *= cos(v / Double(index + 1).squareRoot())
    }
    return (1 + sum - product, sum + 600)
  default: return (.nan, 0)
  }
}
