public import QHostInterfaces

/// Sub-bands of a radio cell that are to be divided among its users so that the sum of their rates is highest.
///
/// One categorical output for each sub-band: which user gets it. The loss is minus the mean spectral efficiency over sub-bands, in
/// bit/s/Hz; constraints are told as a violation. The one row shows the rates [S × U].
public final class SubBand: DatasetComponent, ConstrainedScenario, MultiObjectiveScenario {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "sub-band",
    summary: "Sub-bands divided among users of a radio cell, with a proved optimum beside.",
    source: source, parameters: SubBandSettings.declared)

  private static let source =
    "Simulated from a seed, after 3GPP TR 38.901 (UMa), TR 36.814 (antennas) and TR 36.942 (rates)."

  /// What it holds.
  public let datasetDescription: DatasetDescription
  let problem: AllocationProblem
  private let states: StatePool
  let optimum: KnownOptimum?
  /// Rates of the users of the last allocation that was measured, for figures.
  var measuredRates: [Double] = []

  /// Drops users, draws channels and looks whether floors can hold.
  public init(request: ComponentRequest) throws(ComponentError) {
    let settings = try SubBandSettings(request.configuration)
    problem = AllocationProblem(settings)
    states = StatePool(problem)
    try FloorRelaxation(problem).check()
    optimum = KnownOptimum.of(problem)
    datasetDescription = Self.description(of: problem, optimum)
  }

  private static func description(
    of problem: AllocationProblem, _ optimum: KnownOptimum?
  ) -> DatasetDescription {
    let settings = problem.settings
    let count = settings.outputCount
    var description = DatasetDescription(
      task: .scenario, input: Shape([settings.subBandCount, settings.userCount]),
      output: Shape([count]), targetWidth: 0, rowCounts: [.train: 1])
    description.outputLower = Array(repeating: 0, count: count)
    description.outputUpper = Array(repeating: Double(problem.categoryCount - 1), count: count)
    description.outputKinds = Array(repeating: .categorical, count: count)
    description.hasViolations = problem.limits.floor > 0 || problem.limits.cap > 0
    description.objectives = settings.hasObjectives ? Self.objectives : []
    description.hasCuts = !settings.hasObjectives
    description.bestKnownLoss = optimum.map { -problem.scale * $0.sumRate }
    description.source = source
    return description
  }

  private static let objectives = [
    ObjectiveDescription(name: "sum-rate", unit: "bit/s/Hz", ideal: 4.4, reference: 0),
    ObjectiveDescription(name: "jain", ideal: 1, reference: 0),
    ObjectiveDescription(name: "outage", ideal: 0, reference: 1),
  ]

  /// Writes the rates [S × U]; of mode single-mcs how many coding schemes get through.
  public func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    let shown = problem.shown
    precondition(inputs.count >= rows.count * shown.count, "room for too few inputs")
    for place in 0..<(rows.count * shown.count) {
      inputs[place] = Float(shown[place % shown.count])
    }
  }

  /// Scores allocations [P × C × B] by their losses.
  public func score(
    _ split: Split, rows: [Int], outputs: UnsafeBufferPointer<Double>, pointCount: Int,
    losses: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    var scoring = Scoring(split, rows: rows, outputs: outputs, pointCount: pointCount)
    scoring.losses = losses
    try score(scoring)
  }

  /// Scores allocations by what is asked for.
  public func score(_ scoring: Scoring) throws(ComponentError) {
    let (rowCount, count) = (scoring.rows.count, problem.settings.outputCount)
    let state = states.take()
    defer { states.giveBack(state) }
    for point in 0..<scoring.pointCount {
      for row in 0..<rowCount {
        state.place(
          try choices(scoring.outputs, first: point * count * rowCount + row, step: rowCount))
        let place = point * rowCount + row
        if !scoring.losses.isEmpty { scoring.losses[place] = -problem.scale * state.sumRate }
        if !scoring.violations.isEmpty { scoring.violations[place] = state.violation }
        guard !scoring.objectives.isEmpty else { continue }
        let values = AllocationFigures(state.userRates, problem.settings).objectives
        for (index, value) in values.enumerated() {
          scoring.objectives[(point * values.count + index) * rowCount + row] = value
        }
      }
    }
  }

  /// Scores along single sub-bands, in constant time each.
  public func makeCuts(
    _ split: Split, row: Int, outputs: UnsafeBufferPointer<Double>
  ) throws(ComponentError) -> any ScenarioCuts {
    problem.makeCuts(at: try choices(outputs, first: 0, step: 1))
  }

  /// One sub-band of all.
  public var cutCost: Double { 1 / Double(problem.settings.outputCount) }

  /// The categories of one row's outputs.
  func choices(
    _ outputs: UnsafeBufferPointer<Double>, first: Int, step: Int
  ) throws(ComponentError) -> [Int] {
    let (last, count) = (Double(problem.categoryCount - 1), problem.settings.outputCount)
    var wrong: Int?
    let choices = [Int](unsafeUninitializedCapacity: count) { choices, made in
      for output in 0..<count {
        let value = outputs[first + output * step]
        guard value >= 0, value <= last else {
          wrong = wrong ?? output
          choices.initializeElement(at: output, to: 0)
          continue
        }
        let choice = Int(value)
        if Double(choice) != value { wrong = wrong ?? output }
        choices.initializeElement(at: output, to: choice)
      }
      made = count
    }
    guard let wrong else { return choices }
    throw ComponentError(
      "output \(wrong) is \(outputs[first + wrong * step]), no category among 0 to \(Int(last)); keep within the bounds"
    )
  }
}
