public import QHostInterfaces

/// Leaves a model as it starts: for models that learn while they run, and as the row of the untrained model.
public final class NoOptimizer: OptimizerComponent {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "none", summary: "No training: the model as it starts.")

  private let initial: [Double]
  private var isTold = false

  /// Makes an instance.
  public init(request: ComponentRequest, problem: Problem) throws(ComponentError) {
    initial = problem.initial
  }

  /// Asks for the loss of the start, once.
  public func ask(_ query: inout Query) throws(ComponentError) {
    guard !isTold else {
      query.finish(.schedule)
      return
    }
    query.points = initial
  }

  /// Has nothing to learn.
  public func tell(_ answer: Answer) throws(ComponentError) { isTold = true }

  /// The start.
  public func recommendation() throws(ComponentError) -> [Double]? { initial }

  /// Whether it has asked.
  public func save() throws(ComponentError) -> [UInt8] {
    var writer = StateWriter(version: 1)
    writer.write([isTold ? 1 : 0])
    return writer.bytes
  }

  /// Continues from a saved state.
  public func load(_ state: [UInt8]) throws(ComponentError) {
    var reader = try StateReader(state, version: 1)
    let saved = try reader.readIntegers(count: 1)
    try reader.finish()
    guard [0, 1].contains(saved[0]) else {
      throw ComponentError("the saved state is not one of 'none'; start a new run")
    }
    isTold = saved[0] == 1
  }
}
