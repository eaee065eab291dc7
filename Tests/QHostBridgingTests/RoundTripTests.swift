import CQHost
import QHostBridging
import QHostInterfaces
import QHostTesting
import Synchronization
import Testing

@Suite("From Swift to C and back")
struct RoundTripTests {
  private func request(_ component: ForeignComponent) -> ComponentRequest {
    ComponentRequest(configuration: Configuration([:]), host: TestHost())
  }

  @Test("A component's descriptor arrives as it was sent, with every type of parameter")
  func descriptors() throws {
    for (kind, descriptor) in [
      (ComponentKind.optimizer, EchoOptimizer.descriptor), (.model, EchoModel.descriptor),
      (.dataset, EchoDataset.descriptor),
    ] {
      #expect(try EchoPlugin.component(kind).descriptor == descriptor)
    }
    #expect(try EchoPlugin.component(.dataset).resources == EchoDataset.resources)
    let optimizer = try EchoPlugin.component(.optimizer)
    #expect(ForeignOptimizer.requiredQueries(of: optimizer) == .gradient)
    #expect(ForeignOptimizer.preferredBatchRows(of: optimizer) == 64)
  }

  @Test("What a component promises of a seed arrives, and continues to another process")
  func determinism() throws {
    for (kind, promise) in [
      (ComponentKind.dataset, EchoDataset.determinism), (.model, .pure),
    ] {
      let component = try EchoPlugin.component(kind)
      #expect(component.determinism == promise)
      let elsewhere = ForeignComponent(elsewhere: DistantDescription(of: component))
      #expect(elsewhere.determinism == promise)
    }
  }

  @Test("A model's description, its start, its costs and its graph arrive as they were sent")
  func models() throws {
    let component = try EchoPlugin.component(.model)
    let mapping = Mapping(
      task: .scenario, input: Shape([2, 2]), output: Shape([3]), outputLower: [-1, 0, -.infinity],
      outputUpper: [1, 2, .infinity])
    let model = try ForeignModel(component, request: request(component), mapping: mapping)
    #expect(EchoModel.received.withLock { $0 } == mapping)
    let (found, sent) = (model.modelDescription, EchoModel.description)
    #expect(found.parameterCount == 7 && found.multiplyAdds == 12 && found.gradientCost == 2.5)
    #expect(found.hasGradient && found.hasCuts && found.hasGraph && !found.isIdentity)
    #expect(found.hasApproximation)
    #expect(found.kinds == sent.kinds)
    #expect(found.lower == sent.lower && found.upper == sent.upper && found.scales == sent.scales)
    #expect(found.blocks == sent.blocks)
    #expect(try model.initialParameters(start: 10) == [1, 11, 9, 3, 1, 1, 1])
    #expect(found.work == sent.work)
    #expect(model.cutCost(index: 4) == 0.5)
    #expect(try model.cutWork(index: 4, offsetCount: 3, rowCount: 7) == 734)
    #expect(try model.graph(parameters: sent.lower) == GraphReadingTests.graph)
  }

  @Test("A graph and typical inputs reach a model that starts near them")
  func approximation() throws {
    let model = try ForeignModel(
      try EchoPlugin.component(.model), request: request(try EchoPlugin.component(.model)),
      mapping: Mapping(task: .scenario, input: Shape([2, 2]), output: Shape([3])))
    let graph = GraphReadingTests.graph
    let inputs = [Float](repeating: 0.5, count: 2 * graph.inputShape.count)
    let parameters = try model.approximation(
      of: graph, calibration: Calibration(rowCount: 2, inputs: inputs, targets: [1, 0]))
    #expect(parameters == [21, 22, 23, 24, 25, 26, 27])
    var other = graph
    other.nodes.removeLast()
    #expect(throws: ComponentError.self) {
      try model.approximation(of: other, calibration: Calibration(rowCount: 2, inputs: inputs))
    }
  }

  @Test("A dataset's description, rows and metrics arrive as they were sent")
  func datasets() throws {
    let component = try EchoPlugin.component(.dataset)
    let dataset = try ForeignDataset(component, request: request(component))
    let (found, sent) = (dataset.datasetDescription, EchoDataset.description)
    #expect(found.task == .scenario && found.scaling == .minmax && found.hasCuts)
    #expect(found.rowCounts == sent.rowCounts)
    #expect(found.input == sent.input && found.output == sent.output && found.targetWidth == 0)
    #expect(found.featureNames == sent.featureNames && found.outputNames == sent.outputNames)
    #expect(found.metricNames == sent.metricNames && found.source == "the tests")
    #expect(found.outputLower == sent.outputLower && found.outputUpper == sent.outputUpper)
    #expect(found.bestKnownLoss == -0.5)
    #expect(dataset.cutCost == 0.125)
    var inputs = [Float](repeating: -1, count: 6)
    try inputs.withUnsafeMutableBufferPointer { inputs in
      try dataset.read(
        .test, rows: [4, 0, 2], inputs: inputs,
        targets: UnsafeMutableBufferPointer(rebasing: inputs[..<0]))
    }
    #expect(inputs == [4, 2, 0, 2, 2, 2])
    #expect(found.variantCount == 9)
    try inputs.withUnsafeMutableBufferPointer { inputs in
      try dataset.readVariants([8, 0, 5], rows: [1, 1, 3], inputs: inputs)
    }
    #expect(inputs == [1, 8, 1, 0, 3, 5])
    let outputs = [1.0, 2, 3, 4, 5, 6]
    #expect(
      try outputs.withUnsafeBufferPointer {
        try dataset.metrics(.train, rows: [0, 1], outputs: $0)
      }
        == [2, 21])
  }

  @Test("A dataset without a best known loss has none on the other side")
  func noBestKnownLoss() {
    let arena = Arena()
    var description = EchoDataset.description
    description.bestKnownLoss = nil
    #expect(description.stored(in: arena).pointee.best_known_loss.isNaN)
  }

  @Test("A problem is stored with every member")
  func problems() {
    let arena = Arena()
    let raw = Problem(
      queries: [.points, .cuts], initial: [1, 2], kinds: [.real, .integer], lower: [-3, -4],
      upper: [3, 4], scales: [5, 6], rowCount: 10, batchRows: 4, hasFastCuts: true
    ).stored(in: arena).pointee
    #expect(raw.queries == 2 | 8)
    #expect(raw.dimension == 2)
    #expect(raw.kinds[0] == QHOST_PARAMETER_REAL && raw.kinds[1] == QHOST_PARAMETER_INTEGER)
    #expect((raw.lower[1], raw.upper[1], raw.initial[1], raw.scales[1]) == (-4, 4, 2, 6))
    #expect((raw.row_count, raw.batch_rows, raw.fast_cuts) == (10, 4, 1))
  }

  @Test("A component that is missing a value or a dependency is refused before it is made")
  func missingParts() throws {
    let component = try EchoPlugin.component(.optimizer)
    let problem = Problem(queries: .points, initial: [0])
    let error = #expect(throws: ComponentError.self) {
      _ = try ForeignOptimizer(component, request: request(component), problem: problem)
    }
    #expect(error?.message == "optimizer 'echo-optimizer' needs a value for 'count'")
  }
}
