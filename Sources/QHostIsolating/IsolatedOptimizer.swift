internal import QHostBridging
internal import QHostInterfaces
internal import QHostRuntime

/// An optimizer in another process.
///
/// An answer is put where the next request takes it along: a round trip has the answer and the next query.
final class IsolatedOptimizer: EndingOptimizer, DistantInstance {
  private let instance: IsolatedInstance
  private let dimension: Int

  /// Makes an optimizer.
  init(
    _ plan: ComponentPlan, _ common: RunServices.Common, _ problem: Problem,
    in isolation: Isolation
  ) throws(ComponentError) {
    dimension = problem.dimension
    instance = try IsolatedInstance(plan, common, in: isolation, by: .makeOptimizer) {
      problem.write(to: &$0)
    }
  }

  func ask(_ query: inout Query) throws(ComponentError) {
    let n = dimension
    try instance.call(.ask) { (message) throws(ComponentError) in
      try query.read(from: &message, dimension: n)
    }
  }

  func tell(_ answer: Answer) throws(ComponentError) { try instance.prepare(answer) }

  /// A process that has failed has been noticed before, or is by what is asked next.
  func end() { try? instance.call(.end) { _ in } }

  func recommendation() throws(ComponentError) -> [Double]? {
    let n = dimension
    return try instance.call(.recommend) { (message) throws(ComponentError) in
      guard try message.boolean() else { return nil }
      let point = try message.array(of: Double.self)
      guard point.count == n, point.allSatisfy(\.isFinite) else { throw MessageReader.damaged }
      return point
    }
  }

  func save() throws(ComponentError) -> [UInt8] {
    try instance.call(.save) { (message) throws(ComponentError) in
      try message.array(of: UInt8.self)
    }
  }

  func load(_ state: [UInt8]) throws(ComponentError) {
    try instance.flush()
    try instance.call(.load) {
      $0.write(state)
    } read: { _ in
    }
  }

  func handOverAllFigures(parameters: [Double]) -> [FigureHandover] {
    instance.figures(parameters)
  }
}
