import QHostInterfaces

/// A graph around one operator.
struct OperatorCase: Sendable, CustomStringConvertible {
  var description: String
  var graph: Graph

  private init(
    _ description: String, _ inputShape: [Int], _ count: Int,
    _ body: (inout GraphBuilder) -> Void
  ) {
    var builder = GraphBuilder(inputShape)
    body(&builder)
    self.description = description
    graph = builder.finished(count)
  }

  /// Numbers from which one exact product was made, so that there is a layer before an operator.
  private static func layer(_ builder: inout GraphBuilder, _ inputs: Int, _ units: Int) {
    let weights = builder.constant(
      [units, inputs], .float(numbers(inputs * units, range: 2, seed: 5)))
    let biases = builder.constant([units], .float(numbers(units, seed: 6)))
    builder.append("Gemm", [weights, biases], with: ["transB": .integers([1])])
  }

  /// A layer whose weights are integers of which a Cast makes reals.
  private static func integers(
    _ builder: inout GraphBuilder, _ shape: [Int], _ elements: Graph.Elements, byUnits: Bool,
    factor: Double? = nil
  ) {
    let input = builder.value
    let weights = builder.constant(shape, elements)
    builder.append("Cast", inputs: [weights], with: ["to": .integers([1])])
    var attributes: [String: Graph.Attribute] = byUnits ? ["transB": .integers([1])] : [:]
    if let factor { attributes["alpha"] = .reals([factor]) }
    builder.append(byUnits ? "Gemm" : "MatMul", inputs: [input, builder.value], with: attributes)
  }

  static let singles = [
    "Identity", "Tanh", "Relu", "Sigmoid", "Sin", "Cos", "Abs", "Neg", "Floor", "Exp", "Erf",
    "Round",
  ].flatMap { operation in
    [
      OperatorCase("\(operation) of the input", [5], 5) { $0.append(operation) },
      OperatorCase("\(operation) of a layer", [4], 6) {
        layer(&$0, 4, 6)
        $0.append(operation)
      },
    ]
  }

  static let pairs = ["Add", "Sub", "Mul", "Min", "Max", "Div"].flatMap { operation in
    [[], [6], [2, 1, 1], [3, 1], [1, 2, 3, 1]].map { shape in
      OperatorCase("\(operation) with \(shape)", [2, 3, 6], 36) { builder in
        let count = Shape(shape).count
        let other = numbers(count, range: 2, seed: 7).map { $0 + ($0 < 0 ? -0.5 : 0.5) }
        builder.append(operation, [builder.constant(shape, .float(other))])
      }
    }
  }

  static let choices = ["Greater", "Less", "GreaterOrEqual", "LessOrEqual"].map { operation in
    OperatorCase("\(operation) and Where", [4], 6) { builder in
      layer(&builder, 4, 6)
      let sums = builder.value
      builder.append(operation, [builder.real(0.25)])
      let condition = builder.value
      builder.append("Where", inputs: [condition, sums, builder.real(-1)])
    }
  }

  /// Real inputs as integers of −100 to 100.
  private static func whole(_ builder: inout GraphBuilder) {
    builder.append("Mul", [builder.real(50)])
    builder.append("Clip", [builder.real(-100), builder.real(100)])
    builder.append("Cast", with: ["to": .integers([6])])
  }

  static let wholePairs = ["Add", "Sub", "Mul", "Min", "Max", "Div"].flatMap { operation in
    [[7, -3, 1, 64, 127], [300, 30_000, -30_000, 40_000, -1], [8, 1, 2, 4, 16]].map {
      (other: [Int32]) in
      OperatorCase("whole \(operation) with \(other)", [5], 5) { builder in
        whole(&builder)
        builder.append(operation, [builder.constant([5], .int32(other))])
        builder.append("Cast", with: ["to": .integers([1])])
      }
    }
  }

  static let wholeOthers = [
    OperatorCase("whole Neg, Abs, Relu", [5], 5) { builder in
      whole(&builder)
      for operation in ["Neg", "Relu", "Neg", "Abs"] { builder.append(operation) }
      builder.append("Cast", with: ["to": .integers([1])])
    },
    OperatorCase("whole Greater and Where", [5], 5) { builder in
      whole(&builder)
      let number = builder.value
      builder.append("Greater", [builder.constant([], .int32([10]))])
      let condition = builder.value
      let large = builder.constant([5], .int32([1, -70_000, 3, 40_000, 5]))
      builder.append("Where", inputs: [condition, number, large])
      builder.append("Cast", with: ["to": .integers([1])])
    },
    OperatorCase("a comparison that is decided", [5], 5) { builder in
      whole(&builder)
      let number = builder.value
      builder.append("LessOrEqual", [builder.constant([], .int32([100]))])
      builder.append(
        "Where", inputs: [builder.value, number, builder.constant([], .int32([7]))])
      builder.append("Cast", with: ["to": .integers([1])])
    },
  ]

