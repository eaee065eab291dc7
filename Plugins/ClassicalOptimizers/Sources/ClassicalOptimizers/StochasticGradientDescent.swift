public import QHostInterfaces
import QHostNumerics

/// Stochastic gradient descent with momentum: u ← μu + g + λθ, θ ← θ − ηu.
///
/// With Nesterov's momentum θ ← θ − η(g + λθ + μu), the gradient taken where the parameters stand.
///
/// Sources: Robbins, Monro, *A stochastic approximation method*, Ann. Math. Statist. 1951; Polyak,
/// *Some methods of speeding up the convergence of iteration methods*, 1964; Sutskever, Martens,
/// Dahl, Hinton, *On the importance of initialization and momentum in deep learning*, ICML 2013.
///
/// *Deviations*: steps end within the bounds. After a point of infinite loss it goes half way back
/// to the last finite one and forgets its velocity.
public final class StochasticGradientDescent: OptimizerComponent {
  /// Loss and gradient.
  public static let requiredQueries: QueryKinds = .gradient
  /// Enough rows for a gradient's direction.
  public static let preferredBatchRows = 128

  private let schedule: LearningRateSchedule
  private let clipping: GradientClipping
  private let momentum: Double
  private let weightDecay: Double
  private let isNesterov: Bool
  private let batch: Query.Batch
  private var iterate: DescentIterate
  private var velocity: [Double]
  private var progress = 0.0
  private var isStalled = false

  /// Makes an instance at the problem's initial point.
  public init(request: ComponentRequest, problem: Problem) throws(ComponentError) {
    let configuration = request.configuration
    schedule = try LearningRateSchedule(configuration)
    clipping = GradientClipping(configuration)
    momentum = configuration.real("momentum")
    weightDecay = configuration.real("weight_decay")
    isNesterov = configuration.boolean("nesterov")
    guard !isNesterov || momentum > 0 else {
      throw .parameter("nesterov = true needs momentum above 0; set momentum, for example 0.9")
    }
    batch = problem.hasMinibatches ? .next : .same
    iterate = try DescentIterate(configuration, problem: problem, name: "sgd")
    velocity = Array(repeating: 0, count: problem.dimension)
  }

  /// Fills `query` with what it wants to know next.
  public func ask(_ query: inout Query) throws(ComponentError) {
    guard !isStalled else { return query.finish(.stalled) }
    query.kind = .gradient
    query.batch = batch
    query.points.append(contentsOf: iterate.parameters)
  }

  /// Learns from the answer to its query.
  public func tell(_ answer: Answer) throws(ComponentError) {
    defer { progress = answer.progress }
    guard iterate.accepts(answer) else {
      isStalled = iterate.isStranded
      for i in velocity.indices { velocity[i] = 0 }
      return
    }
    step(gradient: answer.gradient)
    iterate.finishStep(progress: answer.progress)
  }

  private func step(gradient: [Double]) {
    let factor = clipping.factor(for: gradient)
    let rate = schedule.rate(at: progress)
    let (momentum, decay) = (momentum, weightDecay)
    // Both forms of momentum as one: θ ← θ − η(a·(g + λθ) + b·u).
    let a: Double = isNesterov ? 1 : 0
    let b: Double = isNesterov ? momentum : 1
    iterate.parameters.withUnsafeMutableBufferPointer { parameters in
      velocity.withUnsafeMutableBufferPointer { velocity in
        gradient.withUnsafeBufferPointer { gradient in
          for i in 0..<parameters.count {
            let g = factor * gradient[i] + decay * parameters[i]
            let u = momentum * velocity[i] + g
            velocity[i] = u
            parameters[i] -= rate * (a * g + b * u)
          }
        }
      }
    }
  }

  /// The point it stands at, or the average of the late ones.
  public func recommendation() throws(ComponentError) -> [Double]? { iterate.recommendation }

  /// Its whole state, as bytes.
  public func save() throws(ComponentError) -> [UInt8] {
    var writer = StateWriter(version: 1)
    writer.write(progress)
    writer.write(isStalled)
    iterate.save(&writer)
    writer.write(velocity)
    return writer.bytes
  }

  /// Continues from a saved state.
  public func load(_ state: [UInt8]) throws(ComponentError) {
    var reader = try StateReader(state, version: 1)
    progress = try reader.readReal()
    isStalled = try reader.readBoolean()
    try iterate.load(&reader)
    velocity = try reader.readReals(count: velocity.count)
    try reader.finish()
  }
}
