package import QHostInterfaces

/// The model whose weights are generated: what a compressor takes of it, and what it refuses.
///
/// n = its parameters.
package struct InnerNetwork: Sendable {
  /// What a compressor declares it by.
  static let dependency = DependencyDescriptor(
    name: "inner", kind: .model, defaultComponent: "mlp",
    documentation: "Is the network whose weights are generated.")

  /// The model.
  package let model: any Model
  /// Where it starts, [n]: its own first start, or the trained file that the user names.
  let start: [Double]
  /// The spread of each weight, [n], above 0.
  let scales: [Double]
  /// Its tensors, which cover 0 ..< n, in the order of their offsets.
  let blocks: [ParameterBlock]
  /// Numbers in one output.
  let outputCount: Int

  var count: Int { start.count }
  var description: ModelDescription { model.modelDescription }

  /// Takes the inner model of a request.
  ///
  /// - Throws: kind `parameter` for a model with whole-numbered, categorical or bounded parameters, or whose outputs are
  ///   random draws.
  package init(_ request: ComponentRequest, mapping: Mapping) throws(ComponentError) {
    model = request.model(Self.dependency.name)
    let description = model.modelDescription
    try Self.check(description)
    start = try request.initialParameters(of: Self.dependency.name)
    let count = start.count
    scales =
      description.scales.isEmpty ? [Double](repeating: 1, count: count) : description.scales
    let whole = ParameterBlock(name: "parameters", shape: Shape([count]), offset: 0)
    blocks =
      description.blocks.isEmpty ? [whole] : description.blocks.sorted { $0.offset < $1.offset }
    outputCount = mapping.output.count
  }

  private static func check(_ description: ModelDescription) throws(ComponentError) {
    let remedy = "set inner to a model of unbounded real weights, such as mlp, cnn or logistic"
    if let index = description.kinds.firstIndex(where: { $0 != .real }) {
      throw .parameter(
        "inner has parameters that are not real numbers, the first at \(index), and generated weights are; "
          + remedy)
    }
    let bounds = zip(description.lower, description.upper)
    if let index = Array(bounds).firstIndex(where: { $0.isFinite || $1.isFinite }) {
      throw .parameter(
        "inner has bounds for its parameters, the first at \(index), which generated weights would leave; "
          + remedy)
    }
    guard !description.isStochastic else {
      throw .parameter("inner draws its outputs at random, which is not supported; \(remedy)")
    }
  }

  /// What a model is whose k parameters generate this one's.
  ///
  /// - Parameters:
  ///   - parameterCount: k.
  ///   - generating: the work of generating all weights once.
  ///   - pullingBack: the work of a gradient's way back through it.
  /// - Returns: the description, with the gradient and graph that the inner model has.
  func outerDescription(
    parameterCount: Int, generating: Double, pullingBack: Double
  ) -> ModelDescription {
    var outer = ModelDescription(
      parameterCount: parameterCount, multiplyAdds: description.multiplyAdds)
    outer.hasGradient = description.hasGradient
    outer.hasGraph = description.hasGraph
    outer.takesSeries = description.takesSeries
    var work = description.passWork
    work.pass += generating
    work.gradientPass += generating + pullingBack
    outer.work = work
    return outer
  }

  /// Refuses more numbers than weights.
  func check(_ numbers: Int, _ name: String) throws(ComponentError) {
    guard numbers <= count else {
      throw .parameter(
        "\(name) makes \(numbers) trained numbers, more than the \(count) weights of inner; lower it, or give "
          + "inner more weights")
    }
  }
}
