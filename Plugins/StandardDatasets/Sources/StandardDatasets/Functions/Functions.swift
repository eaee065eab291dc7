import QHostDatasets
public import QHostInterfaces

/// Test functions of optimisation: outputs are a point, the score is the function's value there.
///
///     f(x) = g(R (x − s) + z*)
///
/// g is the plain function with its minimum g(z*) = 0, s the place of the minimum, R a rotation.
public final class Functions: DatasetComponent, MetricProviding {
  /// The domain's central part that holds the shifted minimum.
  private static let centralPart = 0.8
  /// Two matrices of 8 n² bytes are kept for a rotation.
  private static let largestRotation = 4096

  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "functions", summary: "Test functions of optimisation, shifted and rotated.",
    source: "S. Surjanovic, D. Bingham, Virtual Library of Simulation Experiments: Test Functions "
      + "and Datasets, 2013; shift range after J. J. Liang, B. Y. Qu, P. N. Suganthan, CEC 2014.",
    parameters: [
      .choice(
        "function", default: "sphere",
        of: TestFunctionCatalogue.all.map { .init($0.facts.name, $0.facts.documentation) },
        "The function."),
      .integer(
        "dimension", default: 10, in: 1...1_000_000,
        "The number of coordinates; at least 2 for rosenbrock, at most 4096 when rotated."),
      .boolean(
        "shifted", default: true,
        "Whether the minimum lies anywhere in the central 80 % of the domain's width."),
      .boolean(
        "rotated", default: false, "Whether a random rotation about the minimum is applied."),
      .integer(
        "instance", default: 1,
        "Picks the shift and the rotation; the seed of a run does not change them."),
    ])

  /// What it holds.
  public let datasetDescription: DatasetDescription
  private let landscape: any Landscape

  /// Draws the shift and the rotation.
  public init(request: ComponentRequest) throws(ComponentError) {
    let configuration = request.configuration
    let function = TestFunctionCatalogue.named(configuration.choice("function"))
    let facts = function.facts
    let n = configuration.integer("dimension")
    guard n >= facts.minimumDimension else {
      throw .parameter(
        "dimension \(n) is too small for \(facts.name); set dimension to at least "
          + "\(facts.minimumDimension)")
    }
    let isRotated = configuration.boolean("rotated")
    guard !isRotated || n <= Self.largestRotation else {
      throw .parameter(
        "dimension \(n) is too large for a rotation; set dimension to at most "
          + "\(Self.largestRotation) or rotated=false")
    }
    landscape = Self.makeLandscape(function, dimension: n, isRotated: isRotated, request)
    datasetDescription = Self.description(of: facts, dimension: n)
  }

  /// Writes nothing: the one row has no inputs and no targets.
  public func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {}

  /// Writes the function's values [P × B] at points [P × n × B].
  public func score(
    _ split: Split, rows: [Int], outputs: UnsafeBufferPointer<Double>, pointCount: Int,
    losses: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    let count = pointCount * rows.count
    precondition(losses.count >= count, "room for too few losses")
    precondition(
      outputs.count >= count * datasetDescription.output.count, "too few outputs for the points")
    guard count > 0 else { return }
    landscape.score(
      outputs, rowCount: rows.count, losses: UnsafeMutableBufferPointer(rebasing: losses[..<count]))
  }

  /// The distance to the minimum.
  public var metricDescriptions: [MetricDescription] {
    [
      MetricDescription(
        "distance_to_optimum", .lower,
        "The Euclidean distance of the point to the minimum, in units of the coordinates.")
    ]
  }

  /// The Euclidean distance of the point [n × B] to the minimum, the mean over the rows.
  public func measure(_ sample: MetricSample) -> [MetricValue] {
    let optimum = landscape.optimum
    let count = sample.rows.count
    var sum = 0.0
    for row in 0..<count {
      var squares = 0.0
      for (index, place) in optimum.enumerated() {
        let distance = sample.outputs[index * count + row] - place
        squares += distance * distance
      }
      sum += squares.squareRoot()
    }
    return [MetricValue(sum / Double(max(count, 1)))]
  }

  /// Scores along single coordinates.
  public func makeCuts(
    _ split: Split, row: Int, outputs: UnsafeBufferPointer<Double>
  ) throws(ComponentError) -> any ScenarioCuts {
    landscape.makeCuts(outputs)
  }

  /// One part of n, or one line of n when rotated, and what comes on top of it.
  public var cutCost: Double { landscape.cutCost }

  /// The place of the minimum, [n].
  public var optimum: [Double] { landscape.optimum }

  private static func makeLandscape<Function: TestFunction>(
    _ type: Function.Type, dimension n: Int, isRotated: Bool, _ request: ComponentRequest
  ) -> any Landscape {
    let function = Function(dimension: n)
    let configuration = request.configuration
    let instance = configuration.integer("instance")
    let facts = Function.facts
    var optimum = Array(repeating: function.optimum, count: n)
    if configuration.boolean("shifted") {
      var generator = SplitMix64(seed: instance, purpose: "shift of \(facts.name)")
      let centre = (facts.domain.lowerBound + facts.domain.upperBound) / 2
      let reach = centralPart * (facts.domain.upperBound - centre)
      for index in 0..<n { optimum[index] = centre + reach * (2 * generator.uniform() - 1) }
    }
    guard isRotated else { return AlignedLandscape(function: function, optimum: optimum) }
    var generator = SplitMix64(seed: instance, purpose: "rotation of \(facts.name)")
    let rotation = Rotation(dimension: n, generator: &generator, host: request.host)
    return RotatedLandscape(function: function, optimum: optimum, rotation: rotation)
  }

  private static func description(
    of facts: TestFunctionFacts, dimension n: Int
  ) -> DatasetDescription {
    var description = DatasetDescription(
      task: .scenario, input: Shape([0]), output: Shape([n]), targetWidth: 0,
      rowCounts: [.train: 1])
    description.outputLower = Array(repeating: facts.domain.lowerBound, count: n)
    description.outputUpper = Array(repeating: facts.domain.upperBound, count: n)
    description.bestKnownLoss = 0
    description.hasCuts = true
    description.source = descriptor.source
    return description
  }
}
