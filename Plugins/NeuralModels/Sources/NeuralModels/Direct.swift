public import QHostInterfaces

/// The model whose outputs are its parameters, whatever the inputs: o_c = p_c.
///
/// The parameters are of the kinds that a scenario says its outputs are of. With it an optimizer works on the variables of a scenario or of a test function themselves.
public final class Direct: ModelComponent {
  /// Its name, and what users can set.
  public static let descriptor = ComponentDescriptor(
    name: "direct", summary: "Outputs are the parameters themselves, for every row.")

  /// What it is, for the mapping it was made for.
  public let modelDescription: ModelDescription
  private let host: any HostServices

  /// Makes one parameter for each output, within the outputs' bounds.
  public init(request: ComponentRequest, mapping: Mapping) throws(ComponentError) {
    let count = mapping.output.count
    try Self.check(mapping, count)
    var description = ModelDescription(parameterCount: count, multiplyAdds: 1)
    description.isIdentity = true
    description.hasGradient = true
    description.hasCuts = true
    description.gradientCost = 1
    description.lower = mapping.outputLower
    description.upper = mapping.outputUpper
    description.kinds = mapping.outputKinds
    description.scales = (0..<count).map { index in
      let range = Self.range(description, index)
      return range.map { ($0.upperBound - $0.lowerBound) / 4 } ?? 1
    }
    description.blocks = [ParameterBlock(name: "outputs", shape: mapping.output, offset: 0)]
    modelDescription = description
    host = request.host
  }

  private static func check(_ mapping: Mapping, _ count: Int) throws(ComponentError) {
    guard count >= 1 else {
      throw .data("model 'direct' has no parameters, as the outputs' shape is \(mapping.output)")
    }
    for (name, bounds) in [("lower", mapping.outputLower), ("upper", mapping.outputUpper)]
    where !bounds.isEmpty && bounds.count != count {
      throw .data("\(bounds.count) \(name) bounds do not fit \(count) outputs; give one for each")
    }
    for (index, (lower, upper)) in zip(mapping.outputLower, mapping.outputUpper).enumerated()
    where !(lower <= upper) {
      throw .data("the bounds \(lower) ... \(upper) of output \(index) leave no value between")
    }
  }

  /// The domain of a parameter if it is wider than a point and bounded on both sides.
  private static func range(
    _ description: ModelDescription, _ index: Int
  ) -> ClosedRange<Double>? {
    guard !description.lower.isEmpty, !description.upper.isEmpty else { return nil }
    let (lower, upper) = (description.lower[index], description.upper[index])
    guard lower < upper, (upper - lower).isFinite else { return nil }
    return lower...upper
  }

  /// Uniform between the bounds; normal, and no further than the bound, where there is none or one.
  public func initialParameters(start: UInt64) throws(ComponentError) -> [Double] {
    let count = modelDescription.parameterCount
    let uniforms = host.uniforms(step: start, index: 0, count: count)
    let normals = host.normals(step: start, index: 1, count: count)
    return (0..<count).map { index in
      if let range = Self.range(modelDescription, index) {
        guard isReal(index) else { return wholeNumber(in: range, uniforms[index]) }
        return range.lowerBound + uniforms[index] * (range.upperBound - range.lowerBound)
      }
      var value = normals[index]
      if !modelDescription.lower.isEmpty { value = max(value, modelDescription.lower[index]) }
      if !modelDescription.upper.isEmpty { value = min(value, modelDescription.upper[index]) }
      return value
    }
  }

  private func isReal(_ index: Int) -> Bool {
    modelDescription.kinds.isEmpty || modelDescription.kinds[index] == .real
  }

  /// Each integer of a range for as large a part of the uniform one as any other.
  private func wholeNumber(in range: ClosedRange<Double>, _ uniform: Double) -> Double {
    let (first, last) = (range.lowerBound.rounded(.up), range.upperBound.rounded(.down))
    return min(first + (uniform * (last - first + 1)).rounded(.down), last)
  }

  /// A session that repeats the parameters for each of its rows.
  public func makeSession() throws(ComponentError) -> any ModelSession {
    DirectSession(parameterCount: modelDescription.parameterCount)
  }

  /// One output of all.
  public func cutCost(index: Int) -> Double { 1 / Double(modelDescription.parameterCount) }
}
