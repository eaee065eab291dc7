internal import QHostBridging
internal import QHostInterfaces

/// Checks of targets.
enum TargetChecks {
  /// y = x Wᵀ + b of three inputs and two outputs, with weights that are exact in few bits.
  static let graph = Graph(
    input: "input", output: "output", inputShape: Shape([3]), outputShape: Shape([2]),
    nodes: [
      Graph.Node(
        name: "layer", operation: "Gemm", inputs: ["input", "weight", "bias"],
        outputs: ["output"], attributes: ["transB": .integers([1])])
    ],
    constants: [
      Graph.Constant(
        name: "weight", shape: Shape([2, 3]), elements: .float([1, -0.5, 0.25, 0.5, 1, -1])),
      Graph.Constant(name: "bias", shape: Shape([2]), elements: .float([0.5, -0.5])),
    ])

  private static let inputs: [Float] = (0..<24).map { Float(($0 * 7) % 9 - 4) / 4 }

  /// Eight rows of class 0.
  static let calibration = Calibration(
    rowCount: 8, inputs: inputs, targets: Array(repeating: 0, count: 8))

  /// The small network, compiled.
  static func compiled(
    _ subject: CheckSubject
  ) throws -> (target: ForeignTarget, result: CompiledModel) {
    let target = try Exercise(subject).target()
    do throws(ComponentError) {
      return (target, try target.compile(graph, calibration: calibration))
    } catch {
      guard error.severity == .unsupported else { throw error }
      throw CheckSkip("it does not take a layer of Gemm: \(error.message)")
    }
  }

  static let all: [Check] = [
    Check(
      "target-compiles", .contract, .component(.target),
      "A small network becomes files with names of their own that are not empty.",
      remedy: "Hand each file to sink->artifact once."
    ) { subject in
      let artifacts = try compiled(subject).result.artifacts
      try require(!artifacts.isEmpty, "there are none")
      try require(artifacts.allSatisfy { !$0.bytes.isEmpty }, "one is empty")
      try require(Set(artifacts.map(\.name)).count == artifacts.count, "two have one name")
    },
    Check(
      "target-figures", .contract, .component(.target), "Figures of its report are finite.",
      remedy: "Leave out what is not known."
    ) { subject in
      for figure in try compiled(subject).result.figures {
        try require(figure.value.isFinite, "'\(figure.name)' is \(figure.value)")
      }
    },
    Check(
      "target-refuses", .contract, .component(.target),
      "An operator that it does not know is refused by name.",
      remedy: "Return QHOST_ERROR or QHOST_UNSUPPORTED with the operator in the message."
    ) { subject in
      let able = try compiled(subject).target
      do throws(ComponentError) {
        _ = try able.execute(inputs: inputs, rowCount: 8)
      } catch {
        guard error.severity == .unsupported else { throw error }
        throw CheckSkip("it executes nothing here, and may write operators that it does not know")
      }
      var graph = graph
      graph.nodes[0].operation = "NoSuchOperator"
      let target = try Exercise(subject).target()
      do throws(ComponentError) {
        _ = try target.compile(graph, calibration: calibration)
      } catch {
        try require(!error.message.isEmpty, "it refused without a message")
        return
      }
      throw CheckFailure("it took the operator 'NoSuchOperator'")
    },
    Check(
      "target-repeats", .numeric, .component(.target),
      "The same network becomes the same files.", needs: .session,
      remedy: "Leave times and addresses out."
    ) { subject in
      let first = try compiled(subject).result.artifacts
      let second = try compiled(subject).result.artifacts
      try require(first.map(\.bytes) == second.map(\.bytes), "they differ")
    },
    Check(
      "target-executes", .numeric, .component(.target),
      "What it executes picks the classes that the network picks.",
      remedy: "Compare with the graph row by row."
    ) { subject in
      let target = try compiled(subject).target
      let outputs: [Float]
      do throws(ComponentError) {
        outputs = try target.execute(inputs: inputs, rowCount: 8).outputs
      } catch {
        guard error.severity == .unsupported else { throw error }
        throw CheckSkip("it executes nothing here")
      }
      try require(outputs.count == 16, "it gave \(outputs.count) numbers for 16")
      for row in 0..<8 {
        let (a, b, c) = (inputs[3 * row], inputs[3 * row + 1], inputs[3 * row + 2])
        let margin = (a - 0.5 * b + 0.25 * c + 0.5) - (0.5 * a + b - c - 0.5)
        // A target may round; where the classes are close they may differ.
        guard abs(margin) > 0.25 else { continue }
        try require(
          (outputs[2 * row] > outputs[2 * row + 1]) == (margin > 0), "row \(row) has another class")
      }
    },
  ]
}
