import C99
import QHostInterfaces
import QHostTesting

/// Makes graphs node by node; each node takes what the one before gave.
struct GraphBuilder {
  private(set) var graph: Graph
  private(set) var value = "input"

  init(_ inputShape: [Int]) {
    graph = Graph(
      input: "input", output: "output", inputShape: Shape(inputShape), outputShape: Shape([]),
      nodes: [], constants: [])
  }

  /// Adds a constant with a name of its own, and returns the name.
  mutating func constant(_ shape: [Int], _ elements: Graph.Elements) -> String {
    let name = "constant.\(graph.constants.count)"
    graph.constants.append(Graph.Constant(name: name, shape: Shape(shape), elements: elements))
    return name
  }

  /// Adds one real.
  mutating func real(_ number: Float) -> String { constant([], .float([number])) }

  /// Adds a node behind the last one, or one that takes `inputs` alone.
  mutating func append(
    _ operation: String, _ more: [String] = [], inputs: [String]? = nil,
    with attributes: [String: Graph.Attribute] = [:]
  ) {
    let name = "node.\(graph.nodes.count)"
    graph.nodes.append(
      Graph.Node(
        name: name, operation: operation, inputs: inputs ?? [value] + more, outputs: [name],
        attributes: attributes))
    value = name
  }

  /// The graph whose output is the last node's, which has `count` numbers a row.
  func finished(_ count: Int) -> Graph {
    var graph = graph
    graph.nodes[graph.nodes.count - 1].outputs = ["output"]
    graph.outputShape = Shape([count])
    return graph
  }
}

/// Numbers of ± range that single precision holds with few bits, so that sums of them are exact.
func numbers(_ count: Int, range: Double = 1, seed: UInt64) -> [Float] {
  TestHost(seed: seed).uniforms(step: 0, index: 0, count: count).map {
    Float(((2 * $0 - 1) * range * 64).rounded() / 64)
  }
}

/// The target, with its defaults changed as a user would.
func target(
  _ changes: [String: ParameterValue] = [:], host: TestHost = TestHost()
) throws -> C99Target {
  try C99Target(request: request(for: C99Target.descriptor, changes, host: host))
}

/// What the target makes of a graph, without calibration rows and, unless one is named, without a compiler.
func compiled(
  _ graph: Graph, _ changes: [String: ParameterValue] = [:]
) throws -> CompiledModel {
  let changes = changes.merging(["compiler": .text("no-such-compiler")]) { given, _ in given }
  return try target(changes).compile(graph, calibration: Calibration(rowCount: 0, inputs: []))
}

/// The text of a file.
func text(_ compiled: CompiledModel, _ name: String) -> String {
  let artifact = compiled.artifacts.first { $0.name == name }
  return String(decoding: artifact?.bytes ?? [], as: UTF8.self)
}

/// A figure, NaN where there is none.
func figure(_ compiled: CompiledModel, _ name: String) -> Double {
  compiled.figures.first { $0.name == name }?.value ?? .nan
}

/// The sentence of the error that something ends with; empty when it does not.
func message(_ body: () throws -> Void) -> String {
  do {
    try body()
    return ""
  } catch { return "\(error)" }
}
