internal import CQHostNumerics
public import QHostInterfaces

/// The moments of Adam's gradients, and the step that they make.
///
/// m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², θ ← θ − ηλθ − η m̂ / (√v̂ + ε), where
/// m̂ = m/(1 − β₁ᵗ) and v̂ = v/(1 − β₂ᵗ); with AMSGrad v̂ = max over steps of v, /(1 − β₂ᵗ).
///
/// Sources: Kingma, Ba, *Adam: a method for stochastic optimization*, ICLR 2015; Loshchilov, Hutter,
/// *Decoupled weight decay regularization*, ICLR 2019; Reddi, Kale, Kumar, ICLR 2018 (AMSGrad).
public struct AdamMoments: Sendable {
  private let beta1: Double
  private let beta2: Double
  private let epsilon: Double
  private let weightDecay: Double
  private var means: [Double]
  private var squares: [Double]
  private var largestSquares: [Double]
  private var beta1Power = 1.0
  private var beta2Power = 1.0

  /// Makes moments of 0.
  ///
  /// - Parameters:
  ///   - dimension: n.
  ///   - beta1: β₁, from 0 to below 1.
  ///   - beta2: β₂, from 0 to below 1.
  ///   - epsilon: ε, above 0.
  ///   - weightDecay: λ, decoupled from the gradient.
  ///   - keepsLargest: whether v̂ never falls (AMSGrad).
  public init(
    dimension: Int, beta1: Double, beta2: Double, epsilon: Double, weightDecay: Double = 0,
    keepsLargest: Bool = false
  ) {
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    means = Array(repeating: 0, count: dimension)
    squares = means
    largestSquares = keepsLargest ? means : []
  }

  /// Forgets all gradients.
  public mutating func reset() {
    for i in means.indices { means[i] = 0 }
    for i in squares.indices { squares[i] = 0 }
    for i in largestSquares.indices { largestSquares[i] = 0 }
    beta1Power = 1
    beta2Power = 1
  }

  /// Steps `parameters` [n] along `factor` · `gradient` [n] at learning rate η.
  public mutating func step(
    _ parameters: inout [Double], gradient: [Double], factor: Double, rate: Double
  ) {
    beta1Power *= beta1
    beta2Power *= beta2
    let scale = rate / (1 - beta1Power)
    let correction = 1 / (1 - beta2Power).squareRoot()
    let kept = 1 - rate * weightDecay
    if largestSquares.isEmpty {
      plainStep(&parameters, gradient, factor, scale, correction, kept)
    } else {
      largestStep(&parameters, gradient, factor, scale, correction, kept)
    }
  }

  private mutating func plainStep(
    _ parameters: inout [Double], _ gradient: [Double], _ factor: Double, _ scale: Double,
    _ correction: Double, _ kept: Double
  ) {
    var step = qhost_adam(
      factor: factor, beta1: beta1, beta2: beta2, kept: kept, scale: scale, correction: correction,
      epsilon: epsilon)
    qhost_kernel_adam(&step, parameters.count, gradient, &parameters, &means, &squares)
  }

  private mutating func largestStep(
    _ parameters: inout [Double], _ gradient: [Double], _ factor: Double, _ scale: Double,
    _ correction: Double, _ kept: Double
  ) {
    for i in parameters.indices {
      let g = factor * gradient[i]
      means[i] = beta1 * means[i] + (1 - beta1) * g
      squares[i] = beta2 * squares[i] + (1 - beta2) * (g * g)
      largestSquares[i] = max(largestSquares[i], squares[i])
      let root = largestSquares[i].squareRoot() * correction + epsilon
      parameters[i] = kept * parameters[i] - scale * means[i] / root
    }
  }

  /// Adds the moments to a state.
  public func save(_ writer: inout StateWriter) {
    writer.write(means)
    writer.write(squares)
    writer.write(largestSquares)
    writer.write(beta1Power)
    writer.write(beta2Power)
  }

  /// Takes the moments that a state holds.
  ///
  /// - Parameter reader: the state, read up to where ``save(_:)`` wrote.
  /// - Throws: when the state is damaged, or of another number of parameters.
  public mutating func load(_ reader: inout StateReader) throws(ComponentError) {
    means = try reader.readReals(count: means.count)
    squares = try reader.readReals(count: squares.count)
    largestSquares = try reader.readReals(count: largestSquares.count)
    beta1Power = try reader.readReal()
    beta2Power = try reader.readReal()
  }
}
