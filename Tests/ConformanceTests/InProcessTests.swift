import QHostBridging
import QHostInterfaces
import QHostPluginTesting
import QHostRuntime
import Testing

/// A name and the number of its type in a list of ``InProcess``, for the tests' output.
struct Listed: Sendable, CustomTestStringConvertible {
  let place: Int
  let testDescription: String

  static func all(_ descriptors: [ComponentDescriptor]) -> [Listed] {
    descriptors.enumerated().map { Listed(place: $0.offset, testDescription: $0.element.name) }
  }
}

@Suite("In process and through the library, a component is the same")
struct InProcessTests {
  private func built(_ kind: ComponentKind, _ name: String) throws -> BenchComponent {
    try #require(
      Bench.built.components(kind).first { $0.name == name }, "no library has \(kind) '\(name)'")
  }

  @Test("The libraries hold the types that are listed here, and say the same of them")
  func catalogue() throws {
    for (kind, descriptor) in InProcess.descriptors {
      #expect(try built(kind, descriptor.name).descriptor == descriptor)
    }
    let listed = Set(InProcess.descriptors.map { "\($0.kind) \($0.descriptor.name)" })
    let plugins = Set(
      LibraryTests.components.filter { listed.contains("\($0.listing.kind) \($0.name)") }
        .map(\.listing.path))
    for component in LibraryTests.components where plugins.contains(component.listing.path) {
      let name = "\(component.listing.kind) \(component.name)"
      #expect(listed.contains(name), "add \(name) to InProcess")
    }
  }

  @Test(
    "Optimizers ask the same questions",
    arguments: Listed.all(InProcess.optimizers.map { $0.descriptor }))
  func optimizers(_ listed: Listed) throws {
    func check<Kind: OptimizerComponent>(_ kind: Kind.Type) throws {
      let component = try built(.optimizer, Kind.descriptor.name)
      #expect(ForeignOptimizer.requiredQueries(of: component.component) == Kind.requiredQueries)
      #expect(
        ForeignOptimizer.preferredBatchRows(of: component.component) == Kind.preferredBatchRows)
      for seed in [1, 77] as [UInt64] {
        let here = try Kind(request: component.request(seed: seed), problem: OptimizerCase.problem)
        let there = try OptimizerCase(component).make(seed: seed)
        let traces = try [here as any Optimizer, there].map { optimizer in
          try Trace.tail(
            of: optimizer, on: Quadratic(centre: OptimizerCase.centre), from: 0, to: 80)
        }
        #expect(traces[0].queryCount > 0)
        #expect(traces[0] == traces[1])
        #expect(try here.save() == there.save())
      }
    }
    try check(InProcess.optimizers[listed.place])
  }

  @Test("Models compute the same", arguments: Listed.all(InProcess.models.map { $0.descriptor }))
  func models(_ listed: Listed) throws {
    func check<Kind: ModelComponent>(_ kind: Kind.Type) throws {
      let component = try built(.model, Kind.descriptor.name)
      for there in try ModelCase.all(component) {
        let here = ModelCase(
          try Kind(
            request: component.request(there.settings, mapping: there.mapping),
            mapping: there.mapping),
          there.mapping, there.settings)
        let point = try here.model.initialParameters(start: 5)
        #expect(try there.model.initialParameters(start: 5) == point)
        let results = try [here, there].map { model in
          try model.withSession { session in
            let outputs = try model.forward(session, [point])
            let slopes =
              model.description.hasGradient
              ? try model.gradient(session, weights: outputs) : []
            guard model.description.hasCuts else { return (outputs, slopes, [Float]()) }
            try point.withUnsafeBufferPointer { try session.openCuts(parameters: $0) }
            try session.move(index: 0, delta: 0.25)
            return (outputs, slopes, try model.cut(session, point.count - 1, [-1, 0.5]))
          }
        }
        #expect(results[0].0 == results[1].0)
        #expect(results[0].1 == results[1].1)
        #expect(results[0].2 == results[1].2)
        #expect(here.description.blocks == there.description.blocks)
        #expect(here.description.hasGraph == there.description.hasGraph)
        if here.description.hasGraph {
          #expect(
            try here.model.graph(parameters: point) == there.model.graph(parameters: point))
        }
      }
    }
    try check(InProcess.models[listed.place])
  }

  @Test("Datasets read the same", arguments: Listed.all(InProcess.datasets.map { $0.descriptor }))
  func datasets(_ listed: Listed) throws {
    func check<Kind: DatasetComponent>(_ kind: Kind.Type) throws {
      let component = try built(.dataset, Kind.descriptor.name)
      #expect(component.component.resources == Kind.resources)
      guard DatasetCase.isPresent(component) else { return }
      let here = try Kind(request: component.request(DatasetCase.few(component)))
      let there = try DatasetCase(component)
      let (a, b) = (here.datasetDescription, there.description)
      #expect(a.rowCounts.filter { $0.value > 0 } == b.rowCounts.filter { $0.value > 0 })
      #expect(a.featureNames == b.featureNames && a.outputNames == b.outputNames)
      #expect(a.outputLower == b.outputLower && a.outputUpper == b.outputUpper)
      for split in Split.allCases where a.rowCount(split) > 0 {
        let rows = Array(there.sample(split).prefix(100))
        var inputs = [Float](repeating: .nan, count: rows.count * a.input.count)
        var targets = [Float](repeating: .nan, count: rows.count * a.targetWidth)
        try inputs.withUnsafeMutableBufferPointer { inputs in
          try targets.withUnsafeMutableBufferPointer { targets in
            try here.read(split, rows: rows, inputs: inputs, targets: targets)
          }
        }
        let other = try there.read(split, rows)
        #expect(other.inputs == inputs && other.targets == targets)
      }
    }
    try check(InProcess.datasets[listed.place])
  }

  @Test("Solvers evolve the same", arguments: Listed.all(InProcess.solvers.map { $0.descriptor }))
  func solvers(_ listed: Listed) throws {
    func check<Kind: SolverComponent>(_ kind: Kind.Type) throws {
      let component = try built(.solver, Kind.descriptor.name)
      let here = try Kind(request: component.request())
      let there = try ForeignSolver(component.component, request: component.request())
      for mode in Kind.modes.sorted(by: { $0.rawValue < $1.rawValue }) {
        var packets = Packets(packetCount: 3, gridCount: 40, origin: -2, spacing: 0.1)
        packets.mode = mode
        packets.time = 0.3
        packets.stepCount = 10
        packets.potentials = (0..<120).map { Double(($0 * 31) % 17) / 4 }
        var others = packets
        try here.evolve(&packets)
        try there.evolve(&others)
        #expect(others.densities.map(\.bitPattern) == packets.densities.map(\.bitPattern))
        #expect(others.energies == packets.energies)
        #expect(others.means == packets.means)
      }
    }
    try check(InProcess.solvers[listed.place])
  }
}
