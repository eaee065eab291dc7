internal import QHostInterfaces

/// How the probabilities of a circuit become the weights of the inner model.
///
/// N = qubits, M = inner weights, G = trained numbers of the mapping itself. Weight i is the i-th in the order of
/// flattening.
protocol WeightMapping: Sendable {
  /// G numbers, as blocks whose offsets begin at 0.
  var blocks: [ParameterBlock] { get }
  /// The spread of the start of each of the G.
  var spreads: [Double] { get }
  /// How it is done, for other programs.
  var recipe: MappingRecipe { get }
  /// A start, [G].
  func initialGains(host: any HostServices, start: UInt64) -> [Double]
  /// Writes weights [M] for p [2^N].
  func map(
    _ p: UnsafeBufferPointer<Double>, gains: UnsafeBufferPointer<Double>,
    into weights: UnsafeMutableBufferPointer<Double>)
  /// Writes ∂L/∂p [2^N] and ∂L/∂gains [G] for ∂L/∂weights [M].
  func pullBack(
    _ weightSlopes: UnsafeBufferPointer<Double>, p: UnsafeBufferPointer<Double>,
    gains: UnsafeBufferPointer<Double>, slopes: UnsafeMutableBufferPointer<Double>,
    gainSlopes: UnsafeMutableBufferPointer<Double>)
}

extension WeightMapping {
  /// G, the number of gains.
  var gainCount: Int { spreads.count }
}
