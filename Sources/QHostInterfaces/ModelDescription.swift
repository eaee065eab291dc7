/// What a dataset asks of a model's outputs.
public enum Task: UInt32, Sendable {
  /// C scores a row; the largest one wins.
  case classification = 1
  /// C numbers a row.
  case regression
  /// C numbers a row that the dataset scores itself.
  case scenario
}

/// What a model is to map to what.
public struct Mapping: Sendable, Equatable {
  /// What is asked of the outputs.
  public var task: Task
  /// The shape of one input.
  public var input: Shape
  /// The shape of one output.
  public var output: Shape
  /// The lowest useful outputs, [C]; empty: unbounded.
  public var outputLower: [Double]
  /// The highest useful outputs, [C]; empty: unbounded.
  public var outputUpper: [Double]
  /// The kinds of the outputs of a scenario, [C]; empty: all real.
  ///
  /// What a network puts out is rounded to the nearest that is allowed before it is scored.
  public var outputKinds: [ParameterKind] = []

  /// Makes a mapping.
  public init(
    task: Task, input: Shape, output: Shape, outputLower: [Double] = [],
    outputUpper: [Double] = []
  ) {
    self.task = task
    self.input = input
    self.output = output
    self.outputLower = outputLower
    self.outputUpper = outputUpper
  }
}

/// A named part of a model's parameters: a weight matrix, a bias.
public struct ParameterBlock: Sendable, Equatable {
  /// For example `layers.0.weight`.
  public var name: String
  /// Its extents, row-major.
  public var shape: Shape
  /// Where it begins in the parameter vector.
  public var offset: Int

  /// Makes a block.
  public init(name: String, shape: Shape, offset: Int) {
    self.name = name
    self.shape = shape
    self.offset = offset
  }
}

/// What passes of a model take, in units of about a multiply-add of a dense product: 0.02 ns.
public struct PassWork: Sendable, Equatable {
  /// A forward pass, for each row.
  public var row: Double
  /// A forward pass of a block of rows, beside the rows: the call, the parameters.
  public var pass: Double
  /// Forward and backward together, for each row.
  public var gradientRow: Double
  /// Forward and backward together, beside the rows.
  public var gradientPass: Double

  /// Makes the work of passes whose gradients take so many forward passes.
  public init(row: Double, pass: Double, gradientCost: Double) {
    self.row = row
    self.pass = pass
    gradientRow = gradientCost * row
    gradientPass = gradientCost * pass
  }

  /// Makes the work of passes.
  public init(row: Double, pass: Double, gradientRow: Double, gradientPass: Double) {
    self.row = row
    self.pass = pass
    self.gradientRow = gradientRow
    self.gradientPass = gradientPass
  }
}

/// What a model is, once made.
public struct ModelDescription: Sendable {
  /// Whether outputs are the parameters themselves, for every row: n = C.
  public var isIdentity = false
  /// Whether it has a gradient.
  public var hasGradient = false
  /// Whether it has cuts.
  public var hasCuts = false
  /// Whether it has a graph.
  public var hasGraph = false
  /// Whether its cuts say which rows change.
  public var hasCutChanges = false
  /// Units that have one of two outputs, as their sum lies below or above 0; see ``FlippingModel``.
  public var flipUnitCount = 0
  /// Units along whose weights its sessions sum losses themselves; see ``PotentialModel``.
  public var potentialUnitCount = 0
  /// Whether these have one of two outputs each, and are at t = −1 or 1.
  public var hasBinaryPotentials = false
  /// Whether it can start near another network.
  public var hasApproximation = false
  /// Whether outputs are random draws: then rows are bound with their keys, forward gets the numbers of the
  /// draws, and there are no cuts.
  public var isStochastic = false
  /// Whether it takes rows that are series of unequal length: then rows are bound with their lengths.
  public var takesSeries = false
  /// n ≥ 1.
  public var parameterCount: Int
  /// The kind of each parameter, [n]; empty: all real.
  public var kinds: [ParameterKind] = []
  /// The lower bounds, [n]; empty: unbounded.
  public var lower: [Double] = []
  /// The upper bounds, [n]; empty: unbounded.
  public var upper: [Double] = []
  /// The spread of the initial values, [n], above 0; empty: 1.
  public var scales: [Double] = []
  /// Multiply-adds of one forward pass of one row, at least 1.
  public var multiplyAdds: Int
  /// What forward and backward together cost, in forward passes, where ``work`` does not say.
  public var gradientCost: Double = 3
  /// What passes take; `nil`: their multiply-adds, and one for each parameter.
  public var work: PassWork?
  /// The named parts of the parameters; together they cover 0 ..< n.
  public var blocks: [ParameterBlock] = []

  /// What passes take, as far as the model says.
  public var passWork: PassWork {
    work
      ?? PassWork(
        row: Double(multiplyAdds), pass: Double(parameterCount), gradientCost: gradientCost)
  }

  /// Makes a description of a model with neither gradient, cuts nor graph.
  public init(parameterCount: Int, multiplyAdds: Int) {
    self.parameterCount = parameterCount
    self.multiplyAdds = multiplyAdds
  }
}
