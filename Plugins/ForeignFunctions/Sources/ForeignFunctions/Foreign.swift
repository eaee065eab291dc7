internal import QHostCalling
public import QHostInterfaces
internal import Synchronization

/// A function of C in a shared library that knows nothing of qhost, as a scenario: the loss is what it returns.
///
///     loss(x) = f(x_1, ..., x_n)
///
/// The library is loaded, the declaration is compared with the library's debug information where it has some, and the
/// first call is made in a process of its own. What is not a number counts as an infinite loss.
public final class Foreign: DatasetComponent, DifferentiableScenario {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "foreign",
    summary: "A plain C function in a shared library, called through libffi.",
    parameters: [
      .text(
        "library", default: nil,
        "The shared library: a path, or a name such as libm.so.6 that the system finds."),
      .text("symbol", default: nil, "The function's name."),
      .text(
        "signature", default: "double(const double *x, int n)",
        "Its declaration as in C; see the plugin's page for what arguments are given."),
      .text(
        "gradient", default: "",
        "The name of a function that writes the gradient; empty: there is none, or 'symbol' writes it to an argument g."
      ),
      .text(
        "gradient_signature", default: "void(const double *x, double *g, int n)",
        "The declaration of the gradient's function."),
      .integer(
        "dimension", default: 0, in: 0...1_000_000,
        "n; 0: as many as there are arguments of type double."),
      .reals("lower", default: [-5], "Lower bounds: one for all coordinates, or one for each."),
      .reals("upper", default: [5], "Upper bounds: one for all coordinates, or one for each."),
      .choice(
        "threads", default: "one",
        of: [
          .init("one", "One call at a time."),
          .init("any", "Calls at once from several threads; the function must allow it."),
        ], "Whether calls may overlap."),
      .real(
        "first_call", default: 10, in: 0...86_400, unit: "s",
        "How long the first call may take, in a process of its own; 0: no such process."),
    ])

  /// What it holds.
  public let datasetDescription: DatasetDescription
  private let function: ForeignFunction
  private let plan: CallPlan
  /// What writes the gradient, if anything does: a function of its own, or the same.
  private let slopes: (function: ForeignFunction, plan: CallPlan)?
  private let dimension: Int
  private let isShared: Bool
  private let culprit: String
  private let host: any HostServices
  /// The one caller, where calls may not overlap.
  private let caller: Mutex<PointCallBox>
  private let hasWarned = Mutex(false)

  /// Loads the library and tries the function.
  public init(request: ComponentRequest) throws(ComponentError) {
    let configuration = request.configuration
    let found = try FoundFunction(
      library: configuration.text("library"), symbol: configuration.text("symbol"),
      declaration: configuration.text("signature"), key: "signature")
    guard found.prototype.result.isNumber else {
      throw .parameter(
        "signature '\(found.prototype)' returns no number; the loss is what the function returns")
    }
    function = found.function
    culprit = found.culprit
    host = request.host
    plan = try CallPlan(found.prototype, key: "signature")
    slopes = try Self.slopes(configuration, function, plan)
    dimension = try Self.dimension(configuration.integer("dimension"), plan)
    isShared = configuration.choice("threads") == "any"
    let bounds = try Bounds(configuration, dimension: dimension)
    let first = PointCallBox(try PointCall(function, plan, dimension: dimension))
    let seconds = configuration.real("first_call")
    if seconds > 0 {
      let middle = zip(bounds.lower, bounds.upper).map { $0 + ($1 - $0) / 2 }
      try Trial.run(found.culprit, seconds: seconds) {
        middle.withUnsafeBufferPointer { point in
          if let start = point.baseAddress { _ = first.call.value(at: start) }
        }
      }
    }
    caller = Mutex(first)
    var description = DatasetDescription(
      task: .scenario, input: Shape([0]), output: Shape([dimension]), targetWidth: 0,
      rowCounts: [.train: 1])
    description.outputLower = bounds.lower
    description.outputUpper = bounds.upper
    description.source = found.culprit
    description.hasGradient = slopes != nil
    datasetDescription = description
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
    guard let start = outputs.baseAddress, !rows.isEmpty else { return }
    if isShared {
      let call = try PointCall(function, plan, dimension: dimension)
      fill(losses, call, start, rows.count)
    } else {
      caller.withLock { fill(losses, $0.call, start, rows.count) }
    }
    var isDefined = true
    for place in losses.indices where losses[place].isNaN {
      losses[place] = .infinity
      isDefined = false
    }
    if !isDefined { warn() }
  }

  /// The function's value at a point [n], and its gradient [n].
  public func gradient(
    _ split: Split, row: Int, outputs: UnsafeBufferPointer<Double>,
    gradient: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) -> Double {
    guard let slopes, let point = outputs.baseAddress else {
      throw .unsupported("\(culprit) has no gradient; set dataset.gradient")
    }
    let isOwn = plan.roles.contains(.gradient)
    let call = try PointCall(slopes.function, slopes.plan, dimension: dimension)
    return caller.withLock { caller in
      let value = call.value(at: point)
      for index in gradient.indices { gradient[index] = call.gradient(index) }
      return isOwn ? value : caller.call.value(at: point)
    }
  }

  private static func slopes(
    _ configuration: Configuration, _ function: ForeignFunction, _ plan: CallPlan
  ) throws(ComponentError) -> (function: ForeignFunction, plan: CallPlan)? {
    let name = configuration.text("gradient")
    guard !name.isEmpty else {
      return plan.roles.contains(.gradient) ? (function, plan) : nil
    }
    guard !plan.roles.contains(.gradient) else {
      throw .parameter(
        "gradient is '\(name)', and '\(plan.prototype)' writes a gradient too; leave one of them out"
      )
    }
    let found = try FoundFunction(
      library: configuration.text("library"), symbol: name,
      declaration: configuration.text("gradient_signature"), key: "gradient_signature")
    let other = try CallPlan(found.prototype, needsGradient: true, key: "gradient_signature")
    guard other.coordinateCount == plan.coordinateCount else {
      throw .parameter(
        "gradient_signature '\(found.prototype)' takes \(other.coordinateCount) numbers, and signature takes "
          + "\(plan.coordinateCount); they are of the same point")
    }
    return (found.function, other)
  }

  private func fill(
    _ losses: UnsafeMutableBufferPointer<Double>, _ call: PointCall,
    _ outputs: UnsafePointer<Double>, _ rowCount: Int
  ) {
    for place in losses.indices {
      let (point, row) = (place / rowCount, place % rowCount)
      losses[place] = call.value(
        at: outputs + point * dimension * rowCount + row, step: rowCount)
    }
  }

  private func warn() {
    let isFirst = hasWarned.withLock { hasWarned in
      defer { hasWarned = true }
      return !hasWarned
    }
    guard isFirst else { return }
    host.log(
      .warning,
      "\(culprit) is not a number at some points; they count as infinitely bad, narrow lower and upper if that is "
        + "not meant")
  }

  private static func dimension(_ wanted: Int, _ plan: CallPlan) throws(ComponentError) -> Int {
    let count = plan.coordinateCount
    guard count > 0 else {
      guard wanted > 0 else {
        throw .parameter(
          "dimension is not set, and '\(plan.prototype)' does not say how long its array is; set dimension"
        )
      }
      return wanted
    }
    guard wanted == 0 || wanted == count else {
      throw .parameter(
        "dimension \(wanted) does not fit '\(plan.prototype)', which takes \(count) numbers; leave dimension out"
      )
    }
    return count
  }
}

/// A caller, which the lock around it keeps to one thread at a time.
struct PointCallBox: @unchecked Sendable {
  let call: PointCall

  init(_ call: PointCall) { self.call = call }
}
