/// A network of integers with what leads from real inputs to its levels and from its outputs back.
public struct DeployedModel: Sendable, Equatable {
  /// What the processor computes.
  public var network: IntegerNetwork
  /// What is added to an input.
  public var inputShift: Float
  /// What the sum is multiplied with.
  public var inputFactor: Float
  /// What is added then, before it is rounded down and clamped: 0, or a half to round.
  public var inputRounding: Float
  /// What a whole output is multiplied with; above 0.
  public var outputScale: Float

  /// The level of an input: clamp(⌊(x + shift) · factor + rounding⌋, 0, maximum).
  public func level(_ input: Float) -> UInt8 {
    let place = ((input + inputShift) * inputFactor + inputRounding).rounded(.down)
    return UInt8(min(max(place, 0), Float(network.inputMaximum)))
  }

  /// The levels of rows [B × F].
  public func levels(_ inputs: [Float]) -> [[UInt8]] {
    let width = network.inputCount
    return stride(from: 0, to: inputs.count, by: width).map { start in
      inputs[start..<start + width].map { level($0) }
    }
  }
}
