/// Generates the parameters of an inner model from fewer of its own: p = g(θ).
///
/// k = parameters θ of the outer model, n = parameters p of the inner one. Called on several threads at once.
public protocol ParameterGenerator: Sendable {
  /// Writes p = g(θ).
  ///
  /// - Parameters:
  ///   - parameters: θ, [k].
  ///   - inner: p, [n], overwritten.
  func generate(
    _ parameters: UnsafeBufferPointer<Double>, into inner: UnsafeMutableBufferPointer<Double>)

  /// Writes ∂L/∂θ [k], which is (∂g/∂θ)ᵀ ∂L/∂p.
  ///
  /// - Parameters:
  ///   - innerGradient: ∂L/∂p, [n].
  ///   - parameters: θ, [k].
  ///   - gradient: [k], overwritten.
  func pullBack(
    _ innerGradient: UnsafeBufferPointer<Double>, at parameters: UnsafeBufferPointer<Double>,
    into gradient: UnsafeMutableBufferPointer<Double>)
}

extension ParameterGenerator {
  /// p [n] at θ [k], as sessions get it: what ``WrappingModel/innerParameters(at:)`` is.
  ///
  /// - Parameters:
  ///   - parameters: θ, [k].
  ///   - count: n.
  /// - Returns: p, [n].
  public func generated(_ parameters: [Double], count: Int) -> [Double] {
    var inner = [Double](repeating: 0, count: count)
    parameters.withUnsafeBufferPointer { parameters in
      inner.withUnsafeMutableBufferPointer { generate(parameters, into: $0) }
    }
    return inner
  }
}

/// A session of a model whose parameters generate those of an inner model.
///
/// Candidates are generated and run one after the other, so that one inner parameter vector is in memory. Cuts are
/// for outer models that know which inner parameters a θ moves: they have the inner session's own.
public final class GeneratedSession<Generator: ParameterGenerator>: ModelSession {
  /// The inner model's session, bound to the same rows.
  public let inner: any ModelSession
  private let generator: Generator
  private let outputCount: Int
  private var parameters: [Double]
  private var generated: [Double]
  private var innerGradient: [Double]
  private var rowCount = 0

  /// Makes a session with no rows yet.
  ///
  /// - Parameters:
  ///   - model: the inner model.
  ///   - generator: generates its parameters.
  ///   - parameterCount: k.
  ///   - outputCount: C.
  /// - Throws: what the inner model throws.
  public init(
    of model: any Model, generator: Generator, parameterCount: Int, outputCount: Int
  ) throws(ComponentError) {
    inner = try model.makeSession()
    self.generator = generator
    self.outputCount = outputCount
    parameters = [Double](repeating: 0, count: parameterCount)
    generated = [Double](repeating: 0, count: model.modelDescription.parameterCount)
    innerGradient = generated
  }

  /// Gives the inner session its rows.
  ///
  /// - Parameters:
  ///   - inputs: [F × B]; valid and unchanged until the next bind or the session's end.
  ///   - rowCount: B.
  /// - Throws: what the inner session throws.
  public func bind(inputs: UnsafeBufferPointer<Float>, rowCount: Int) throws(ComponentError) {
    self.rowCount = rowCount
    try inner.bind(inputs: inputs, rowCount: rowCount)
  }

  /// Hands on how long the rows are, for an inner model that takes series.
  ///
  /// - Parameters:
  ///   - lengths: [B], in steps.
  ///   - start: where the state comes from that each row begins with.
  /// - Throws: what the inner session throws: severity `unsupported` where its model takes no series.
  public func bindSeries(
    lengths: UnsafeBufferPointer<UInt64>, start: SeriesStart
  ) throws(ComponentError) {
    try inner.bindSeries(lengths: lengths, start: start)
  }

  /// Writes the outputs of P candidates, one after the other.
  ///
  /// - Parameters:
  ///   - points: θ, [P × k], row-major.
  ///   - pointCount: P.
  ///   - outputs: [P × C × B], overwritten.
  /// - Throws: what the inner session throws.
  public func forward(
    parameters points: UnsafeBufferPointer<Double>, pointCount: Int,
    outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    let (k, size) = (parameters.count, outputCount * rowCount)
    for point in 0..<pointCount {
      let own = UnsafeBufferPointer(rebasing: points[point * k..<(point + 1) * k])
      if pointCount == 1 { parameters = Array(own) }
      generated.withUnsafeMutableBufferPointer { generator.generate(own, into: $0) }
      try inner.forward(
        generated,
        outputs: UnsafeMutableBufferPointer(rebasing: outputs[point * size..<(point + 1) * size]))
    }
  }

  /// Writes the gradient [k] at the parameters of the last forward, which had P = 1.
  ///
  /// - Parameters:
  ///   - outputGradients: ∂L/∂output, [C × B].
  ///   - gradient: ∂L/∂θ, [k], overwritten.
  /// - Throws: what the inner session throws: severity `unsupported` where its model has no gradient.
  public func backward(
    outputGradients: UnsafeBufferPointer<Float>, gradient: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    try inner.backward(outputGradients: outputGradients, gradient: &innerGradient)
    innerGradient.withUnsafeBufferPointer { innerGradient in
      parameters.withUnsafeBufferPointer {
        generator.pullBack(innerGradient, at: $0, into: gradient)
      }
    }
  }
}

extension ModelSession {
  /// Writes outputs [C × B] of parameters [n].
  fileprivate func forward(
    _ parameters: [Double], outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    try parameters.withUnsafeBufferPointer { (point) throws(ComponentError) in
      try forward(parameters: point, pointCount: 1, outputs: outputs)
    }
  }

  fileprivate func backward(
    outputGradients: UnsafeBufferPointer<Float>, gradient: inout [Double]
  ) throws(ComponentError) {
    try gradient.withUnsafeMutableBufferPointer { (gradient) throws(ComponentError) in
      try backward(outputGradients: outputGradients, gradient: gradient)
    }
  }
}
