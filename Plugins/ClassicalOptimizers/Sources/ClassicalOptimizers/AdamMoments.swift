import QHostInterfaces

/// The moments of Adam's gradients, and the step that they make.
///
/// m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², θ ← θ − ηλθ − η m̂ / (√v̂ + ε), where
/// m̂ = m/(1 − β₁ᵗ) and v̂ = v/(1 − β₂ᵗ); with AMSGrad v̂ = max over steps of v, /(1 − β₂ᵗ).
struct AdamMoments {
  private let beta1: Double
  private let beta2: Double
  private let epsilon: Double
  private let weightDecay: Double
  private var means: [Double]
  private var squares: [Double]
  private var largestSquares: [Double]
  private var beta1Power = 1.0
  private var beta2Power = 1.0

  init(_ configuration: Configuration, dimension: Int) {
    beta1 = configuration.real("beta1")
    beta2 = configuration.real("beta2")
    epsilon = configuration.real("epsilon")
    weightDecay = configuration.real("weight_decay")
    means = Array(repeating: 0, count: dimension)
    squares = means
    largestSquares = configuration.boolean("amsgrad") ? means : []
  }

  /// Forgets all gradients.
  mutating func reset() {
    for i in means.indices { means[i] = 0 }
    for i in squares.indices { squares[i] = 0 }
    for i in largestSquares.indices { largestSquares[i] = 0 }
    beta1Power = 1
    beta2Power = 1
  }

  /// Steps `parameters` along `factor` · `gradient`.
  mutating func step(
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
    let (b1, b2, c1, c2, epsilon) = (beta1, beta2, 1 - beta1, 1 - beta2, epsilon)
    parameters.withUnsafeMutableBufferPointer { parameters in
      means.withUnsafeMutableBufferPointer { means in
        squares.withUnsafeMutableBufferPointer { squares in
          gradient.withUnsafeBufferPointer { gradient in
            for i in 0..<parameters.count {
              let g = factor * gradient[i]
              let m = b1 * means[i] + c1 * g
              let v = b2 * squares[i] + c2 * (g * g)
              means[i] = m
              squares[i] = v
              parameters[i] =
                kept * parameters[i] - scale * m / (v.squareRoot() * correction + epsilon)
            }
          }
        }
      }
    }
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

  func save(_ writer: inout StateWriter) {
    writer.write(means)
    writer.write(squares)
    writer.write(largestSquares)
    writer.write(beta1Power)
    writer.write(beta2Power)
  }

  mutating func load(_ reader: inout StateReader) throws(ComponentError) {
    means = try reader.readReals(count: means.count)
    squares = try reader.readReals(count: squares.count)
    largestSquares = try reader.readReals(count: largestSquares.count)
    beta1Power = try reader.readReal()
    beta2Power = try reader.readReal()
  }
}
