internal import QHostInterfaces
internal import QHostRuntime

/// A model of another process, or one that it is made around, as far as parameters are generated for the next one.
struct IsolatedGenerator: WeightGenerating {
  let modelDescription: ModelDescription
  let instance: IsolatedInstance
  /// How many models it is within the instance.
  let depth: Int

  func generated() throws(ComponentError) -> (any WeightGenerating)? {
    let (instance, depth) = (instance, depth + 1)
    return try instance.call(.describeInner) {
      $0.write(depth)
    } read: { (message) throws(ComponentError) in
      guard try message.boolean() else { return nil }
      return IsolatedGenerator(
        modelDescription: try ModelDescription(from: &message), instance: instance, depth: depth)
    }
  }

  func innerParameters(at parameters: [Double]) throws(ComponentError) -> [Double] {
    let depth = depth
    return try instance.call(.innerParameters) { message in
      message.write(depth)
      message.write(parameters)
    } read: { (message) throws(ComponentError) in
      let inner = try message.array(of: Double.self)
      guard inner.allSatisfy(\.isFinite) else { throw MessageReader.damaged }
      return inner
    }
  }
}
