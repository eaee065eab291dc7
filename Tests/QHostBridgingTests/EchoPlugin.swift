import CQHost
import QHostBridging
import QHostInterfaces
import QHostSDK
import QHostTesting
import Synchronization
import Testing

/// Components whose descriptions use every member there is, and that keep what they are given.
enum EchoPlugin {
  private static let table = PluginTable(
    vendor: "tests", name: "echo", version: "1.2.3", summary: "Echoes.",
    components: [
      .model(EchoModel.self), .dataset(EchoDataset.self), .optimizer(EchoOptimizer.self),
    ])

  /// A component as the host reads it.
  static func component(_ kind: ComponentKind) throws -> ForeignComponent {
    let host = HostTable(TestHost())
    let plugin = try #require(table.enter(host.pointer, nil))
    for index in 0..<Int(plugin.pointee.component_count) {
      let pointer = try #require(plugin.pointee.components?[index])
      let component = try ForeignComponent(reading: pointer)
      if component.kind == kind { return component }
    }
    throw FormatError("there is no \(kind)")
  }
}

final class EchoModel: ModelComponent {
  static let descriptor = ComponentDescriptor(name: "echo-model", summary: "A model.")
  static let received = Mutex<Mapping?>(nil)
  static let description = {
    var description = ModelDescription(parameterCount: 7, multiplyAdds: 12)
    description.hasGradient = true
    description.hasCuts = true
    description.hasGraph = true
    description.hasApproximation = true
    description.kinds = [.real, .real, .integer, .categorical, .real, .real, .real]
    description.lower = [-1, -.infinity, 0, 0, 0, 0, 0]
    description.upper = [1, .infinity, 9, 3, 1, 1, 1]
    description.scales = [1, 2, 3, 4, 5, 6, 7]
    description.gradientCost = 2.5
    description.work = PassWork(row: 20, pass: 30, gradientRow: 50, gradientPass: 70)
    description.blocks = [
      ParameterBlock(name: "weight", shape: Shape([2, 3]), offset: 0),
      ParameterBlock(name: "bias", shape: Shape([1]), offset: 6),
    ]
    return description
  }()

  init(request: ComponentRequest, mapping: Mapping) { Self.received.withLock { $0 = mapping } }
  var modelDescription: ModelDescription { Self.description }
  func initialParameters(start: UInt64) -> [Double] {
    (0..<7).map { min(Double(start) + Double($0), Self.description.upper[$0]) }
  }
  func makeSession() throws(ComponentError) -> any ModelSession { throw .unsupported("none") }
  func cutCost(index: Int) -> Double { Double(index) / 8 }
  func cutWork(
    index: Int, offsetCount: Int, rowCount: Int
  ) throws(ComponentError) -> Double { Double(index + 10 * offsetCount + 100 * rowCount) }
  func graph(parameters: [Double]) -> Graph { GraphReadingTests.graph }

  func approximation(of graph: Graph, calibration: Calibration) throws(ComponentError) -> [Double] {
    guard graph == GraphReadingTests.graph else { throw .unsupported("it is another graph") }
    return (0..<7).map { Double(calibration.rowCount * 10 + calibration.targetWidth + $0) }
  }
}

final class EchoDataset: DatasetComponent, DeterminismDeclaring {
  static let determinism = Determinism(.session, because: "It adds up as threads come.")
  static let descriptor = ComponentDescriptor(name: "echo-dataset", summary: "A dataset.")
  static let resources = [
    Resource(path: "a/b.gz", url: "https://example.org/b.gz", sha256: "00ff", byteCount: 5)
  ]
  static let description = {
    var description = DatasetDescription(
      task: .scenario, input: Shape([2]), output: Shape([3]), targetWidth: 0,
      rowCounts: [.train: 5, .validation: 2, .test: 1])
    description.scaling = .minmax
    description.featureNames = ["länge", "breite"]
    description.outputNames = ["a", "b", "c"]
    description.metricNames = ["m1", "m2"]
    description.outputLower = [-1, -2, -.infinity]
    description.outputUpper = [1, 2, .infinity]
    description.bestKnownLoss = -0.5
    description.hasCuts = true
    description.source = "the tests"
    description.variantCount = 9
    return description
  }()

  init(request: ComponentRequest) {}
  var datasetDescription: DatasetDescription { Self.description }
  var cutCost: Double { 0.125 }
  func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) {
    for (place, row) in rows.enumerated() {
      inputs[2 * place] = Float(row)
      inputs[2 * place + 1] = Float(split.rawValue)
    }
  }
  func readVariants(
    _ variants: [Int], rows: [Int], inputs: UnsafeMutableBufferPointer<Float>
  ) {
    for place in rows.indices {
      inputs[2 * place] = Float(rows[place])
      inputs[2 * place + 1] = Float(variants[place])
    }
  }
  func metrics(
    _ split: Split, rows: [Int], outputs: UnsafeBufferPointer<Double>
  ) -> [Double] { [Double(rows.count), outputs.reduce(0, +)] }
}

final class EchoOptimizer: OptimizerComponent {
  static let descriptor = ComponentDescriptor(
    name: "echo-optimizer", summary: "An optimizer.", source: "A paper.",
    parameters: [
      .integer("count", default: 3, in: 1...9, unit: "steps", tunable: true, "How many."),
      .real("rate", default: nil, in: -1...1, "How fast."),
      .positive("size", default: 0.5, upTo: 2, unit: "m", tunable: true, "How large."),
      .boolean("flag", default: true, "Whether."),
      .choice(
        "mode", default: "b", of: [.init("a", "The first."), .init("b", "The other.")], "Which."),
      .text("label", default: "", "What."), .path("file", default: nil, "Where."),
      .integers("list", default: [1, 2], in: 0...5, "Some."),
      .reals("reals", default: [0.5], "Some."),
    ],
    dependencies: [
      DependencyDescriptor(
        name: "solver", kind: .solver, defaultComponent: "finite-difference",
        documentation: "Solves.")
    ])
  static let requiredQueries: QueryKinds = [.gradient]
  static let preferredBatchRows = 64
  static let received = Mutex<Problem?>(nil)

  init(request: ComponentRequest, problem: Problem) { Self.received.withLock { $0 = problem } }
  func ask(_ query: inout Query) { query.finish(.schedule) }
  func tell(_ answer: Answer) {}
}
