internal import QHostBridging
internal import QHostInterfaces
internal import QHostRuntime

/// A model in another process; its sessions are there, and take turns.
final class IsolatedModel: DocumentProviding, DistantInstance, MetricProviding, WeightGenerating,
  @unchecked Sendable
{
  /// What a cut is asked the cost of.
  private struct Cut: Hashable {
    var index: Int
    var offsetCount: Int
    var rowCount: Int
  }

  let modelDescription: ModelDescription
  let metricDescriptions: [MetricDescription]
  private let instance: IsolatedInstance
  private let turns = Turns()
  /// What is known of costs: they are asked for again and again.
  private var works: [Cut: Double] = [:]
  private var costs: [Int: Double] = [:]

  /// Makes a model.
  init(
    _ plan: ComponentPlan, _ common: RunServices.Common, _ surroundings: ModelSurroundings,
    in isolation: Isolation
  ) throws(ComponentError) {
    instance = try IsolatedInstance(plan, common, in: isolation, by: .makeModel) {
      surroundings.write(to: &$0)
    }
    (modelDescription, metricDescriptions) = try instance.call(.describe) {
      (message) throws(ComponentError) in
      (
        try ModelDescription(from: &message),
        try message.elements { (message) throws(ComponentError) in
          try MetricDescription(from: &message)
        }
      )
    }
  }

  func initialParameters(start: UInt64) throws(ComponentError) -> [Double] {
    try instance.call(.initialise) {
      $0.write(start)
    } read: { (message) throws(ComponentError) in
      try parameters(from: &message)
    }
  }

  func makeSession() throws(ComponentError) -> any ModelSession {
    try IsolatedSession(of: instance)
  }

  func cutCost(index: Int) -> Double {
    if let known = turns.took({ costs[index] }) { return known }
    let asked = Result { () throws(ComponentError) in
      try instance.call(.cutCost) {
        $0.write(index)
      } read: { (message) throws(ComponentError) in
        try message.real()
      }
    }
    // The next call of a process that has failed says so.
    guard case .success(let cost) = asked, cost > 0, cost.isFinite else { return 1 }
    turns.took { costs[index] = cost }
    return cost
  }

  func cutWork(index: Int, offsetCount: Int, rowCount: Int) throws(ComponentError) -> Double {
    let cut = Cut(index: index, offsetCount: offsetCount, rowCount: rowCount)
    if let known = turns.took({ works[cut] }) { return known }
    let work = try instance.call(.cutWork) {
      $0.write([index, offsetCount, rowCount])
    } read: {
      (message) throws(ComponentError) in
      let work = try message.real()
      guard work >= 0, work.isFinite else { throw MessageReader.damaged }
      return work
    }
    turns.took { works[cut] = work }
    return work
  }

  func graph(parameters: [Double]) throws(ComponentError) -> Graph {
    try instance.call(.graph) {
      $0.write(parameters)
    } read: { (message) throws(ComponentError) in
      try Graph(from: &message)
    }
  }

  func approximation(
    of graph: Graph, calibration: Calibration
  ) throws(ComponentError) -> [Double] {
    try instance.call(.approximate) { message in
      graph.write(to: &message)
      calibration.write(to: &message)
    } read: { (message) throws(ComponentError) in
      try parameters(from: &message)
    }
  }

  func documents(parameters: [Double]) throws(ComponentError) -> [Document] {
    try instance.call(.documents) {
      $0.write(parameters)
    } read: { (message) throws(ComponentError) in
      try message.elements { (message) throws(ComponentError) in try Document(from: &message) }
    }
  }

  func generated() throws(ComponentError) -> (any WeightGenerating)? {
    try generator.generated()
  }

  func innerParameters(at parameters: [Double]) throws(ComponentError) -> [Double] {
    try generator.innerParameters(at: parameters)
  }

  private var generator: IsolatedGenerator {
    IsolatedGenerator(modelDescription: modelDescription, instance: instance, depth: 0)
  }

  private func parameters(
    from message: inout MessageReader
  ) throws(ComponentError) -> [Double] {
    let parameters = try message.array(of: Double.self)
    guard parameters.count == modelDescription.parameterCount, parameters.allSatisfy(\.isFinite)
    else { throw MessageReader.damaged }
    return parameters
  }

  func measure(_ sample: MetricSample) throws(ComponentError) -> [MetricValue] {
    try instance.measure(sample, count: metricDescriptions.count)
  }

  func handOverAllFigures(parameters: [Double]) -> [FigureHandover] {
    instance.figures(parameters)
  }
}