  static let others = [
    OperatorCase("Sqrt of what is not below 0", [4], 4) {
      $0.append("Abs")
      $0.append("Sqrt")
    },
    OperatorCase("Log of what is above 0", [4], 4) {
      $0.append("Abs")
      $0.append("Add", [$0.real(0.25)])
      $0.append("Log")
    },
    OperatorCase("Transpose of three extents", [2, 3, 4], 24) { builder in
      builder.append("Transpose", with: ["perm": .integers([0, 3, 1, 2])])
      builder.append("Mul", [builder.constant([4, 1, 1], .float([1, 2, 3, 4]))])
      builder.append("Transpose", with: ["perm": .integers([0, 1, 3, 2])])
      builder.append("Flatten")
    },
    OperatorCase("Round behind Clip", [7], 7) { builder in
      builder.append("Mul", [builder.real(4)])
      builder.append("Clip", [builder.real(-3), builder.real(3)])
      builder.append("Round")
    },
    OperatorCase("Clip, Floor, Cast and Gather", [7], 7) { builder in
      builder.append("Clip", [builder.real(-1.5), builder.real(1.5)])
      builder.append("Add", [builder.real(1.5)])
      builder.append("Clip", [builder.real(0), builder.real(3)])
      builder.append("Floor")
      builder.append("Cast", with: ["to": .integers([7])])
      let table = builder.constant([4], .float([5, -6, 7.5, 8]))
      builder.append("Gather", inputs: [table, builder.value])
    },
    OperatorCase("Clip behind Floor", [7], 7) { builder in
      builder.append("Floor")
      builder.append("Clip", [builder.real(-1), builder.real(1)])
    },
    OperatorCase("three operands of Max", [7], 7) { builder in
      builder.append(
        "Max", [builder.real(-0.5), builder.constant([7], .float(numbers(7, seed: 8)))])
    },
    OperatorCase("a branch that comes together", [6], 5) { builder in
      layer(&builder, 6, 5)
      let sums = builder.value
      builder.append("Tanh")
      let hidden = builder.value
      builder.append("Sigmoid", inputs: [sums])
      builder.append("Mul", inputs: [builder.value, hidden])
      builder.append("Add", inputs: [builder.value, sums])
    },
    OperatorCase("a residue that waits for three layers", [6], 6) { builder in
      layer(&builder, 6, 6)
      let residue = builder.value
      for _ in 0..<3 {
        builder.append("Relu")
        layer(&builder, 6, 6)
      }
      builder.append("Add", [residue])
    },
    OperatorCase("the input itself", [2, 3], 6) {
      $0.append("Flatten", with: ["axis": .integers([1])])
    },
    OperatorCase("Gemm by inputs, with factors and one offset", [5], 3) { builder in
      let weights = builder.constant([5, 3], .float(numbers(15, seed: 9)))
      let bias = builder.constant([1], .float([0.75]))
      builder.append(
        "Gemm", [weights, bias], with: ["alpha": .reals([0.5]), "beta": .reals([-2])])
    },
    OperatorCase("MatMul", [5], 3) { builder in
      builder.append("MatMul", [builder.constant([5, 3], .float(numbers(15, seed: 9)))])
    },
    OperatorCase("Gemm of integers that a Cast makes real", [5], 3) { builder in
      integers(&builder, [3, 5], .int8((0..<15).map { Int8($0 * 17 - 119) }), byUnits: true)
      builder.append("Mul", [builder.constant([3], .float([0.5, -0.25, 2]))])
    },
    OperatorCase("MatMul of integers of 16 bits that a Cast makes real", [5], 3) { builder in
      integers(&builder, [5, 3], .int32((0..<15).map { $0 * 317 - 2_219 }), byUnits: false)
    },
    OperatorCase("Gemm with a factor of integers that a Cast makes real", [5], 3) { builder in
      integers(
        &builder, [3, 5], .int8((0..<15).map { Int8($0 - 7) }), byUnits: true, factor: 0.5)
    },
    OperatorCase("Reshape with a free extent", [12], 12) { builder in
      builder.append("Reshape", [builder.constant([4], .int64([0, 2, -1, 2]))])
      builder.append("Add", [builder.constant([2, 1, 1], .float([1, 2]))])
      builder.append("Flatten")
    },
  ]

  static let all = singles + pairs + choices + wholePairs + wholeOthers + others
}
