public import QHostInterfaces
import QHostNumerics

/// Adam: steps along the gradient's running mean, over the root of its running mean square.
///
/// Sources: Kingma, Ba, *Adam: a method for stochastic optimization*, ICLR 2015, algorithm 1;
/// AdamW: Loshchilov, Hutter, *Decoupled weight decay regularization*, ICLR 2019, algorithm 2;
/// AMSGrad: Reddi, Kale, Kumar, *On the convergence of Adam and beyond*, ICLR 2018.
///
/// *Deviations*: AMSGrad keeps the bias corrections of Adam. Steps end within the bounds. After a
/// point of infinite loss it goes half way back to the last finite one and forgets its moments.
public final class Adam: OptimizerComponent {
  /// Loss and gradient.
  public static let requiredQueries: QueryKinds = .gradient
  /// Enough rows for a gradient's direction.
  public static let preferredBatchRows = 128

  private let schedule: LearningRateSchedule
  private let clipping: GradientClipping
  private let batch: Query.Batch
  private var iterate: DescentIterate
  private var moments: AdamMoments
  private var progress = 0.0
  private var isStalled = false

  /// Makes an instance at the problem's initial point.
  public init(request: ComponentRequest, problem: Problem) throws(ComponentError) {
    let configuration = request.configuration
    schedule = try LearningRateSchedule(configuration)
    clipping = GradientClipping(configuration)
    batch = problem.hasMinibatches ? .next : .same
    iterate = try DescentIterate(configuration, problem: problem, name: "adam")
    moments = AdamMoments(
      dimension: problem.dimension, beta1: configuration.real("beta1"),
      beta2: configuration.real("beta2"), epsilon: configuration.real("epsilon"),
      weightDecay: configuration.real("weight_decay"),
      keepsLargest: configuration.boolean("amsgrad"))
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
      moments.reset()
      return
    }
    moments.step(
      &iterate.parameters, gradient: answer.gradient, factor: clipping.factor(for: answer.gradient),
      rate: schedule.rate(at: progress))
    iterate.finishStep(progress: answer.progress)
  }

  /// The point it stands at, or the average of the late ones.
  public func recommendation() throws(ComponentError) -> [Double]? { iterate.recommendation }

  /// Its whole state, as bytes.
  public func save() throws(ComponentError) -> [UInt8] {
    var writer = StateWriter(version: 1)
    writer.write(progress)
    writer.write(isStalled)
    iterate.save(&writer)
    moments.save(&writer)
    return writer.bytes
  }

  /// Continues from a saved state.
  public func load(_ state: [UInt8]) throws(ComponentError) {
    var reader = try StateReader(state, version: 1)
    progress = try reader.readReal()
    isStalled = try reader.readBoolean()
    try iterate.load(&reader)
    try moments.load(&reader)
    try reader.finish()
  }
}
