internal import Glibc
internal import QHostInterfaces

/// A function of one number that a graph spells as operators: what a hidden unit does to its sum.
struct ElementwiseFunction: Sendable {
  private let nodes: [Graph.Node]
  private let constants: [String: [Double]]
  private let input: String

  /// The operators that it may have.
  private static let operations: Set<String> = [
    "Identity", "Tanh", "Relu", "Sigmoid", "Sin", "Greater", "Less", "Where", "Add", "Sub", "Mul",
    "Div", "Min", "Max", "Clip", "Floor", "Round", "Cast", "Gather", "Exp", "Log", "Sqrt", "Erf",
    "Abs",
    "Neg", "Cos", "GreaterOrEqual", "LessOrEqual",
  ]

  /// Makes the function of some nodes, the first of which takes the layer's sums.
  ///
  /// - Throws: for an operator that it does not know.
  init(
    _ nodes: [Graph.Node], input: String, cursor: GraphCursor, layer: String
  ) throws(ComponentError) {
    (self.nodes, self.input) = (nodes, input)
    var constants: [String: [Double]] = [:]
    for node in nodes {
      guard Self.operations.contains(node.operation) else {
        throw cursor.unsupported(node, after: layer)
      }
      for (place, name) in node.inputs.enumerated() {
        // A list is a table for Gather; elsewhere it would be another function for each unit.
        let isTable = node.operation == "Gather" && place == 0
        if let constant = cursor.constant(name), constant.elements.count != 1, !isTable {
          throw .unsupported(
            "there is code for functions that are the same for all units, and node '\(node.name)' "
              + "(\(node.operation), after \(layer)) has constant '\(name)' of "
              + "\(constant.elements.count) numbers; export a network without it")
        }
        switch cursor.constant(name)?.elements {
        case .float(let values): constants[name] = values.map(Double.init)
        case .int8(let values): constants[name] = values.map(Double.init)
        case .int32(let values): constants[name] = values.map(Double.init)
        case .int64(let values): constants[name] = values.map(Double.init)
        case nil: break
        }
      }
    }
    self.constants = constants
  }

  /// The function's value.
  func callAsFunction(_ z: Double) -> Double {
    var values = [input: z]
    var result = z
    for node in nodes {
      let operands = node.inputs.map { name in values[name].map { [$0] } ?? constants[name] ?? [] }
      result = Self.apply(node.operation, operands)
      for name in node.outputs { values[name] = result }
    }
    return result
  }

  private static func apply(_ operation: String, _ operands: [[Double]]) -> Double {
    func value(_ index: Int) -> Double { operands[index].first ?? .nan }
    switch operation {
    case "Tanh": return tanh(value(0))
    case "Relu": return max(value(0), 0)
    case "Sigmoid": return 1 / (1 + exp(-value(0)))
    case "Sin": return sin(value(0))
    case "Cos": return cos(value(0))
    case "Exp": return exp(value(0))
    case "Log": return log(value(0))
    case "Sqrt": return value(0).squareRoot()
    case "Erf": return erf(value(0))
    case "Abs": return abs(value(0))
    case "Neg": return -value(0)
    case "Div": return value(0) / value(1)
    case "Round": return value(0).rounded(.toNearestOrEven)
    case "GreaterOrEqual": return value(0) >= value(1) ? 1 : 0
    case "LessOrEqual": return value(0) <= value(1) ? 1 : 0
    case "Greater": return value(0) > value(1) ? 1 : 0
    case "Less": return value(0) < value(1) ? 1 : 0
    case "Where": return value(0) != 0 ? value(1) : value(2)
    case "Add": return value(0) + value(1)
    case "Sub": return value(0) - value(1)
    case "Mul": return value(0) * value(1)
    case "Min": return min(value(0), value(1))
    case "Max": return max(value(0), value(1))
    case "Clip": return min(max(value(0), value(1)), value(2))
    case "Floor", "Cast": return value(0).rounded(.down)
    case "Gather":
      let table = operands[0]
      return table[min(max(Int(value(1)), 0), table.count - 1)]
    default: return value(0)
    }
  }
}
