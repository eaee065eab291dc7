import QHostInterfaces
import QHostNumerics

/// What users set of a search, and the box that follows from it.
struct NLoptSettings {
  /// The lower bounds, [n].
  let lower: [Double]
  /// The upper bounds, [n].
  let upper: [Double]
  /// The parameters that points are rounded in.
  let whole: WholeParameters
  /// The first step along each parameter, [n], above 0.
  let steps: [Double]
  /// Points of a generation; 0: NLopt's choice.
  let population: Int
  let pointTolerance: Double
  let lossTolerance: Double

  /// Reads and checks the settings for a problem.
  ///
  /// - Throws: kind `parameter`, when the algorithm and the problem do not fit.
  init(
    _ configuration: Configuration, algorithm: NLoptAlgorithm, problem: Problem, name: String
  ) throws(ComponentError) {
    let box = configuration.real("box")
    var (lower, upper) = (problem.lower, problem.upper)
    if box > 0 {
      for i in problem.initial.indices {
        let reach = box * problem.scales[i]
        if lower[i] == -.infinity { lower[i] = min(problem.initial[i] - reach, upper[i]) }
        if upper[i] == .infinity { upper[i] = max(problem.initial[i] + reach, lower[i]) }
      }
    }
    try Self.check(algorithm, problem, lower, upper, name)
    whole = WholeParameters(problem)
    self.lower = lower
    self.upper = upper
    let first = configuration.real("initial_step")
    steps = problem.initial.indices.map { i in
      let step = first * problem.scales[i]
      let width = upper[i] - lower[i]
      guard width > 0 else { return step }
      // A smaller step of a whole parameter would round to where it came from.
      return problem.kinds[i] == .real ? min(step, width / 4) : min(max(step, 1), width)
    }
    population =
      configuration.values["population"] == nil ? 0 : configuration.integer("population")
    pointTolerance = configuration.real("tolerance")
    lossTolerance = configuration.real("loss_tolerance")
  }

  /// Work memory beyond which a search is refused.
  private static let memoryLimit = 4 << 30

  private static func check(
    _ algorithm: NLoptAlgorithm, _ problem: Problem, _ lower: [Double], _ upper: [Double],
    _ name: String
  ) throws(ComponentError) {
    if algorithm.needsGradient { try problem.requireReal(for: name) }
    guard !problem.hasMinibatches else {
      throw .parameter(
        "'\(name)' compares losses of different points, which minibatches do not allow; "
          + "leave --batch-size out")
    }
    if algorithm.needsBounds,
      let index = lower.indices.first(where: { !(upper[$0] - lower[$0]).isFinite })
    {
      throw .parameter(
        "'\(name)' with algorithm \(algorithm.name) searches between bounds, and parameter \(index) "
          + "lacks one; set box, for example to 5 scales, or take an algorithm that needs none, "
          + "such as cobyla or sbplx")
    }
    let free = zip(lower, upper).count { $0 < $1 }
    guard free >= algorithm.leastDimension else {
      throw .parameter(
        "'\(name)' with algorithm \(algorithm.name) needs \(algorithm.leastDimension) parameters "
          + "that are not fixed by their bounds, and there is \(free); use cobyla or sbplx")
    }
    let bytes = Double(algorithm.squares) * Double(free) * Double(free) * 8
    guard bytes <= Double(memoryLimit) else {
      throw .parameter(
        "'\(name)' with algorithm \(algorithm.name) would keep \(algorithm.squares)·n² numbers, "
          + "\(Int(bytes / Double(1 << 30))) GiB for \(free) parameters; use sbplx, esch, or lbfgs "
          + "of nlopt-gradient")
    }
  }

  /// The parameters of every component here.
  static let parameters: [ParameterDescriptor] = [
    .positive(
      "initial_step", default: 1, tunable: true,
      "The first step along each parameter, in scales of the problem; at most a quarter of its bounds."
    ),
    .real(
      "box", default: 0, in: 0...Double.infinity, tunable: true,
      "Bounds this many scales about the start for parameters without; 0: none."),
    .real(
      "tolerance", default: 1e-8, in: 0...1,
      "Ends when steps are so small a part of every parameter; 0: never."),
    .real(
      "loss_tolerance", default: 0, in: 0...1,
      "Ends when the loss falls by so small a part; 0: never."),
  ]

  static let population = ParameterDescriptor.integer(
    "population", default: 0, in: 0...1_000_000, tunable: true,
    "Points of a generation of crs2, isres and esch, or starts of mlsl; 0: what NLopt chooses.")
}
